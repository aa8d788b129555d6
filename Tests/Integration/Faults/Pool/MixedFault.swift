import FaultHarness
import PostgresDriver

/// The faults that P7 mixes.
enum MixedFault: CaseIterable {
    case killedSession, killedInTransaction, reset, finish, halfClose, swallow, cancelledStatement, cancelledTransaction, deadline, serverError
    case uniqueViolation, lockTimeout, brokenBody, refusedConnect

    /// One of them, the slow ones less often.
    static func random(_ random: inout some RandomNumberGenerator) -> MixedFault {
        let fault = allCases.any(&random)
        let isSlow = fault == .swallow || fault == .refusedConnect
        return isSlow && Int.random(in: 0..<4, using: &random) > 0 ? .reset : fault
    }

    private struct Broken: Error {}

    /// Lets it happen to whoever uses the client, most of them to the caller itself. What the calls say is of no interest here.
    func strike(_ client: PostgresClient, behind proxy: FaultProxy, _ random: inout some RandomNumberGenerator) async {
        let sleep = Statement<Void>("SELECT pg_sleep(0.02)")
        let suicide = Statement<Bool>("SELECT pg_terminate_backend(pg_backend_pid())")
        switch self {
        case .killedSession: _ = await driverError { try await client.run(suicide) }
        case .killedInTransaction:
            _ = await driverError { try await client.withTransaction { _ = try await $0.run(suicide) } }
        case .reset: strike(.reset(), proxy, &random)
        case .finish: strike(.finish, proxy, &random)
        case .halfClose: strike(.halfClose(Bool.random(using: &random) ? .toClient : .toServer), proxy, &random)
        case .swallow: strike(.mode(.swallow, .toClient), proxy, &random)
        case .cancelledStatement, .cancelledTransaction:
            let isTransaction = self == .cancelledTransaction
            let task = Task {
                await driverError {
                    if isTransaction { try await client.withTransaction { _ = try await $0.run(sleep) } } else { _ = try await client.run(sleep) }
                }
            }
            await passMoment(upTo: .milliseconds(6), &random)
            task.cancel()
            _ = await task.value
        case .deadline:
            let limit = Duration.milliseconds(Int.random(in: 0...5, using: &random))
            _ = await driverError { try await CallDeadline.within(limit) { try await client.run(sleep) } }
        case .serverError: _ = await driverError { try await client.withTransaction { try await $0.run(Statement<Int>("SELECT 1 / 0")) } }
        case .uniqueViolation: _ = await driverError { try await client.run(Statement<Void>("INSERT INTO \"accounts\" VALUES (1, 1)")) }
        case .lockTimeout: _ = await driverError { try await Self.waitInVain(client) }
        case .brokenBody:
            _ = await driverError {
                try await client.withTransaction { transaction in
                    _ = try await transaction.run(Statement<Void>("INSERT INTO \"operations\" VALUES (-1)"))
                    throw Broken()
                }
            }
        case .refusedConnect:
            try? proxy.setAdmission(.refuse)
            strike(.reset(), proxy, &random)
            _ = await driverError { try await client.run(Statement<Int>("SELECT 1")) }
            try? proxy.setAdmission(.forward)
        }
    }

    private func strike(_ action: FaultAction, _ proxy: FaultProxy, _ random: inout some RandomNumberGenerator) {
        let links = proxy.links
        guard !links.isEmpty else { return }
        proxy.strikeNow(action, link: links.any(&random).number)
    }

    private static func waitInVain(_ client: PostgresClient) async throws {
        try await client.withTransaction { transaction in
            _ = try await transaction.run(Statement<Void>("SET LOCAL lock_timeout TO 1"))
            _ = try await transaction.run(Statement<Void>("LOCK TABLE \"accounts\""))
        }
    }
}
