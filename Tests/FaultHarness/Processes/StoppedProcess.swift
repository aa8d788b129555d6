import Foundation
import PostgresDriver

/// Freezes a process, runs `body`, and lets the process go on, whatever happens: also when `body` throws or the test's process dies.
package func withStopped<Value>(_ process: Int32, _ body: () async throws -> Value) async throws -> Value {
    try ProcessGuardian.shared.get().protect(process)
    defer {
        ServerProcesses.send(.go, to: process)
        try? ProcessGuardian.shared.get().release(process)
    }
    guard ServerProcesses.send(.stop, to: process) else { throw NeverCame(what: "process \(process), which was to be frozen") }
    // The system freezes a process at its next step.
    let deadline = ContinuousClock.now + .seconds(5)
    while !ServerProcesses.isStopped(process), ServerProcesses.isAlive(process), ContinuousClock.now < deadline { await Task.yield() }
    return try await body()
}

/// A small process beside this one that waits for the end of this one, however it comes, and lets all frozen processes go on then.
package final class ProcessGuardian: Sendable {
    /// The only one. It is started when it is first asked for, and holds some descriptors from then on.
    package static let shared = Result { try ProcessGuardian() }

    private static let script = """
        trap '' INT TERM HUP
        frozen=' '
        while read -r sign process; do
            case $sign in
            +) frozen="$frozen$process " ;;
            -) frozen=$(echo "$frozen" | sed "s/ $process / /") ;;
            esac
        done
        for process in $frozen; do kill -s CONT "$process" 2>/dev/null; done
        """

    /// The writing end of the guardian's standard input. Its last one closes with this process.
    private let lifeline: Lock<FileHandle>

    private init() throws {
        let (shell, pipe) = (Process(), Pipe())
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", Self.script]
        shell.standardInput = pipe
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        lifeline = Lock(pipe.fileHandleForWriting)
    }

    fileprivate func protect(_ process: Int32) throws {
        try tell("+ \(process)")
    }

    fileprivate func release(_ process: Int32) throws {
        try tell("- \(process)")
    }

    private func tell(_ line: String) throws {
        try lifeline.withLock { try $0.write(contentsOf: Data("\(line)\n".utf8)) }
    }
}
