import FaultHarness
import PostgresDriver
import Testing

/// N3: from some moment on nothing arrives any more, and nobody is told.
@Suite("N3 Black holes", .serialized, .faults, .ownServer)
struct BlackHoleFaultTests {
    private static let deadline = Duration.milliseconds(300)
    /// How much later than its deadline a call may end.
    private static let tolerance = Duration.milliseconds(100)

    private typealias Place = (boundary: WireBoundary, direction: FlowDirection?)

    private struct Tally: Sendable {
        var strikes = 0
        var wrong = 0
        /// The longest of the calls that ended in time.
        var slowest = Duration.zero
        var late: [(place: Place, time: Duration)] = []
        var stuck: [String] = []

        mutating func note(_ time: Duration, at place: Place) {
            if time <= deadline + tolerance { slowest = max(slowest, time) } else { late.append((place, time)) }
        }

        static func += (total: inout Tally, one: Tally) {
            total.strikes += one.strikes
            total.wrong += one.wrong
            total.slowest = max(total.slowest, one.slowest)
            total.late += one.late
            total.stuck += one.stuck
        }
    }

    @Test func aCallEndsAtItsDeadlineWhereverTheLinkGoesDead() async throws {
        let cluster = try await FaultCluster.shared(.plain)
        var setting = FaultSetting()
        setting.watchdog = .seconds(300)
        setting.slack.threads = 60
        try await withProxies(24, before: cluster.target) { proxies in
            try await withFaultScene(on: cluster, setting) { scene in
                let books = try await WireBooks(with: scene.client)
                let ways: [FlowDirection?] = FaultSize.isLong ? [.toServer, .toClient, nil] : [nil]
                var cases: [Place] = []
                for flow in WireFlow.allCases {
                    let boundaries = try await WireBoundary.all(of: flow, proxies[0], scene.connection, books)
                    cases += boundaries.flatMap { boundary in ways.map { (boundary: boundary, direction: $0) } }
                }
                let tally = Lock(Tally())
                await inBatches(of: cases, with: proxies) { place, proxy in
                    let one = await Self.run(place, proxy, scene, books)
                    tally.withLock { $0 += one }
                }
                var result = tally.withLock { $0 }
                let late = result.late
                result.late = []
                // What hangs does so until the kernel gives the connection up, and then it is late each time. A busy machine is late now and then.
                for (place, time) in late {
                    guard time < .seconds(3), result.late.isEmpty else {
                        result.late.append((place, time))
                        continue
                    }
                    var repeated = Tally()
                    for attempt in 1...5 where attempt == 1 || !repeated.late.isEmpty {
                        repeated.late = []
                        repeated += await Self.run(place, proxies[0], scene, books)
                    }
                    result += repeated
                }
                try await scene.administrator.wait(for: "the end of the sessions") {
                    try await scene.sessions().count <= scene.client.poolSnapshot.open
                }
                let judgement = try await books.judge(with: scene.client)
                let overrun = max(.zero, (result.late.map(\.time) + [result.slowest]).max()! - Self.deadline)
                #expect(judgement.isClean, "\(judgement)")
                #expect(result.wrong == 0 && result.stuck.isEmpty, "wrong answers \(result.wrong), \(result.stuck)")
                #expect(result.strikes > cases.count * 3 / 4)
                #expect(result.late.isEmpty, "\(result.late.map { "\(Self.name(of: $0.place)): \($0.time)" })")
                FaultReport.row(
                    "N3",
                    "\(cases.count) black holes (\(ways.count == 1 ? "both directions" : "each direction, both")) at the message boundaries of \(WireFlow.allCases.count) flows, "
                        + "\(result.strikes) struck, p100 overrun of a deadline of 300 ms: \(overrun.inMilliseconds) (\(late.count) tried again), wrong answers \(result.wrong), "
                        + "not recovered \(result.stuck.count), \(judgement)")
            }
        }
    }

    private static func name(of place: Place) -> String { "\(place.boundary), \(place.direction?.rawValue ?? "both") dead" }

    private static func run(_ place: Place, _ proxy: FaultProxy, _ scene: FaultScene, _ books: WireBooks) async -> Tally {
        var tally = Tally()
        let (boundary, direction) = place
        let name = Self.name(of: place)
        let limits = ClientLimits(callTimeout: .seconds(5), cleaningTimeout: .milliseconds(100), closeTimeout: .milliseconds(100))
        var connection = scene.connection.through(port: proxy.port)
        connection.connectTimeout = .seconds(1)
        let before = proxy.strikes(of: name)
        do {
            try await withClient(connection, pool: boundary.flow.pool, limits: limits) { client in
                var random = FaultSeed.run.generator(name)
                await boundary.flow.prepare(client, books, &random)
                proxy.arm(FaultRule(name, boundary.point, .mode(.swallow, direction)))
                let start = ContinuousClock.now
                tally.wrong = await CallDeadline.within(Self.deadline) {
                    await boundary.flow.work(client, books, proxy, &random).wrong
                }
                tally.note(ContinuousClock.now - start, at: place)
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

    #if os(Linux)
        /// A peer whose machine has gone does not even acknowledge. Only the kernel can find that out, by probes or by data that stays unacknowledged.
        @Test func aPeerThatIsGoneIsFoundWithoutAnybodyAsking() async throws {
            let cluster = try await FaultCluster.shared(.plain)
            try await withProxies(2, before: cluster.target) { proxies in
                try await withFaultScene(on: cluster) { scene in
                    // The defaults, which take longer than a quick run has, or a part of them.
                    var connection = scene.connection.through(port: proxies[0].port)
                    if !FaultSize.isLong {
                        connection.keepaliveIdle = .seconds(1)
                        connection.tcpUserTimeout = .seconds(2)
                    }
                    var other = connection
                    other.port = proxies[1].port
                    async let idle = Self.timeToNotice(connection, proxies[0], asking: false)
                    async let asking = Self.timeToNotice(other, proxies[1], asking: true)
                    let (idleTime, askingTime) = try await (idle, asking)

                    // With the defaults it takes ten seconds at most. What the kernel does not find takes for ever: sixty seconds here.
                    let limit = Duration.seconds(FaultSize.isLong ? 10 : 4)
                    #expect(idleTime <= limit)
                    #expect(askingTime <= limit)
                    FaultReport.row(
                        "N3 dead peer",
                        "found after \(idleTime.inMilliseconds) when idle and \(askingTime.inMilliseconds) with a statement under way "
                            + "(probe after \(connection.keepaliveIdle), user timeout \(connection.tcpUserTimeout))")
                }
            }
        }

        private static func timeToNotice(_ connection: ConnectionConfiguration, _ proxy: FaultProxy, asking: Bool) async throws -> Duration {
            let pool = PoolConfiguration(maxConnections: 1, idleTimeout: .seconds(120))
            return try await withClient(connection, pool: pool, limits: ClientLimits(callTimeout: .seconds(60))) { client in
                _ = try await client.run(Statement<Int64>("SELECT \(Int64(1))"))
                proxy.strikeNow(.vanish)
                let start = ContinuousClock.now
                if asking {
                    let error = await driverError { try await client.run(Statement<Int64>("SELECT \(Int64(1)) FROM pg_sleep(0)")) }
                    #expect(error?.kind == .connectionLost)
                } else {
                    // Nothing is asked: the pool must notice by itself. Looking at it costs nothing that the network would see.
                    while client.poolSnapshot.open > 0, ContinuousClock.now - start < .seconds(60) {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                let time = ContinuousClock.now - start
                proxy.strikeNow(.reset())
                let rows = try await client.run(Statement<Int64>("SELECT \(Int64(1))")).rows
                #expect(rows == [1])
                return time
            }
        }
    #endif
}
