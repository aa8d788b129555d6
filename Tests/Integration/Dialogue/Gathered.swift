import PostgresDriver

/// The answers inside a transaction. They outlive its closure, which may throw or run again.
final class Gathered: Sendable {
    private let answers = Lock<[Answer]>([])

    var all: [Answer] { answers.withLock { $0 } }

    func add(_ answer: Answer) { answers.withLock { $0.append(answer) } }

    func clear() { answers.withLock { $0 = [] } }
}
