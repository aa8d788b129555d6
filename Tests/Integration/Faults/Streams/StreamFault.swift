import PostgresDriver

/// What goes wrong in the middle of a COPY or a stream.
enum StreamFault: CaseIterable, Sendable {
    /// Nothing.
    case none
    /// The server ends the session.
    case kill
    /// The program itself fails.
    case clientError
    /// The task is cancelled.
    case cancel
    /// The loop is left early, or the input ends early because its task was cancelled.
    case leave
    /// The server refuses a row.
    case refusal
}

/// The program's own failure.
struct ClientFailure: Error {}

/// A task that can be cancelled from inside itself.
final class SelfCancellingTask: Sendable {
    private struct State {
        var cancel: (@Sendable () -> Void)?
        var isCancelled = false
    }

    private let state = Lock(State())

    /// Cancels the task, also if it is not known yet.
    func cancel() {
        let cancel = state.withLock { state in
            state.isCancelled = true
            return state.cancel
        }
        cancel?()
    }

    /// Runs a body as a task of its own, and returns how it ended.
    func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async -> Result<Value, any Error> {
        let task = Task { try await body() }
        let isCancelled = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
        return await task.result
    }
}

/// The numbers from 0, with something that happens before one of them.
struct InterruptedNumbers: AsyncSequence, Sendable {
    let count: Int
    let place: Int
    let interruption: @Sendable () async throws -> Interruption

    /// What becomes of the sequence.
    enum Interruption: Sendable {
        case goesOn
        case ends
        /// The first number comes a second time.
        case repeats
    }

    func makeAsyncIterator() -> Iterator { Iterator(numbers: self) }

    struct Iterator: AsyncIteratorProtocol {
        let numbers: InterruptedNumbers
        var position = 0
        var hasEnded = false

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> Int? {
            guard position < numbers.count, !hasEnded else { return nil }
            var number = position
            if position == numbers.place {
                switch try await numbers.interruption() {
                case .goesOn: break
                case .ends:
                    hasEnded = true
                    return nil
                case .repeats: number = 0
                }
            }
            position += 1
            return number
        }
    }
}
