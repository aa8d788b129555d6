import DeployStackDataTesting
import Foundation
import Testing

/// The in-memory store answers as PostgreSQL does, whatever it is asked: random sequences of calls of all repositories, with transactions, savepoints,
/// moving clocks, and values and identifiers that are not good.
@Suite(.requiresServer)
struct DialogueTests {
    /// How many sequences there are, and the seed of the first; the others have the numbers that follow.
    private static let sequences = number("DEPLOYSTACK_DIALOGUE_SEQUENCES") ?? 500
    static let seed = number("DEPLOYSTACK_DIALOGUE_SEED").map { UInt64(bitPattern: Int64($0)) } ?? 1

    /// How many databases are in use at once.
    private static let databases = 4

    @Test(.timeLimit(.minutes(240)))
    func equalCallsGetEqualAnswersAndLeaveEqualStores() async throws {
        let results = DialogueResults()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(Self.databases, Self.sequences) {
                group.addTask { try await DialogueStage.withDatabase { try await Self.talk(on: $0, into: results) } }
            }
            try await group.waitForAll()
        }

        let result = results.now
        print(
            "dialogue: \(result.steps.spaced) steps over \(result.tally.calls.count) methods, \(result.tally.refused.spaced) refused calls of",
            "\(result.tally.calls.values.reduce(0, +).spaced), \(result.failures.count) differences")
        for failure in result.failures { Issue.record("\(failure)") }
        // A few sequences, such as one that is repeated, cannot call everything.
        guard Self.sequences >= 500, result.failures.isEmpty else { return }
        let methods = try RepositoryMethods.all()
        #expect(methods.count >= 190)
        let (called, excepted) = (Set(result.tally.calls.keys), Set(RepositoryMethods.exceptions.keys))
        #expect(methods.subtracting(called).subtracting(excepted).sorted() == [], "Add these to a CallDrawer in Tests/Integration/Dialogue/Calls.")
        let refused = called.subtracting(result.tally.accepted).subtracting(RepositoryMethods.seldomAccepted)
        #expect(refused.sorted() == [], "All calls of these were refused, which shows little.")
        #expect(excepted.subtracting(methods).union(called.intersection(excepted)).sorted() == [], "These need not be exceptions.")
    }

    private static func talk(on stage: DialogueStage, into results: DialogueResults) async throws {
        while let number = results.nextSequence(of: sequences) {
            let seed = seed &+ UInt64(number)
            let outcome = try await stage.run(seed: seed)
            results.add(outcome)
            guard let difference = outcome.difference else { continue }
            let smallest = try await stage.shrink(DialogueStage.Case(recording: outcome.recording, difference: difference), budget: 600)
            results.addFailure(
                """
                The stores differ in step \(difference.steps) of the sequence with the seed \(seed). To see it again: DEPLOYSTACK_DIALOGUE_SEED=\(seed) \
                DEPLOYSTACK_DIALOGUE_SEQUENCES=1 swift test --filter DialogueTests. The smallest case of it:
                \(smallest.report(stage.names))
                """)
        }
    }

    private static func number(_ variable: String) -> Int? { ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } }
}
