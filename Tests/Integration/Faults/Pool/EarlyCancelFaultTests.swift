import FaultHarness
import PostgresDriver
import Testing

/// A request to stop that reaches the server before its statement does: it stops nothing, so one alone is not enough.
///
/// A proxy holds the statement back until the server has dealt with the first request.
@Suite("Cancel requests that come too early", .serialized, .ownServer, .faults)
struct EarlyCancelFaultTests {
    @Test func aStatementThatComesBehindItsCancelRequestIsStoppedAndItsConnectionKept() async throws {
        try await withHeldStatement(limits: ClientLimits(cleaningTimeout: .seconds(20))) { scene, proxy, held in
            let caller = held.call()
            try await held.isOnItsWay()
            caller.cancel()
            #expect(await caller.value?.kind == .cancelled)
            try await held.letPass(behind: 1)

            // It would sleep for a minute. Nobody but the same session could answer, and that only when it has been stopped.
            let after = try await scene.client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
            #expect(after == [held.backend])
            #expect(proxy.links.compactMap(\.backend) == [held.backend])
        }
    }

    @Test(arguments: [true, false])
    func aClientThatIsClosedLeavesNoStatementThatComesBehindItsCancelRequest(byForce: Bool) async throws {
        try await withHeldStatement { scene, proxy, held in
            let caller = held.call()
            try await held.isOnItsWay()
            if byForce { scene.client.closeNow() }
            async let closing: Void = scene.client.close()
            try await held.letPass(behind: 1)
            await closing

            #expect(await caller.value?.kind == .closed)
            try await scene.administrator.wait(for: "the end of a statement without a client") { try await scene.sessions().isEmpty }
        }
    }

    @Test func aStatementWhoseConnectionIsGivenUpWhileItIsCleanedIsStopped() async throws {
        // One request is sent to clean the connection, and one when that takes too long.
        try await withHeldStatement(limits: ClientLimits(cleaningTimeout: .milliseconds(1))) { scene, proxy, held in
            let caller = held.call()
            try await held.isOnItsWay()
            caller.cancel()
            #expect(await caller.value?.kind == .cancelled)
            try await held.letPass(behind: 2)

            try await scene.administrator.wait(for: "the end of a statement without a caller") {
                try await !scene.sessions().contains { $0.pid == held.backend }
            }
        }
    }

    @Test(arguments: [Admission.refuse, .silent])
    func closingDoesNotWaitForCancelRequestsThatDoNotArrive(_ admission: Admission) async throws {
        try await withHeldStatement { scene, proxy, held in
            let caller = held.call()
            try await held.isOnItsWay()
            try proxy.setAdmission(admission)
            let time = try await duration {
                scene.client.closeNow()
                await scene.client.close()
            }

            #expect(await caller.value?.kind == .closed)
            // Half a second at most, and the rest for a busy machine; the statement would take a minute.
            #expect(time < .seconds(5))
            // The session knows nothing of all this yet, and a request that nobody answers waits for the end of its own connection.
            try await scene.administrator.terminateAll(of: scene.connection.applicationName)
            proxy.strikeNow(.reset())
        }
    }

    /// Runs `body` with a client behind a proxy that holds back the statement of ``HeldStatement/call()``.
    private func withHeldStatement(
        limits: ClientLimits = ClientLimits(), _ body: @escaping @Sendable (FaultScene, FaultProxy, HeldStatement) async throws -> Void
    ) async throws {
        let cluster = try await FaultCluster.shared(.plain)
        let proxy = try FaultProxy(to: cluster.target)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(30))
        setting.limits = limits
        setting.connection = { $0 = $0.through(port: proxy.port) }
        setting.evidence = { [proxy.logText()] }
        let result: Result<Void, any Error>
        do {
            try await withFaultScene(on: cluster, setting) { scene in
                let backend = try await scene.client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows
                try await body(scene, proxy, HeldStatement(client: scene.client, proxy: proxy, backend: backend[0]))
            }
            result = .success(())
        } catch {
            result = .failure(error)
            print(proxy.logText())
        }
        await proxy.close()
        try result.get()
    }
}

/// A statement that takes a minute, and that a proxy holds back on its way.
private struct HeldStatement: Sendable {
    private static let sql = "SELECT pg_sleep(60)"
    private static let name = "the statement is held back"

    let client: PostgresClient
    let proxy: FaultProxy
    /// The server process that is to run it.
    let backend: Int32

    init(client: PostgresClient, proxy: FaultProxy, backend: Int32) {
        (self.client, self.proxy, self.backend) = (client, proxy, backend)
        proxy.arm(FaultRule(Self.name, .before(.statement(Self.sql)), .mode(.stall, .toServer)))
    }

    /// Sends it; the value is the error that its caller is told.
    func call() -> Task<PostgresError?, Never> {
        Task { [client] in await driverError { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) } }
    }

    /// Waits until it has come as far as the proxy.
    func isOnItsWay() async throws {
        try await proxy.strike(of: Self.name)
    }

    /// Waits until the server has dealt with the first so many cancel requests, and lets the statement go on then.
    func letPass(behind requests: Int) async throws {
        var last = 0
        for _ in 0..<requests {
            let request = try await proxy.message(.cancelRequest, after: last)
            try await proxy.event("the end of a cancel request", after: request.sequence) { $0.isClosing && $0.link == request.link }
            last = request.sequence
        }
        proxy.setMode(.pass, .toServer)
    }
}
