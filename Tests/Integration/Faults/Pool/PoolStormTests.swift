import FaultHarness
import Testing

/// The pool's decisions under far more events than a server could be made to see.
@Suite(.faults)
struct PoolStormTests {
    @Test
    func thePoolKeepsItsPromisesInEveryStorm() async {
        let storms = FaultSize.of(ci: 1_000, long: 100_000)
        let events = 10_000
        let lanes = 2
        let start = ContinuousClock.now
        let results = await withTaskGroup(of: (events: Int, served: Int, problems: [String]).self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var random = FaultSeed.run.generator("P11 \(lane)")
                    var (count, served, problems) = (0, 0, [String]())
                    for _ in 0..<storms / lanes where problems.count < 3 {
                        let seed = random.next()
                        var storm = PoolStorm(seed: seed)
                        storm.run(events: events)
                        count += storm.events
                        served += storm.served
                        if let problem = storm.problem { problems.append("storm \(seed): \(problem)") }
                    }
                    return (count, served, problems)
                }
            }
            return await group.reduce(into: (events: 0, served: 0, problems: [String]())) {
                $0 = ($0.events + $1.events, $0.served + $1.served, $0.problems + $1.problems)
            }
        }
        let time = ContinuousClock.now - start

        #expect(results.problems == [], "\(FaultSeed.run)")
        #expect(results.events == storms * events)
        FaultReport.row(
            "P11",
            "\(results.events) events in \(storms) storms, \(results.served) callers served, promises broken \(results.problems.count) "
                + "(\(time.components.seconds) s)")
    }
}
