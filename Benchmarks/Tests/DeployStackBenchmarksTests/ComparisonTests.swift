import Synchronization
import Testing

@testable import DeployStackBenchmarks

struct PeerResultTests {
    private let loads = [Load(workload: "W1", tasks: 1)]

    @Test func theRatioIsTakenWithinEachRound() {
        // The machine was half as fast in the second round; the ratio must not notice.
        let library = [turn(calls: 100), turn(calls: 50)]
        let turns = [turn(calls: 80), turn(calls: 40)]

        let part = PeerResult(name: "a", detail: "b", loads: loads, turns: turns, library: library).parts[0]

        #expect(abs(part.libraryRatio.least - 1.25) < 1e-9)
        #expect(abs(part.libraryRatio.greatest - 1.25) < 1e-9)
        #expect(part.throughputs == [80, 40])
    }

    @Test func theProcessorTimesAreThoseOfOneCall() throws {
        let turns = [turn(calls: 100, processorSeconds: 0.003), turn(calls: 200, processorSeconds: 0.003)]

        let result = PeerResult(name: "a", detail: "b", loads: loads, turns: turns, library: turns)

        #expect(abs(result.processorTime - 20) < 1e-9)
        #expect(abs(try #require(result.serverProcessorTime) - 40) < 1e-9)
    }

    @Test func theServersTimeIsUnknownWhenOneTurnDoesNotKnowIt() {
        let turns = [turn(calls: 1), turn(calls: 1, serverSeconds: nil)]

        #expect(PeerResult(name: "a", detail: "b", loads: loads, turns: turns, library: turns).serverProcessorTime == nil)
    }
}

struct ForeignLoadTests {
    @Test func aQuietRoundIsMeasuredOnce() async throws {
        let contender = ScriptedContender(foreignLoads: [0.1])

        let result = try await compare(contender)

        #expect(contender.turns == 1)
        #expect(result.rounds.map(\.repetitions) == [0])
    }

    @Test func aDisturbedRoundIsRepeatedAndTheQuietOneCounts() async throws {
        let contender = ScriptedContender(foreignLoads: [0.5, 0.01])

        let result = try await compare(contender)

        #expect(result.rounds.map(\.repetitions) == [1])
        #expect(result.rounds.map(\.isDisturbed) == [false])
        #expect(result.peers[0].parts[0].throughputs == [2])
    }

    @Test func aRoundIsRepeatedTwiceAtMostAndTheQuietestOneCounts() async throws {
        let contender = ScriptedContender(foreignLoads: [0.5, 0.3, 0.6])

        let result = try await compare(contender)

        #expect(contender.turns == 3)
        #expect(result.rounds.map(\.isDisturbed) == [true])
        #expect(result.rounds.map(\.foreignLoad) == [0.3])
        #expect(result.peers[0].parts[0].throughputs == [2])
    }

    private func compare(_ contender: ScriptedContender) async throws -> ComparisonResult {
        let comparison = Comparison(
            contenders: [contender], loads: [Load(workload: "W1", tasks: 1)], rounds: 1, repetitions: 2, timing: Timing(warmUp: 0, measured: 1),
            tidy: {})
        return try await comparison.run { _ in }
    }
}

/// Its n-th turn has n calls a second, beside a foreign load that is given.
private final class ScriptedContender: Contender {
    let name = PeerResult.library
    let detail = PeerResult.libraryDetail

    private let foreignLoads: [Double]
    private let count = Mutex(0)

    init(foreignLoads: [Double]) { self.foreignLoads = foreignLoads }

    var turns: Int { count.withLock { $0 } }

    func takeTurn(_ loads: [Load], _ timing: Timing) async throws -> Turn {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return turn(calls: number, foreignLoad: foreignLoads[number - 1])
    }
}

/// A turn of one second.
private func turn(calls: Int, processorSeconds: Double = 1, serverSeconds: Double? = 0.006, foreignLoad: Double = 0) -> Turn {
    var latencies = LatencyHistogram()
    for _ in 0..<calls { latencies.record(nanoseconds: 1_000) }
    let sample = Sample(
        parts: [Sample.Part(calls: calls, seconds: 1, latencies: latencies)], processorSeconds: processorSeconds, peakMemory: nil)
    return Turn(sample: sample, surroundings: Surroundings(serverSeconds: serverSeconds, foreignLoad: foreignLoad))
}
