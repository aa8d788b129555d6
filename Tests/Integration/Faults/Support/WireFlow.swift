import FaultHarness
import PostgresDriver
import Testing

/// What a client does while a fault strikes: the flows of the network rows.
enum WireFlow: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// The first statement of a client, with everything that precedes it.
    case connect
    /// A read whose statement is prepared already.
    case query
    /// A read that is prepared first.
    case prepare
    /// A write without a transaction.
    case write
    /// A transaction of six statements.
    case transaction
    /// Many short statements at once, reads and writes.
    case pipeline
    /// Rows written by COPY.
    case copy
    /// Rows read as a stream, in chunks.
    case stream
    /// A statement whose caller goes while it runs.
    case cancel

    var testDescription: String { rawValue }

    private static let numbers = Statement<Int64>("SELECT \"n\"::bigint FROM generate_series(1, 12) AS \"n\"")
    private static let streamed = Statement<Int64>("SELECT \"n\"::bigint FROM generate_series(1, 30) AS \"n\"")
    private static let others = Statement<Int64>("SELECT \"n\"::bigint FROM generate_series(1, 12) AS \"n\" WHERE \"n\" > 0")
    private static let expected = Array(Int64(1)...12)

    /// The pool that a flow needs.
    var pool: PoolConfiguration {
        // One connection, so that what passes is the same each time. Sharing one takes two.
        PoolConfiguration(maxConnections: self == .pipeline ? 2 : 1, acquireTimeout: .seconds(4), initialBackoff: .milliseconds(1))
    }

    /// What comes before the fault may strike.
    func prepare(_ client: PostgresClient, _ books: WireBooks, _ random: inout FaultRandom) async {
        let ledger = books.ledger
        switch self {
        case .connect:
            return
        case .query, .prepare, .copy, .stream, .cancel:
            _ = try? await client.run(Self.numbers)
        case .write, .transaction:
            await ledger.transferAtOnce(ledger.transfer(&random), with: client)
        case .pipeline:
            // Statements share a connection once they are known to be short.
            for _ in 0..<3 { _ = try? await client.run(Self.numbers) }
            for _ in 0..<3 { await ledger.transferAtOnce(ledger.transfer(&random), with: client) }
        }
    }

    /// What meets the fault.
    ///
    /// - Returns: The number of wrong answers, and how long the slowest call took.
    func work(_ client: PostgresClient, _ books: WireBooks, _ proxy: FaultProxy, _ random: inout FaultRandom) async -> (wrong: Int, slowest: Duration)
    {
        let ledger = books.ledger
        switch self {
        case .connect, .query:
            return await read(client, Self.numbers)
        case .prepare:
            return await read(client, Self.others)
        case .write:
            let transfer = ledger.transfer(&random)
            return await timed { await ledger.transferAtOnce(transfer, with: client) }
        case .transaction:
            let transfer = ledger.transfer(&random)
            return await timed { await ledger.transfer(transfer, with: client, retry: .never) }
        case .pipeline:
            let transfers = (0..<4).map { _ in ledger.transfer(&random) }
            return await withTaskGroup { group in
                for transfer in transfers {
                    group.addTask { await read(client, Self.numbers) }
                    group.addTask { await timed { await ledger.transferAtOnce(transfer, with: client) } }
                }
                return await group.reduce((0, .zero)) { ($0.0 + $1.0, max($0.1, $1.1)) }
            }
        case .copy:
            return await timed { await books.copy(with: client) }
        case .stream:
            let start = ContinuousClock.now
            var rows: [Int64] = []
            do {
                for try await row in client.stream(Self.streamed) { rows.append(row) }
                return (rows == Array(1...30) ? 0 : 1, ContinuousClock.now - start)
            } catch {
                // What came before the error is right, as far as it came.
                return (rows == Array(Int64(1)...30).prefix(rows.count).map { $0 } ? 0 : 1, ContinuousClock.now - start)
            }
        case .cancel:
            let sequence = proxy.lastSequence
            let sleeping = Task { await driverError { try await client.run(Statement<Void>("SELECT pg_sleep(0.25)")) } }
            _ = try? await proxy.event("the statement or a fault", after: sequence) { event in
                if case .struck = event.kind { return true }
                return event.isMessage(.execution(of: "SELECT pg_sleep"))
            }
            return await timed {
                sleeping.cancel()
                _ = await sleeping.value
            }
        }
    }

    /// What keeps the client from working as if nothing had happened; nil if it works.
    ///
    /// A read that is under way when the connection breaks fails, so a second one is asked as well.
    static func complaint(of client: PostgresClient) async -> String? {
        _ = await driverError { try await client.run(numbers) }
        do {
            let rows = try await client.run(numbers).rows
            return rows == expected ? nil : "a wrong answer"
        } catch {
            return "\(error)"
        }
    }

    private func read(_ client: PostgresClient, _ statement: Statement<Int64>) async -> (wrong: Int, slowest: Duration) {
        let start = ContinuousClock.now
        let rows = try? await client.run(statement).rows
        return (rows == nil || rows == Self.expected ? 0 : 1, ContinuousClock.now - start)
    }

    private func timed(_ body: () async -> Void) async -> (wrong: Int, slowest: Duration) {
        let start = ContinuousClock.now
        await body()
        return (0, ContinuousClock.now - start)
    }
}

/// A message boundary of a flow: before the first message of a direction or after one of them.
struct WireBoundary: Sendable, CustomStringConvertible {
    let flow: WireFlow
    let direction: FlowDirection
    /// How many messages of the flow have passed in the direction.
    let messages: Int

    /// The point of a fault that is armed when the flow begins.
    var point: FaultPoint {
        if flow == .connect, messages == 0 { return .boundary(0, direction) }
        return messages == 0 ? .before(.any(direction)) : .after(.any(direction), occurrence: messages)
    }

    var description: String { "\(flow.rawValue), after \(messages) \(direction.rawValue)" }

    /// All boundaries of a flow, as a run without faults shows them.
    static func all(of flow: WireFlow, _ proxy: FaultProxy, _ connection: ConnectionConfiguration, _ books: WireBooks) async throws -> [WireBoundary]
    {
        let from = proxy.lastSequence
        var start = from
        try await withClient(connection.through(port: proxy.port), pool: flow.pool) { client in
            var random = FaultSeed.run.generator("\(flow)")
            await flow.prepare(client, books, &random)
            start = proxy.lastSequence
            let (wrong, _) = await flow.work(client, books, proxy, &random)
            #expect(wrong == 0)
        }
        let first = start
        let messages = proxy.events.filter { $0.sequence > first }
        return FlowDirection.allCases.flatMap { direction in
            (0...messages.count { $0.isMessage(.any(direction)) }).map { WireBoundary(flow: flow, direction: direction, messages: $0) }
        }
    }
}
