import FaultHarness
import Synchronization

/// Runs `body` for each number from 0, so many at once.
func inBatches(of count: Int, atOnce: Int, _ body: @escaping @Sendable (Int) async -> Void) async {
    await inBatches(of: Array(0..<count), with: Array(repeating: (), count: atOnce)) { index, _ in await body(index) }
}

/// Runs `body` for each case, as many at once as there are tools; no tool is used for two cases at a time.
func inBatches<Case: Sendable, Tool: Sendable>(
    of cases: [Case], with tools: [Tool], _ body: @escaping @Sendable (Case, Tool) async -> Void
) async {
    let next = SharedCount()
    await withTaskGroup(of: Void.self) { group in
        for tool in tools {
            group.addTask {
                while true {
                    let index = next.increment() - 1
                    guard index < cases.count else { return }
                    await body(cases[index], tool)
                }
            }
        }
    }
}

/// Counts from several tasks.
final class SharedCount: Sendable {
    private let atomic = Atomic<Int>(0)

    var value: Int { atomic.load(ordering: .relaxed) }

    /// Counts one more, and returns the new number.
    @discardableResult
    func increment(by step: Int = 1) -> Int { atomic.add(step, ordering: .relaxed).newValue }
}

/// Runs `body` with so many proxies before one server. They are closed afterwards.
func withProxies<Value: Sendable>(_ count: Int, before target: FaultProxy.Target, _ body: ([FaultProxy]) async throws -> Value) async throws -> Value
{
    var proxies: [FaultProxy] = []
    for _ in 0..<count { proxies.append(try FaultProxy(to: target)) }
    let result: Result<Value, any Error>
    do { result = .success(try await body(proxies)) } catch { result = .failure(error) }
    for proxy in proxies { await proxy.close() }
    return try result.get()
}

extension Duration {
    /// The time as a figure shows it, such as `12.3 ms`.
    var inMilliseconds: String {
        let tenths = Int((self / Duration.milliseconds(1)) * 10)
        return "\(tenths / 10).\(abs(tenths) % 10) ms"
    }
}
