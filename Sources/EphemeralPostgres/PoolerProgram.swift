import Foundation

/// The PgBouncer of this machine.
package struct PoolerProgram: Sendable, Hashable {
    /// The absolute path of the program.
    package let path: String

    /// Looks in `PATH`, and where packages put what only an administrator runs.
    ///
    /// - Parameters:
    ///   - environment: The variables to read.
    ///   - root: A directory that stands in for `/` in front of the fixed places.
    /// - Returns: `nil` when this machine has none.
    package static func find(environment: [String: String] = ProcessInfo.processInfo.environment, root: String = "") -> PoolerProgram? {
        let search = (environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        let fixed = ["/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/home/linuxbrew/.linuxbrew/bin"].map { root + $0 }
        return (search + fixed).map { "\($0)/pgbouncer" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { PoolerProgram(path: $0) }
    }

    /// The line that installs it on this kind of system.
    package static let advice: String = {
        #if os(macOS)
            "brew install pgbouncer"
        #else
            "sudo apt-get install -y pgbouncer (Debian, Ubuntu), sudo dnf install -y pgbouncer (Fedora)"
        #endif
    }()

    /// The version's first two numbers, such as 1 and 18.
    func version() async throws(ClusterError) -> (major: Int, minor: Int) {
        let answer = try await Program(path, ["--version"]).run()
        let numbers = answer.output.split(separator: "\n").first?.split { !$0.isNumber }.compactMap { Int($0) } ?? []
        guard answer.succeeded, numbers.count >= 2 else {
            throw .failed(.programFailed, "\(path) --version gave no version", output: answer.complaints, next: "reinstall it")
        }
        return (numbers[0], numbers[1])
    }
}
