import DeployStackModels
import Testing

/// What came of tasks that ran at the same time.
struct RaceOutcomes<Value: Sendable>: Sendable {
    /// What those that succeeded returned, in no order.
    var values: [Value] = []
    /// What the others threw, in no order.
    var errors: [DataError] = []
}

/// Runs a closure many times at once.
///
/// - Parameters:
///   - count: How often.
///   - body: What to run; it is given the numbers from 0.
func race<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value) async -> RaceOutcomes<Value> {
    await withTaskGroup(of: Result<Value, any Error>.self) { group in
        for number in 0..<count {
            group.addTask {
                do { return .success(try await body(number)) } catch { return .failure(error) }
            }
        }
        var outcomes = RaceOutcomes<Value>()
        for await result in group {
            switch result {
            case .success(let value): outcomes.values.append(value)
            case .failure(let error as DataError): outcomes.errors.append(error)
            case .failure(let error): Issue.record(error)
            }
        }
        return outcomes
    }
}
