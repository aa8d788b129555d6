import Foundation

/// How often a race is run, each time anew: once for every change, or as often as `DEPLOYSTACK_RACES` says.
enum RaceRounds {
    /// The number of rounds, 1 or more.
    static let count = ProcessInfo.processInfo.environment["DEPLOYSTACK_RACES"].flatMap { Int($0) }.map { max($0, 1) } ?? 1

    /// Runs a race again and again.
    static func run(_ round: () async throws -> Void) async rethrows {
        for _ in 0..<count { try await round() }
    }
}
