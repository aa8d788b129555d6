import DeployStackDataTesting
import Testing

/// The dialogue finds the slips that an in-memory store could have.
///
/// The sequences are those of ``DialogueTests``, whose answers are those of PostgreSQL. So the in-memory store as it is can stand for PostgreSQL here,
/// and the bugs are searched for in a fraction of the time.
struct PlantedBugTests {
    private struct Row: Sendable {
        let number: Int
        let bug: String
        let steps: Int
        let size: Int
    }

    @Test(.timeLimit(.minutes(30)))
    func eachBugIsFoundWithinTheStepsOfADialogue() async throws {
        let found = try await withThrowingTaskGroup(of: Row?.self) { group in
            var rows: [Row?] = []
            for (number, bug) in PlantedBug.all.enumerated() {
                if number >= 3, let row = try await group.next() { rows.append(row) }
                group.addTask { try await Self.search(bug, number) }
            }
            for try await row in group { rows.append(row) }
            return rows.compactMap(\.self).sorted { $0.number < $1.number }
        }

        print("  steps  calls  planted bug")
        for row in found { print("\(padded(row.steps.spaced, 7))\(padded("\(row.size)", 7))  \(row.bug)") }
        #expect(PlantedBug.all.count >= 40)
        let missed = PlantedBug.all.map(\.name).filter { name in !found.contains { $0.bug == name } }
        #expect(missed == [], "No sequence shows these.")
    }

    /// A bug is found when PostgreSQL is on the other side, too, and the case is small.
    @Test(.requiresServer)
    func aBugIsFoundAndShrunkAgainstPostgreSQL() async throws {
        let bug = try #require(PlantedBug.orders.first)
        try await DialogueStage.withDatabase(bug) { stage in
            let found = try #require(try await Self.firstDifference(on: stage)).found
            let smallest = try await stage.shrink(found, budget: 250)

            #expect(smallest.recording.count <= 8, "\(smallest.report(stage.names))")
        }
    }

    private static func search(_ bug: PlantedBug, _ number: Int) async throws -> Row? {
        let stage = DialogueStage.planted(bug)
        guard let (found, steps) = try await firstDifference(on: stage) else { return nil }
        let smallest = try await stage.shrink(found)
        return Row(number: number, bug: bug.name, steps: steps, size: smallest.difference.calls.joined(separator: "\n").split(separator: "\n").count)
    }

    /// The first difference within 500 sequences, and after how many steps of all of them it shows.
    private static func firstDifference(on stage: DialogueStage) async throws -> (found: DialogueStage.Case, steps: Int)? {
        var steps = 0
        for number in 0..<500 {
            let outcome = try await stage.run(seed: DialogueTests.seed &+ UInt64(number))
            steps += outcome.recording.count
            if let difference = outcome.difference { return (DialogueStage.Case(recording: outcome.recording, difference: difference), steps) }
        }
        return nil
    }

    private func padded(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
}
