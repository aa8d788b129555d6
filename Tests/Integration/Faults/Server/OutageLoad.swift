import FaultHarness
import PostgresDriver
import Testing

/// Callers that make transfers all the time, and when each of them succeeded.
struct OutageLoad: Sendable {
    let scene: FaultScene
    let ledger: Ledger
    private let successes = Moments()

    init(scene: FaultScene, ledger: Ledger) {
        self.scene = scene
        self.ledger = ledger
    }

    /// Runs so many callers until they are switched off, and `body` beside them.
    func run(callers: Int, while work: Switch, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var random = FaultSeed.run.generator("outage \(caller)")
                    while await work.isOn() {
                        if await ledger.transfer(ledger.transfer(&random), with: scene.client) == nil { successes.add(.now) }
                    }
                }
            }
            do {
                try await body()
            } catch {
                work.off()
                throw error
            }
            work.off()
            try await group.waitForAll()
        }
    }

    /// Waits until so many transfers more have succeeded.
    func progress(_ count: Int) async throws {
        let target = successes.count + count
        try await scene.administrator.wait(for: "\(count) transfers") { successes.count >= target }
    }

    /// Waits for the first success after a moment.
    func firstSuccess(after moment: ContinuousClock.Instant) async throws -> ContinuousClock.Instant {
        try await scene.administrator.wait(for: "a transfer after the outage") { successes.first(after: moment) != nil }
        return successes.first(after: moment) ?? .now
    }

    /// The last success before a moment.
    func lastSuccess(before moment: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        successes.last(before: moment)
    }

    private final class Moments: Sendable {
        private let moments = Lock<[ContinuousClock.Instant]>([])

        var count: Int { moments.withLock { $0.count } }
        func add(_ moment: ContinuousClock.Instant) { moments.withLock { $0.append(moment) } }
        func first(after moment: ContinuousClock.Instant) -> ContinuousClock.Instant? {
            moments.withLock { $0[($0.count > 2_000 ? $0.count - 2_000 : 0)...].filter { $0 > moment }.min() }
        }
        func last(before moment: ContinuousClock.Instant) -> ContinuousClock.Instant? {
            moments.withLock { $0.filter { $0 < moment }.max() }
        }
    }
}

/// What a series of outages showed.
struct OutageFigures: Sendable {
    var judgement: Judgement
    /// The time from the moment at which the server accepted again to the first success.
    var recovery: Measurements
    /// By how much the longest pause between two successes was longer than the server was away.
    var excess: Measurements
    /// The most attempts to connect within a second after an outage.
    var busiestSecond: Int
}

/// Mistreats a server of its own again and again, under callers that make transfers.
///
/// - Parameter outage: Takes the server away; returns when it accepts again.
func withOutages(
    _ rounds: Int, callers: Int, pool: PoolConfiguration,
    _ outage: @escaping @Sendable (FaultScene, Int, Switch) async throws -> Void
) async throws -> OutageFigures {
    let cluster = try await FaultCluster.own(.plain)
    var setting = FaultSetting()
    setting.pool = pool
    setting.watchdog = .seconds(60 + 10 * rounds)
    let figures = try await withFaultScene(on: cluster, setting) { scene in
        let ledger = try await Ledger(accounts: 500, with: scene.client)
        let load = OutageLoad(scene: scene, ledger: ledger)
        let (recovery, excess, busiest) = (Measurements(), Measurements(), Count())
        let work = Switch()
        try await load.run(callers: callers, while: work) {
            for round in 0..<rounds {
                try await load.progress(100)
                let begin = ContinuousClock.now
                try await outage(scene, round, work)
                let accepted = ContinuousClock.now
                let first = try await load.firstSuccess(after: accepted)
                recovery.add(first - accepted)
                let pause = first - (load.lastSuccess(before: first) ?? begin)
                excess.add(max(.zero, pause - (accepted - begin)))
                let attempts = scene.log.attempts.filter { $0 >= begin && $0 - begin < .seconds(2) }
                busiest.raise(to: mostWithinASecond(attempts))
            }
        }
        _ = try await scene.observer.rows(Statement<Int32>("SELECT 1"))
        return OutageFigures(
            judgement: try await ledger.judge(with: scene.client), recovery: recovery, excess: excess, busiestSecond: busiest.value)
    }
    try await cluster.stop()
    return figures
}
