import Testing

/// Runs each test of a suite as often as ``RaceRounds`` says, each time with stores of its own.
struct RaceRoundsTrait: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await RaceRounds.run { try await function() }
    }
}

extension Trait where Self == RaceRoundsTrait {
    /// Runs each test as often as `DEPLOYSTACK_RACES` says.
    static var raceRounds: Self { RaceRoundsTrait() }
}
