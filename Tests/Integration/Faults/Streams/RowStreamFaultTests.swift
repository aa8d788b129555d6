import FaultHarness
import PostgresDriver
import Testing

/// S4, second half: rows that are being read when something breaks are the first ones, in order, and never taken for all of them.
@Suite(.serialized, .ownServer, .faults)
struct RowStreamFaultTests {
    private static let rows = 8_000
    private static let workers = 6

    private struct Verdict: Sendable {
        var fault: StreamFault
        /// The number of rows that came, or nil if they were not the first ones in order.
        var seen: Int?
        var hasThrown: Bool
        var hasLeft: Bool
    }

    @Test func aStreamThatBreaksIsNeverTakenForComplete() async throws {
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: Self.workers, acquireTimeout: .seconds(20))
        setting.watchdog = .seconds(FaultSize.of(ci: 60, long: 1_200))

        let verdicts = try await withFaultScene(on: try await .shared(.plain), setting) { scene in await Self.verdicts(scene) }

        let disordered = verdicts.count { $0.seen == nil }
        let cut = verdicts.count { !$0.hasThrown && !$0.hasLeft && $0.seen != Self.rows }
        #expect(disordered == 0)
        #expect(cut == 0)
        // What is fetched in advance ends long before the last rows.
        for fault in [StreamFault.clientError, .cancel, .refusal, .kill] {
            #expect(verdicts.allSatisfy { $0.fault != fault || $0.hasThrown }, "\(fault)")
        }
        #expect(verdicts.allSatisfy { $0.fault != .none || $0.seen == Self.rows })
        let faulted = verdicts.count { $0.fault != .none }
        FaultReport.row(
            "S4", "\(verdicts.count) streams of \(Self.rows) rows, \(faulted) with a fault: taken for complete \(cut), out of order \(disordered)")
    }

    private static func verdicts(_ scene: FaultScene) async -> [Verdict] {
        let streams = FaultSize.of(ci: 120, long: 2_400)
        return await withTaskGroup(of: [Verdict].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var random = FaultSeed.run.generator("S4 stream \(worker)")
                    var verdicts: [Verdict] = []
                    for number in stride(from: worker, to: streams, by: workers) {
                        let fault = StreamFault.allCases[number / workers % StreamFault.allCases.count]
                        verdicts.append(await read(fault, at: Int.random(in: 1..<rows - 3_000, using: &random), scene))
                    }
                    return verdicts
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func read(_ fault: StreamFault, at place: Int, _ scene: FaultScene) async -> Verdict {
        let task = SelfCancellingTask()
        let failingRow = fault == .refusal ? place : -1
        let numbers = Statement<(Int, Int32)>(
            """
            SELECT n + 0 / (n - \(failingRow)), pg_backend_pid() FROM generate_series(0::int8, \(Self.rows - 1)) AS n
            """
        ) { row in (try row.read(), try row.read()) }

        let result = await task.run { () -> Verdict in
            var verdict = Verdict(fault: fault, seen: 0, hasThrown: false, hasLeft: false)
            do {
                for try await (number, backend) in scene.client.stream(numbers) {
                    verdict.seen = number == verdict.seen ? number + 1 : nil
                    guard number == place else { continue }
                    switch fault {
                    case .none, .refusal: break
                    case .clientError: throw ClientFailure()
                    case .cancel: task.cancel()
                    case .kill: _ = try await scene.observer.rows(Statement<Bool>("SELECT pg_terminate_backend(\(backend))"))
                    case .leave:
                        verdict.hasLeft = true
                        return verdict
                    }
                }
            } catch {
                verdict.hasThrown = true
            }
            return verdict
        }
        return (try? result.get()) ?? Verdict(fault: fault, seen: nil, hasThrown: true, hasLeft: false)
    }
}
