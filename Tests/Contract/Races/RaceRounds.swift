import Foundation
import Testing

/// Runs each test of a suite once, or as often as `DEPLOYSTACK_RACES` says. It stands before `.database`, so that each round has stores of its own.
struct RaceRounds: SuiteTrait, TestTrait, TestScoping {
    private static let count = ProcessInfo.processInfo.environment["DEPLOYSTACK_RACES"].flatMap { Int($0) }.map { max($0, 1) } ?? 1

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        for _ in 0..<Self.count { try await function() }
    }
}

extension Trait where Self == RaceRounds {
    /// Runs each test as often as `DEPLOYSTACK_RACES` says.
    static var raceRounds: Self { RaceRounds() }
}
