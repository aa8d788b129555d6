import DeployStackDataTesting
import Foundation
import PostgresDriver

/// How often each method was called.
struct DialogueTally: Sendable {
    /// The calls by the repository and the method, such as `teams.addMember(_:to:role:)`.
    private(set) var calls: [String: Int] = [:]
    /// How many calls were refused.
    private(set) var refused = 0
    /// The methods of which some call was not refused.
    private(set) var accepted: Set<String> = []

    mutating func add(_ recorded: [RecordedCall]) {
        for call in recorded where call.operation.repository != "transaction" {
            let method = "\(call.operation.repository).\(call.method)"
            calls[method, default: 0] += 1
            if case .failed = call.outcome { refused += 1 } else { accepted.insert(method) }
        }
    }

    mutating func add(_ other: DialogueTally) {
        calls.merge(other.calls) { $0 + $1 }
        refused += other.refused
        accepted.formUnion(other.accepted)
    }
}

/// What several dialogues at once have come to.
final class DialogueResults: Sendable {
    struct State {
        var tally = DialogueTally()
        var steps = 0
        var failures: [String] = []
        fileprivate var next = 0
    }

    private let state = Lock(State())

    var now: State { state.withLock { $0 } }

    /// The number of the next sequence, or `nil` when there are enough, or enough have failed.
    func nextSequence(of count: Int) -> Int? {
        state.withLock { state in
            guard state.next < count, state.failures.count < 3 else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    func add(_ outcome: DialogueStage.Outcome) {
        state.withLock { state in
            state.tally.add(outcome.tally)
            state.steps += outcome.recording.count
        }
    }

    func addFailure(_ text: String) { state.withLock { $0.failures.append(text) } }
}

extension Int {
    /// The number with a space between each three digits.
    var spaced: String {
        var (text, digits) = ("", String(self))
        while digits.count > 3 {
            text = " " + digits.suffix(3) + text
            digits.removeLast(3)
        }
        return digits + text
    }
}
