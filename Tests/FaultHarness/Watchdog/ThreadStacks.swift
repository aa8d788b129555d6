import Foundation

/// Where the threads of this process stand.
package enum ThreadStacks {
    /// The stacks of all threads, from gdb where there is one, otherwise what the system says that each thread waits for.
    @Sendable
    package static func ofThisProcess() async -> String {
        let gdb = "/usr/bin/gdb"
        guard FileManager.default.isExecutableFile(atPath: gdb), let stacks = try? await run(gdb), !stacks.isEmpty else { return waits() }
        return stacks
    }

    private static func run(_ gdb: String) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "stacks-\(UUID().uuidString)")
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else { return "" }
        defer { try? FileManager.default.removeItem(at: file) }
        // A file, because a pipe that nobody empties while this process is held would fill.
        let output = try FileHandle(forWritingTo: file)
        defer { try? output.close() }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [
            "60", gdb, "-p", "\(ProcessInfo.processInfo.processIdentifier)", "-batch", "-nx", "-ex", "set pagination off", "-ex",
            "thread apply all backtrace 24",
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return try String(contentsOf: file, encoding: .utf8)
    }

    private static func waits() -> String {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.sorted().map { task in
            let words = ["comm", "wchan", "stack"].map { name in
                let bytes = FileManager.default.contents(atPath: "/proc/self/task/\(task)/\(name)") ?? Data()
                return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            }
            return "thread \(task) \(words.joined(separator: " "))"
        }.joined(separator: "\n")
    }
}
