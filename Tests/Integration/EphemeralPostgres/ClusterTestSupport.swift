import Foundation
import Testing

@testable import EphemeralPostgres

extension Trait where Self == ConditionTrait {
    /// Leaves tests out, with a sentence, on a machine without the server's programs; `DEPLOYSTACK_REQUIRE_POSTGRES=1` lets them fail instead.
    static var serverBinaries: Self {
        .enabled("There are no PostgreSQL server programs on this machine.") {
            if ProcessInfo.processInfo.environment["DEPLOYSTACK_REQUIRE_POSTGRES"] == "1" { return true }
            return (try? await PostgresBinaries.find()) != nil
        }
    }
}

extension ThrowAwayCluster.Options {
    /// Options for a cluster that only one test knows, and that goes half a minute after the test if the test does not stop it.
    static func `private`() -> Self {
        var options = Self()
        options.label = UUID().uuidString
        options.idleTime = .seconds(30)
        options.environment["DEPLOYSTACK_KEEP_CLUSTER"] = nil
        return options
    }
}

extension ThrowAwayCluster {
    /// The answer of the server to one statement, as `psql` prints it.
    func query(_ statement: String) async throws -> String {
        let connection = ["-X", "-h", socketDirectory, "-p", "\(port)", "-U", userName, "-d", "postgres"]
        let answer = try await Program(launcher.binaries.path(of: "psql"), connection + ["-Atc", statement]).run()
        try #require(answer.succeeded, "\(answer.complaints)")
        return answer.output.trimmingCharacters(in: .newlines)
    }
}

/// What goes on outside of the process that runs the tests.
enum Surroundings {
    /// The command lines of the live processes that contain a text.
    static func processes(mentioning text: String) throws -> [String] {
        let own = ProcessInfo.processInfo.processIdentifier
        guard FileManager.default.fileExists(atPath: "/proc/self") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { entry in
            guard let process = Int32(entry), process != own else { return nil }
            // A process may end between the listing and the reading.
            guard let bytes = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline") else { return nil }
            let line = String(decoding: bytes, as: UTF8.self).replacing("\0", with: " ")
            return line.contains(text) ? line : nil
        }
    }

    /// Waits until a condition holds, and records an issue when it does not hold within two minutes, which is more than a busy machine takes.
    static func wait(until condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        while try await !condition() {
            try #require(ContinuousClock.now < deadline, "The condition never held.")
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
