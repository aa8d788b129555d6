/// Measures several peers at the same loads, in turns, so that what the machine does meanwhile hits all of them.
struct Comparison: Sendable {
    /// How much of all processors' time others may use during a round. A round with more is repeated.
    static let foreignLoadLimit = 0.15
    /// Who takes part. The library is among them, under the name ``PeerResult/library``.
    let contenders: [any Contender]
    /// What each does, all at once.
    let loads: [Load]
    let rounds: Int
    /// How often a disturbed round is repeated.
    let repetitions: Int
    let timing: Timing
    /// Makes the tables alike for the next turn.
    let tidy: @Sendable () throws -> Void

    /// Runs all rounds. Each begins with another contender.
    func run(progress: (String) -> Void) async throws -> ComparisonResult {
        var turns = [[Turn]](repeating: [], count: contenders.count)
        var conditions: [RoundConditions] = []
        for round in 0..<rounds {
            progress("round \(round + 1) of \(rounds)")
            var (measured, load) = try await runRound(round)
            var repeated = 0
            while let foreign = load, foreign > Self.foreignLoadLimit, repeated < repetitions {
                repeated += 1
                progress("  once more, because other processes used \(Int(foreign * 100)) % of the machine")
                let next = try await runRound(round)
                // The quieter one is kept: the machine may have become busier still.
                if let nextLoad = next.foreignLoad, nextLoad < foreign { (measured, load) = next }
            }
            for index in contenders.indices { turns[index].append(measured[index]) }
            conditions.append(RoundConditions(foreignLoad: load, repetitions: repeated))
        }
        return ComparisonResult(loads: loads, rounds: conditions, contenders: contenders, turns: turns)
    }

    /// One turn of everybody, and the worst foreign load among them.
    private func runRound(_ round: Int) async throws -> (turns: [Turn], foreignLoad: Double?) {
        var turns = [Turn?](repeating: nil, count: contenders.count)
        for place in contenders.indices {
            let index = (round + place) % contenders.count
            try tidy()
            turns[index] = try await contenders[index].takeTurn(loads, timing)
        }
        let all = turns.compactMap { $0 }
        return (all, all.compactMap(\.surroundings.foreignLoad).max())
    }
}

/// How quiet the machine was in a round.
struct RoundConditions: Sendable, Codable {
    /// The greatest part of all processors' time that others used during one turn, 0 to 1; nil where it cannot be seen.
    var foreignLoad: Double?
    /// How often the round was repeated because of it. The quietest one counts.
    var repetitions: Int

    /// Whether others used more than they should have, also when the round was repeated.
    var isDisturbed: Bool { (foreignLoad ?? 0) > Comparison.foreignLoadLimit }
}
