import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A program to be run to its end, with its answer as text.
///
/// The environment is made and not inherited: none of the caller's `PG…` variables, locale or time zone may reach the server's programs.
struct Program {
    /// What a program said and how it ended.
    struct Answer {
        let succeeded: Bool
        /// The exit code, or `nil` when a signal ended the program.
        let exitCode: Int32?
        let output: String
        let complaints: String
    }

    private let path: String
    private let arguments: [String]
    private let account: ServerAccount?
    private let createsSession: Bool

    /// - Parameters:
    ///   - path: An absolute path.
    ///   - arguments: The arguments after the program's name.
    ///   - account: The account to run as, or `nil` for the caller's own.
    ///   - createsSession: Whether the program leads a session of its own, so that a signal to the caller's group does not reach it.
    init(_ path: String, _ arguments: [String], as account: ServerAccount? = nil, createsSession: Bool = false) {
        let command = account?.command(path, arguments) ?? [path] + arguments
        self.path = command[0]
        self.arguments = Array(command.dropFirst())
        self.account = account
        self.createsSession = createsSession
    }

    /// A POSIX shell that runs a script file with arguments.
    static func shell(_ arguments: [String], createsSession: Bool = false) -> Program {
        Program("/bin/sh", arguments, createsSession: createsSession)
    }

    /// Runs the program and waits for its end; a failing exit code is an answer, not an error.
    func run() async throws(ClusterError) -> Answer {
        var options = PlatformOptions()
        options.createSession = createsSession
        do {
            let result = try await Subprocess.run(
                .path(FilePath(path)),
                arguments: Arguments(arguments),
                environment: .custom(Self.environment),
                workingDirectory: "/",
                platformOptions: options,
                output: .string(limit: 1 << 20),
                error: .string(limit: 1 << 20)
            )
            let exitCode: Int32? = if case .exited(let code) = result.terminationStatus { Int32(code) } else { nil }
            return Answer(
                succeeded: result.terminationStatus.isSuccess,
                exitCode: exitCode,
                output: result.standardOutput,
                complaints: result.standardError
            )
        } catch {
            let user = account.map { " as \($0.name)" } ?? ""
            throw ClusterError(
                .programFailed, "\(path) could not be run\(user): \(error). Next: check that the file exists and that this account may run it.")
        }
    }

    /// Runs the program with a pipe as its input, which ends with the stream or with this process, and waits for the program's end.
    func run(until end: AsyncStream<Void>) async throws(ClusterError) {
        var options = PlatformOptions()
        options.createSession = createsSession
        do {
            _ = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(Self.environment), workingDirectory: "/",
                platformOptions: options, input: .inputWriter, output: .discarded, error: .discarded
            ) { execution in
                for await _ in end {}
                try await execution.standardInputWriter.finish()
            }
        } catch {
            throw ClusterError(.programFailed, "\(path) could not be run: \(error). Next: check that the file exists.")
        }
    }

    private static let environment: [Subprocess.Environment.Key: String] = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return ["PATH": path.isEmpty ? "/usr/bin:/bin" : "\(path):/usr/bin:/bin", "HOME": "/", "LC_ALL": "C", "TZ": "UTC"]
    }()
}
