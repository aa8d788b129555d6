import PostgresDriver
package import Testing

/// Runs `body` with a hard limit. When it is reached, what the test knows and where every thread stands are printed, the test fails, and `body` is
/// cancelled; if it has not ended ten seconds later, it is left behind, so that the tests after it still run.
///
/// - Parameters:
///   - limit: The longest time that `body` may take.
///   - evidence: What to print, such as the pool's state and the proxy's log.
///   - stacks: How the threads' places are found out.
/// - Throws: ``WatchdogBit`` when `body` had to be left behind, otherwise what `body` throws.
package func withWatchdog<Value: Sendable>(
    _ limit: Duration,
    evidence: @escaping @Sendable () -> [String] = { [] },
    stacks: @escaping @Sendable () async -> String = ThreadStacks.ofThisProcess,
    grace: Duration = .seconds(10),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let race = Race<Value>()
    let work = Task {
        do { race.finish(.success(try await body())) } catch { race.finish(.failure(error)) }
    }
    let dog = Task {
        try await Task.sleep(for: limit)
        guard race.isOpen else { return }
        let report = (evidence() + [await stacks()]).joined(separator: "\n")
        print("The watchdog's limit of \(limit) was reached. \(FaultSeed.run)\n\(report)")
        Issue.record("The test did not end within \(limit).", sourceLocation: sourceLocation)
        work.cancel()
        try? await Task.sleep(for: grace)
        race.finish(.failure(WatchdogBit(limit: limit)))
    }
    defer { dog.cancel() }
    return try await withTaskCancellationHandler {
        try await race.value().get()
    } onCancel: {
        work.cancel()
    }
}

/// A test took longer than it may.
package struct WatchdogBit: Error, CustomStringConvertible {
    package let limit: Duration

    package var description: String { "The test did not end within \(limit)." }
}

/// The one result of a piece of work that may be given up.
private final class Race<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var waiting: CheckedContinuation<Result<Value, any Error>, Never>?
    }

    private let state = Lock(State())

    /// Notes the result, if it is the first.
    func finish(_ result: Result<Value, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Result<Value, any Error>, Never>? in
            guard state.result == nil else { return nil }
            state.result = result
            return state.waiting.take()
        }
        continuation?.resume(returning: result)
    }

    /// Whether there is no result yet.
    var isOpen: Bool { state.withLock { $0.result == nil } }

    func value() async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            let result = state.withLock { state in
                if state.result == nil { state.waiting = continuation }
                return state.result
            }
            if let result { continuation.resume(returning: result) }
        }
    }
}
