import DeployStackData
import DeployStackDataTesting

/// One of the two stores that talk, with where it gets times, identifiers and bytes from.
struct DialogueSide: Sendable {
    var store: DataStore
    let determinism: Determinism

    var clock: ManualTimeSource { determinism.clock }

    /// The answer to a call, whether it is a value or an error.
    func answer(to call: DialogueCall) async -> Answer {
        determinism.beginCall()
        do { return try await call.perform(self) } catch { return Answer(error: error) }
    }
}

/// A call: how it is told to a person, and how to make it.
struct DialogueCall: Sendable {
    var text: String
    var perform: @Sendable (DialogueSide) async throws -> Answer

    init(text: String, perform: @escaping @Sendable (DialogueSide) async throws -> Answer) {
        self.text = text
        self.perform = perform
    }

    /// A call of a repository.
    init<Value: Sendable>(_ text: String, _ body: @escaping @Sendable (DataStore) async throws -> Value) {
        self.init(text: text) { Answer(try await body($0.store)) }
    }

    /// A transaction, or inside one a savepoint. The calls that it makes may fail; what matters is whether the closure throws at its end.
    static func transaction(of calls: [DialogueCall], ending: Ending) -> DialogueCall {
        let inner = calls.map { "    " + $0.text.replacing("\n", with: "\n    ") }
        return DialogueCall(text: (["transaction, \(ending)"] + inner).joined(separator: "\n")) { side in
            let answers = Gathered()
            do {
                try await side.store.transaction { store in
                    answers.clear()
                    for call in calls {
                        let answer = await DialogueSide(store: store, determinism: side.determinism).answer(to: call)
                        answers.add(answer)
                        if ending == .throwsWhatFails, answer.isRefusal { throw Stop() }
                    }
                    if ending == .throwsAtItsEnd { throw Stop() }
                }
                return Answer(of: answers.all)
            } catch is Stop {
                // What was rolled back is told too, so that later calls ask for it.
                var answer = Answer(of: answers.all)
                answer.text += "\nrolled back"
                return answer
            }
        }
    }

    enum Ending: Sendable, CaseIterable {
        case commits
        case throwsAtItsEnd
        case throwsWhatFails
    }

    private struct Stop: Error {}
}
