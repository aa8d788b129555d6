import PostgresDriver

/// Creates an empty database, runs `body` with the way to reach it, and drops it afterwards whatever happens.
func withEmptyDatabase<Value>(_ body: (ConnectionConfiguration) async throws -> Value) async throws -> Value {
    let name = "test_driver_" + String(UInt64.random(in: .min ... .max), radix: 36)
    let server = try await DriverTestServer.configuration()
    _ = try await withClient(configuration: server) { client in
        try await client.withConnection { session in
            try await session.runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0")
        }
    }
    var database = server
    database.database = name
    let outcome: Result<Value, any Error>
    do {
        outcome = .success(try await body(database))
    } catch {
        outcome = .failure(error)
    }
    _ = try await withClient(configuration: server) { client in
        try await client.withConnection { session in
            try await session.runScript("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)")
        }
    }
    return try outcome.get()
}

/// Runs one statement on a database and returns its rows.
func rows<Output>(_ statement: Statement<Output>, on database: ConnectionConfiguration) async throws -> [Output] {
    try await withClient(configuration: database) { try await $0.run(statement).rows }
}

/// A clock on which no pause takes any time, so that tests of patience need none.
final class HurriedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Swift.Duration

        func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let offset = Lock(Swift.Duration.zero)

    var now: Instant { Instant(offset: offset.withLock { $0 }) }
    var minimumResolution: Swift.Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        try Task.checkCancellation()
        offset.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }
}
