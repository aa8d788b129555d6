import EphemeralPostgres
import FaultHarness
import Foundation
import PostgresDriver

/// What a server keeps on disk: a dump of a database, and the files of its data directory with its write-ahead log.
struct StoredFiles {
    /// A place to look in.
    enum Place: String, CaseIterable {
        case dump = "dump.sql"
        case tables = "base"
        case log = "pg_wal"
        /// Everything in the data directory, those two and the server's own log among it.
        case everything = ""
    }

    private let folder: URL
    private let data: URL

    /// Brings everything to disk and dumps a database.
    init(of server: LoggingServer, database: String) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "dsd-stored-" + String(UInt64.random(in: .min ... .max), radix: 36))
        data = URL(filePath: server.cluster.dataDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try await withServerSession(server.administrator(database)) { session in _ = try await session.runScript("CHECKPOINT") }
        let binaries = try await PostgresBinaries.find()
        try await run(
            binaries.path(of: "pg_dump"),
            [
                "--host", server.cluster.socketDirectory, "--port", "\(server.cluster.port)", "--username", server.cluster.userName,
                "--file", url(of: .dump).path, database,
            ])
    }

    /// Which of some texts stand in a place, byte for byte.
    func found(_ texts: [String], in place: Place) async throws -> Set<String> {
        let (patterns, matches) = (folder.appending(path: "patterns"), folder.appending(path: "matches"))
        try Data(texts.joined(separator: "\n").utf8).write(to: patterns)
        // It says 1 when there is nothing, and 2 when a file of the running server was gone before it could be read.
        let arguments = ["grep", "-r", "-h", "-o", "-a", "-F", "-f", patterns.path, url(of: place).path]
        try await run("/usr/bin/env", arguments, output: matches, allowed: 0...2)
        return Set(String(decoding: try Data(contentsOf: matches), as: UTF8.self).split(separator: "\n").map(String.init))
    }

    /// How much there is to look through.
    var bytes: Int {
        [Place.dump, .everything].reduce(0) { total, place in
            let files = FileManager.default.enumerator(at: url(of: place), includingPropertiesForKeys: [.fileSizeKey])
            let sizes = files?.compactMap { (($0 as? URL).flatMap { try? $0.resourceValues(forKeys: [.fileSizeKey]) })?.fileSize } ?? []
            return total + sizes.reduce(0, +)
        }
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    private func url(of place: Place) -> URL { (place == .dump ? folder : data).appending(path: place.rawValue) }

    private func run(_ program: String, _ arguments: [String], output: URL? = nil, allowed: ClosedRange<Int32> = 0...0) async throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        // The variables of this process are poisoned, so that nothing of them reaches a store.
        process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C"]
        if let output {
            _ = FileManager.default.createFile(atPath: output.path, contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: output)
        }
        process.standardError = FileHandle.nullDevice
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        guard allowed.contains(status) else { throw Failure(program: program, status: status) }
    }

    private struct Failure: Error {
        let program: String
        let status: Int32
    }
}
