import DeployStackData
import EphemeralPostgres
import FaultHarness
import Foundation
import Testing

@testable import DeployStackDataTesting
@testable import PostgresDriver

/// Names of databases and roles are names and nothing else, however they are spelled.
@Suite(.faults, .requiresServer)
struct NameTests {
    @Test
    func everyNameIsTakenLiterallyOrRefused() async throws {
        let cluster = try await ThrowAwayCluster.exclusive(settings: ["synchronous_commit": "off"])
        let server = ConnectionConfiguration(host: cluster.socketDirectory, port: cluster.port, database: "postgres", user: cluster.userName)
        let names = Self.names(FaultSize.of(ci: 10_000, long: 1_000_000))
        let quoting = try await namesTheServerReadsAsMeant(names, on: server)
        let targets = targets(names, of: server)
        let connected = try await connect(Array(names.prefix(150)), to: server)
        let made = try await makeAndDrop(on: server)

        #expect(quoting.wrong == [])
        #expect(targets == [])
        #expect(connected == [])
        #expect(made.wrong == [])
        try await cluster.stop()
        FaultReport.row(
            "Q5",
            "\(names.count) names: \(quoting.taken) quoted as the server reads them, \(names.count - quoting.taken) refused, connection targets changed "
                + "\(targets.count); \(2 * 150) connections to or as such a name, wrong targets \(connected.count); \(made.count) databases and \(made.count) roles really "
                + "made, used and dropped, wrong \(made.wrong.count)")
    }

    /// Names that mean something to SQL, to libpq or to a shell, and random ones of their parts.
    static func names(_ count: Int) -> [String] {
        var random = FaultSeed.run.generator("Q5")
        let parts = [
            "\"", "\"\"", "'", "\\", ";", " ", "--", "/*", "$", "host=evil", "dbname=evil", "postgres://evil/x", "service=evil", "user", "SELECT",
            "a", "A",
            "\u{E9}", "e\u{301}", "\u{1F600}", "%", "_", "\n", "\t", ".", ",", "=", "&", "?", "@", "/", "#", "{", "}", "template1", "postgres",
            "test_", "\u{FEFF}", "\u{202E}",
        ]
        var names = special
        while names.count < count {
            names.append((0..<Int.random(in: 1...9, using: &random)).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined())
        }
        return names
    }

    private static let special = [
        "", "\0", "a\0b", String(repeating: "x", count: 63), String(repeating: "x", count: 64), String(repeating: "\u{E9}", count: 31),
        String(repeating: "\u{E9}", count: 32), String(repeating: "\"", count: 63), "host=evil", "dbname=evil host=evil",
        "postgresql://evil:1/x?sslmode=disable",
        "postgres://evil", "service=evil", "user", "select", "table", "all", "template0", " ", "  a", "a ", "\"a\"", "'; DROP DATABASE postgres; --",
        "a\"; DROP DATABASE postgres; --", "replication", "-c", "--help", "../x", "/tmp", "@abstract", "a=b", "'", "\\", "\\'", "$user", "%s",
        "\u{200B}",
    ]

    /// Quoted names beside the server's own reader of identifiers.
    private func namesTheServerReadsAsMeant(_ names: [String], on server: ConnectionConfiguration) async throws -> (taken: Int, wrong: [String]) {
        var wrong: [String] = []
        var taken: [(name: String, quoted: String)] = []
        for name in names {
            let identifier = SQLIdentifier(name)
            let isAllowed = !name.isEmpty && name.utf8.count <= 63 && !name.utf8.contains(0)
            if (identifier != nil) != isAllowed { wrong.append(name) }
            if let identifier { taken.append((name, identifier.description)) }
        }
        let read = try await withServerSession(server) { [quoted = taken.map(\.quoted)] session in
            let statement = Statement("SELECT parse_ident(q) FROM unnest(\(quoted)) WITH ORDINALITY AS all_names (q, n) ORDER BY n") { row in
                try row.read() as [String]
            }
            return try await session.run(statement).rows
        }
        for (name, parts) in zip(taken.map(\.name), read) where parts.map({ Data($0.utf8) }) != [Data(name.utf8)] { wrong.append(name) }
        if read.count != taken.count { wrong.append("\(read.count) read") }
        return (taken.count, wrong)
    }

    /// What libpq would be told: with such a name, every other setting stays what it was.
    private func targets(_ names: [String], of server: ConnectionConfiguration) -> [String] {
        let plain = Self.settings(server)
        return names.filter { name in
            guard !name.isEmpty, !name.utf8.contains(0) else {
                var configuration = server
                configuration.database = name
                return (try? configuration.validated()) != nil
            }
            for (key, path) in [("dbname", \ConnectionConfiguration.database), ("user", \.user), ("application_name", \.applicationName)] {
                var configuration = server
                configuration[keyPath: path] = name
                var settings = Self.settings(configuration)
                guard let value = settings[key], value.utf8.elementsEqual(name.utf8) else { return true }
                settings[key] = plain[key]
                if settings != plain { return true }
            }
            return false
        }
    }

    /// Reads a connection string by libpq's rules: in quotes, a backslash makes what follows an ordinary character.
    private static func settings(_ configuration: ConnectionConfiguration) -> [String: String] {
        var settings: [String: String] = [:]
        var (key, value) = ("", String.UnicodeScalarView())
        var (isQuoted, isEscaped) = (false, false)
        for scalar in ConnectionString(configuration, address: nil).text.unicodeScalars {
            switch (isQuoted, scalar) {
            case (true, _) where isEscaped:
                value.append(scalar)
                isEscaped = false
            case (true, "\\"): isEscaped = true
            case (true, "'"):
                settings[key] = String(value)
                (key, value, isQuoted) = ("", String.UnicodeScalarView(), false)
            case (true, _): value.append(scalar)
            case (false, "'"): isQuoted = true
            case (false, " "), (false, "="): break
            case (false, _): key.unicodeScalars.append(scalar)
            }
        }
        return settings
    }

    /// The server that is asked for such a database or role is ours, and has neither.
    private func connect(_ names: [String], to server: ConnectionConfiguration) async throws -> [String] {
        var wrong: [String] = []
        for name in names where !["template0", "template1", "postgres", ""].contains(name) && !name.utf8.contains(0) {
            for (path, states) in [(\ConnectionConfiguration.database, ["3D000"]), (\.user, ["28000"])] {
                var configuration = server
                configuration[keyPath: path] = name
                do {
                    _ = try await withServerSession(configuration) { try await $0.run("SELECT 1" as Statement<Int>) }
                    wrong.append("\(name) connected")
                } catch let error as PostgresError {
                    if !states.contains(error.sqlState ?? "") { wrong.append("\(name): \(String(reflecting: error))") }
                }
            }
        }
        return wrong
    }

    private func makeAndDrop(on server: ConnectionConfiguration) async throws -> (count: Int, wrong: [String]) {
        let names = Array(Self.names(200).filter { (1...50).contains($0.utf8.count) && !$0.utf8.contains(0) }.prefix(FaultSize.of(ci: 30, long: 150)))
        let all: Statement<String> = "SELECT datname::text FROM pg_database UNION ALL SELECT rolname::text FROM pg_roles ORDER BY 1"
        let before = try await withServerSession(server) { try await $0.run(all).rows }
        var wrong: [String] = []
        for (number, part) in names.enumerated() {
            // A prefix that every database of a test has, so that a run that is killed leaves nothing for long.
            let name = "test_q5_\(number)_\(part)"
            guard let identifier = SQLIdentifier(name) else { continue }
            try await withServerSession(server) { session in
                try await session.runScript("CREATE ROLE \(identifier) LOGIN")
                try await session.runScript("CREATE DATABASE \(identifier) TEMPLATE template0 STRATEGY file_copy OWNER \(identifier)")
            }
            var configuration = server
            configuration.database = name
            configuration.user = name
            let seen = try await withServerSession(configuration) { session in
                let statement: Statement<[String]> = "SELECT ARRAY[current_database()::text, current_user::text]"
                return try await session.run(statement).rows.first ?? []
            }
            if seen.map({ Data($0.utf8) }) != [Data(name.utf8), Data(name.utf8)] { wrong.append("\(name) is \(seen)") }
            try await withServerSession(server) { session in
                try await session.runScript("DROP DATABASE \(identifier) WITH (FORCE)")
                try await session.runScript("DROP ROLE \(identifier)")
            }
        }
        let after = try await withServerSession(server) { try await $0.run(all).rows }
        if after != before { wrong.append("left: \(Set(after).symmetricDifference(before))") }
        return (names.count, wrong)
    }
}
