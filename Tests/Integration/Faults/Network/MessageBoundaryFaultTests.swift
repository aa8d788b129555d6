import FaultHarness
import PostgresDriver
import Testing

/// N2: the connection ends between two messages, at every boundary of every flow, in four ways.
@Suite("N2 Ends at message boundaries", .serialized, .faults, .ownServer)
struct MessageBoundaryFaultTests {
    private enum End: String, CaseIterable, Sendable {
        case reset, finish, halfToServer, halfToClient

        var action: FaultAction {
            switch self {
            case .reset: .reset()
            case .finish: .finish
            case .halfToServer: .halfClose(.toServer)
            case .halfToClient: .halfClose(.toClient)
            }
        }
    }

    private struct Tally: Sendable {
        var strikes = 0
        var wrong = 0
        var late = 0
        var stuck: [String] = []
    }

    @Test func whereverAConnectionEndsTheAnswersAreRightAndTheClientGoesOn() async throws {
        let cluster = try await FaultCluster.shared(.plain)
        var setting = FaultSetting()
        setting.watchdog = .seconds(180)
        setting.slack.threads = 40
        try await withProxies(16, before: cluster.target) { proxies in
            try await withFaultScene(on: cluster, setting) { scene in
                let books = try await WireBooks(with: scene.client)
                var cases: [(WireBoundary, End)] = []
                for flow in WireFlow.allCases {
                    let boundaries = try await WireBoundary.all(of: flow, proxies[0], scene.connection, books)
                    #expect(boundaries.count > 4, "\(flow)")
                    cases += boundaries.flatMap { boundary in End.allCases.map { (boundary, $0) } }
                }
                let tally = Lock(Tally())
                await inBatches(of: cases, with: proxies) { place, proxy in
                    let one = await Self.run(place.0, place.1, proxy, scene, books)
                    tally.withLock { tally in
                        tally.strikes += one.strikes
                        tally.wrong += one.wrong
                        tally.late += one.late
                        tally.stuck += one.stuck
                    }
                }
                let result = tally.withLock { $0 }
                try await scene.administrator.wait(for: "the end of the sessions") {
                    try await scene.sessions().count <= scene.client.poolSnapshot.open
                }
                let judgement = try await books.judge(with: scene.client)
                #expect(judgement.isClean, "\(judgement)")
                #expect(result.wrong == 0 && result.late == 0 && result.stuck.isEmpty, "\(result)")
                // The number of messages of a pipeline varies from run to run, and the last message of a flow may be the client's farewell.
                #expect(result.strikes > cases.count * 3 / 4)
                FaultReport.row(
                    "N2",
                    "\(cases.count) ends (4 ways) at the message boundaries of \(WireFlow.allCases.count) flows, \(result.strikes) "
                        + "struck, wrong answers \(result.wrong), hangs \(result.late), not recovered \(result.stuck.count), \(judgement)")
            }
        }
    }

    private static func run(_ boundary: WireBoundary, _ end: End, _ proxy: FaultProxy, _ scene: FaultScene, _ books: WireBooks) async -> Tally {
        var tally = Tally()
        let name = "\(boundary), \(end)"
        let limits = ClientLimits(callTimeout: .seconds(5), cleaningTimeout: .milliseconds(500), closeTimeout: .milliseconds(200))
        let before = proxy.strikes(of: name)
        do {
            try await withClient(scene.connection.through(port: proxy.port), pool: boundary.flow.pool, limits: limits) { client in
                var random = FaultSeed.run.generator(name)
                await boundary.flow.prepare(client, books, &random)
                proxy.arm(FaultRule(name, boundary.point, end.action))
                let (wrong, slowest) = await boundary.flow.work(client, books, proxy, &random)
                tally.wrong = wrong
                if slowest > .seconds(4) { tally.late = 1 }
                proxy.disarm()
                if let complaint = await WireFlow.complaint(of: client) { tally.stuck = ["\(name): \(complaint)"] }
            }
        } catch {
            tally.stuck = ["\(name): \(error)"]
        }
        tally.strikes = proxy.strikes(of: name) - before
        proxy.disarm()
        proxy.strikeNow(.reset())
        return tally
    }
}
