import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import EphemeralPostgres
import FaultHarness
import Foundation
import Logging
import PostgresDriver
import Testing

/// Secrets are found nowhere but where they were put, and what rows hold is in no log and no description of an error.
@Suite(.faults, .requiresServer)
struct CanaryTests {
    @Test
    func secretsAndRowsAppearNowhereTheyMustNot() async throws {
        // Parameters are logged too, in full: secrets never are parameters.
        let server = try await LoggingServer.start(logging: true, ["listen_addresses": CanaryRun.host, "wal_keep_size": "8GB"])
        try await server.makeDatabase("secrets")
        let canaries = Canaries()
        try await preparePasswordRole(canaries.password, on: server)
        let recorder = TraceRecorder()
        var run = CanaryRun(server: server, canaries: canaries, recorder: recorder)
        try await run.makeCalls()
        try await run.fail()
        let seen = try await server.everythingSeen(database: "secrets")
        let logs = recorder.text

        var found: [String] = []
        for (name, secret) in canaries.secrets + run.issued {
            // Every piece of a token is as bad as all of it.
            let piece = String(secret.suffix(24))
            for (place, text) in [("our logs", logs), ("descriptions", run.descriptions), ("debug descriptions", run.debugging)] + seen
            where text.contains(piece) {
                found.append("\(name) in \(place)")
            }
        }
        for (place, text) in [("our logs", logs), ("descriptions", run.descriptions)] where text.contains(canaries.row) {
            found.append("rows in \(place)")
        }
        // A developer may see the server's message, which quotes single values, but not its DETAIL, which quotes keys and rows.
        if run.debugging.contains(canaries.detail) { found.append("DETAIL in debug descriptions") }

        #expect(found == [])
        // The recorders do record, and a secret would be seen if it were there.
        #expect(logs.utf8.count > 0 && seen.contains { $0.text.contains(canaries.row) })
        // The server did quote a key and a row, and the errors that it did so in are among those that were looked at.
        let serverLog = seen.first { $0.place == "the server's log" }?.text ?? ""
        for (message, detail) in [
            ("violates unique constraint", "Key (email)=(\(canaries.detail)"), ("violates check constraint", "Failing row contains ("),
        ] {
            #expect(run.debugging.contains(message) && serverLog.contains(detail))
        }
        try await lookThroughFiles(of: server, for: (canaries.secrets + run.issued).map(\.1), row: canaries.row)
        #expect(run.errors > 200 && run.calls > 300)
        for name in ["access token", "authorization code", "refresh token", "client secret", "instance token", "satellite key"] {
            #expect(run.issued.contains { $0.name == name && $0.text.utf8.count >= 43 }, "\(name)")
        }
        try await server.cluster.stop()
        let bytes = ([logs, run.descriptions, run.debugging] + seen.map(\.text)).reduce(0) { $0 + $1.utf8.count }
        FaultReport.row(
            "K1",
            "\(run.calls) calls of \(Set(StoreCalls.all.map(\.method)).count) methods and \(run.errors) errors at trace level with log_statement=all and logged "
                + "parameters; password, encryption key, configured secrets, encrypted setting, code verifier and \(run.issued.count) codes, tokens, keys and "
                + "secrets of clients: found 0 times in our logs, errors, dumps, the "
                + "server's log, pg_stat_activity, pg_stat_statements and the tables, \(bytes / 1_000) kB scanned; rows in our logs and descriptions of errors, and DETAIL anywhere: 0"
                .replacing("found 0 times", with: "found \(found.count) times"))
    }

    /// What somebody has who got hold of a dump, of the disk, or of a backup of either.
    private func lookThroughFiles(of server: LoggingServer, for secrets: [String], row: String) async throws {
        let files = try await StoredFiles(of: server, database: "secrets")
        defer { files.remove() }
        let pieces = secrets.map { String($0.suffix(24)) }

        var found: [String: Int] = [:]
        for place in StoredFiles.Place.allCases { found[place.rawValue] = try await files.found(pieces, in: place).count }

        #expect(found.values.allSatisfy { $0 == 0 }, "\(found)")
        // What rows hold is there, and would be found, as would a secret.
        for place in StoredFiles.Place.allCases { #expect(try await files.found([row], in: place) == [row], "\(place)") }
        FaultReport.row(
            "K3",
            "a pg_dump and the data directory with its write-ahead log, \(files.bytes / 1_000) kB: \(pieces.count) passwords, codes, verifiers, tokens, keys "
                + "and secrets found \(found.values.reduce(0, +)) times")
    }

    /// A role with a password, whose text is kept out of the log by the administrator.
    private func preparePasswordRole(_ password: String, on server: LoggingServer) async throws {
        try await withServerSession(server.administrator("secrets")) { session in
            try await session.runScript("SET log_statement TO none")
            try await session.runScript("CREATE ROLE app LOGIN SUPERUSER PASSWORD '\(password)'")
            try await session.runScript("CREATE EXTENSION pg_stat_statements")
            try await session.runScript("SELECT pg_stat_statements_reset()")
            try await session.runScript("CREATE TABLE rules (line text)")
            try await session.runScript(
                "COPY rules FROM PROGRAM 'printf \"local all all trust\\nhost all all all scram-sha-256\\n\" > pg_hba.conf'")
            try await session.runScript("DROP TABLE rules")
            try await session.runScript("SELECT pg_reload_conf()")
        }
    }
}

/// Texts that occur nowhere by chance.
struct Canaries {
    let password = Self.word("password")
    let encryptionKey = Self.word("encryption")
    let configured = Self.word("configured")
    let header = Self.word("header")
    let setting = Self.word("setting")
    /// Of the characters and the length of a code verifier.
    let verifier = Self.word("verifier") + Self.word("verifier")
    let row = Self.word("rowcontent").lowercased()
    /// Parts of rows that the server quotes in the DETAIL of its errors alone.
    let detail = Self.word("detail").lowercased()

    var secrets: [(String, String)] {
        [
            ("password", password), ("encryption key", encryptionKey), ("configured secret", configured), ("secret header", header),
            ("encrypted setting", setting), ("code verifier", verifier),
        ]
    }

    private static func word(_ name: String) -> String {
        name + (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }
}

/// Keeps what is logged, at every level.
final class TraceRecorder: Sendable {
    private let lines = Lock<[String]>([])

    /// The warnings alone.
    var warnings: [String] { lines.withLock { $0.filter { $0.hasPrefix("warning") } } }

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    var logger: Logger {
        var logger = Logger(label: "canary") { [self] _ in Handler(recorder: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let recorder: TraceRecorder
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        init(recorder: TraceRecorder) { self.recorder = recorder }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = "\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])"
            recorder.lines.withLock { $0.append(line) }
        }
    }
}
