import Foundation

/// All methods of all repositories, read from the source that is written from the protocols. Another test holds that source to them.
enum RepositoryMethods {
    /// Methods that no dialogue calls, and why.
    static let exceptions = [
        "notifications.stream(user:)": "A stream waits for what is to come, so its end would hang; the tests of streams run on both backends.",
        "notifications.stream(team:)": "As for one user.",
    ]

    /// A refresh token is seldom still good when a sequence comes to use it; that its use gives the same on both backends, the contract tests say.
    static let seldomAccepted = ["tokens.refresh(_:client:)"]

    static func all() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let source = try String(contentsOf: root.appending(path: "Sources/DeployStackDataTesting/Fake/ObservedRepositories.swift"), encoding: .utf8)
        return Set(source.matches(of: /site\.(?:call|stream|note)\(\.(\w+)\.\w+, "([^"]+)"/).map { "\($0.1).\($0.2)" })
    }
}
