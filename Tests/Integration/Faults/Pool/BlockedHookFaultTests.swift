import FaultHarness
import PostgresDriver
import Testing

/// P10: code of the caller that runs inside of the driver's calls, decoders and loggers, throws or blocks.
@Suite(.serialized, .ownServer, .faults)
struct BlockedHookFaultTests {
    private struct Refused: Error {}

    private static let question = Statement("SELECT 1") { row in
        let number: Int = try row.read()
        if number == 1 { throw Refused() }
        return number
    }

    @Test func aHookThatThrowsOrBlocksCostsNobodyElseAnything() async throws {
        let throwing = FaultSize.of(ci: 1_000, long: 20_000)
        let decoder = try await slotsLost(toDecodersThatThrow: throwing)
        let beside = try await longestCallBesideABlockedDecoder()
        let (withLog, without) = (try await longestCall(withBlockedLog: true), try await longestCall(withBlockedLog: false))

        #expect(decoder == 0)
        // While the hooks are blocked for two seconds.
        #expect(beside < .seconds(1), "a decoder that blocks holds others up")
        #expect(withLog < .seconds(1), "a log that blocks holds others up")
        FaultReport.row(
            "P10",
            """
            \(throwing) decoders threw, slots lost \(decoder); longest of the other calls beside a blocked decoder \(beside.inMilliseconds), beside a blocked log \
            \(withLog.inMilliseconds) (with a quick one \(without.inMilliseconds))
            """)
    }

    private func slotsLost(toDecodersThatThrow count: Int) async throws -> Int {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 2, acquireTimeout: .seconds(20))
        return try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            let told = Count()
            await inBatches(of: count, atOnce: 8) { number in
                let error: PostgresError?
                switch number % 3 {
                case 0: error = await driverError { try await scene.client.run(Self.question) }
                case 1: error = await driverError { try await scene.client.withTransaction { try await $0.run(Self.question) } }
                default: error = await driverError { try await scene.client.withConnection { try await $0.run(Self.question) } }
                }
                if error?.kind == .decoding { told.add() }
            }
            #expect(told.value == count)
            try await scene.administrator.wait(for: "a quiet pool") { scene.client.poolSnapshot.inUse == 0 }
            // Both connections can be had at once.
            let meeting = Meeting(of: 2)
            let had = Count()
            await inBatches(of: 2, atOnce: 2) { _ in
                let error = await driverError {
                    try await scene.client.withTransaction { _ in
                        had.add()
                        await meeting.arrive()
                    }
                }
                if error != nil { await meeting.arrive() }
            }
            return 2 - had.value
        }
    }

    private func longestCallBesideABlockedDecoder() async throws -> Duration {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 1)
        return try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            _ = try await scene.client.run(Statement<Int>("SELECT 2"))
            let block = Block()
            let slow = Statement("SELECT 3") { row in
                block.wait()
                return try row.read() as Int
            }
            let blocked = Task { try await scene.client.run(slow).rows }
            let longest = try await Self.longestCall(of: scene.client, while: block)
            let rows = try await blocked.value
            #expect(rows == [3])
            return longest
        }
    }

    /// The longest of some calls that are made while a log is blocked, if it is, in a line about a connection that has been opened.
    private func longestCall(withBlockedLog isBlocked: Bool) async throws -> Duration {
        try await withFaultScene(on: try await .shared(.plain)) { scene in
            let block = Block()
            var connection = scene.connection
            connection.applicationName += "_log"
            let log = BlockingLog(isBlocked ? block : nil)
            let client = try PostgresClient(connection: connection, pool: PoolConfiguration(maxConnections: 4), logger: log.logger)
            for _ in 0..<3 { _ = try await client.run(Statement<Int>("SELECT 4")) }
            log.arm()
            // A second connection is opened, and noted in the log.
            let second = Task {
                try await client.withTransaction { _ in try await client.withTransaction { _ in } }
            }
            let longest = try await Self.longestCall(of: client, while: isBlocked ? block : nil)
            try await second.value
            await client.close()
            return longest
        }
    }

    /// The longest of some calls, made while something is blocked, which goes on at their end.
    private static func longestCall(of client: PostgresClient, while block: Block?) async throws -> Duration {
        if let block {
            let deadline = ContinuousClock.now + .seconds(20)
            while !block.isReached {
                guard ContinuousClock.now < deadline else { throw NeverCame(what: "a blocked hook") }
                await Task.yield()
            }
        }
        defer { block?.open() }
        var longest = Duration.zero
        for _ in 0..<200 {
            longest = max(longest, try await duration { _ = try await client.run(Statement<Int>("SELECT 4")) })
        }
        return longest
    }
}
