import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// What PostgreSQL's text or Swift's cannot hold is refused where it is first seen: never cut, never repaired.
@Suite(.faults, .requiresServer, .database)
struct RefusedBytesTests {
    @Test
    func whatCannotBeTextIsRefusedEverywhere() async throws {
        let nul = try await nulInEveryParameter()
        let sent = try await nulThroughTheDriver()
        let invalid = try invalidBytesInFiles()
        let ascii = try await bytesOfADatabaseWithoutAnEncoding()

        #expect(nul.differences == [])
        #expect(nul.traces == 0)
        #expect(sent == 0)
        #expect(invalid.wrong == 0, "\(FaultSeed.run)")
        #expect(ascii.wrong == [])
        FaultReport.row(
            "D2",
            "U+0000 at 9 positions of \(nul.parameters) parameters, \(nul.calls) calls: different from in-memory \(nul.differences.count), stored traces "
                + "\(nul.traces), sent by the driver \(sent); \(invalid.count) byte strings in JSON: wrongly taken or refused \(invalid.wrong); "
                + "\(ascii.count) values of an SQL_ASCII database that are not UTF-8: read as something else \(ascii.wrong.count)")
    }

    /// Every parameter of every public call, on both backends. Whatever was stored of such a text would be found in the tables.
    private func nulInEveryParameter() async throws -> (calls: Int, parameters: Int, differences: [String], traces: Int) {
        let clock = ManualTimeSource()
        let memory = try await Backend.inMemory.makeStore(options: StoreWorld.options(clock: clock))
        let postgres = try await Backend.postgres.makeStore(options: StoreWorld.options(clock: clock))
        var worlds = (try await StoreWorld(filling: memory, clock: clock), try await StoreWorld(filling: postgres, clock: clock))
        let word = Array("nultrace".unicodeScalars)
        var (calls, differences) = (0, [String]())
        for call in StoreCalls.all {
            try await worlds.0.welcomeGuest(to: memory)
            try await worlds.1.welcomeGuest(to: postgres)
            for parameter in call.parameters {
                for position in 0...word.count {
                    let text = String(String.UnicodeScalarView(word[..<position] + ["\0"] + word[position...]))
                    worlds.0.round += 1
                    worlds.1.round += 1
                    let texts: StoreCall.Texts = { [round = worlds.0.round] in $0 == parameter ? text : "plain \(round)" }
                    let (left, right) = (await call.answer(of: memory, worlds.0, texts), await call.answer(of: postgres, worlds.1, texts))
                    calls += 1
                    if !left.utf8.elementsEqual(right.utf8) || right.hasPrefix("error internal") {
                        differences.append("\(call.method) \(parameter) \(position)\nin-memory:  \(left)\nPostgreSQL: \(right)")
                    }
                }
            }
        }
        let configuration = try await TestDatabase.lent().configuration.connection
        let traces = try await withServerSession(configuration) { session in
            let tables: Statement<String> =
                "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
            var traces = 0
            for table in try await session.run(tables).rows {
                try await session.runScript("DROP TABLE IF EXISTS pg_temp.dump")
                try await session.runScript("CREATE TEMPORARY TABLE dump AS SELECT r::text AS line FROM \"\(table)\" AS r")
                // What came before U+0000 is all that a text cut there would leave.
                let found: Statement<Int> = "SELECT count(*) FROM dump WHERE line ~ 'nul(t|tr|tra|trac|trace)?\\M' AND line !~ 'NULL'"
                traces += try await session.run(found).rows.reduce(0, +)
            }
            return traces
        }
        return (calls, Set(StoreCalls.all.flatMap(\.paths)).count, differences, traces)
    }

    /// How many statements with U+0000 in a parameter were sent.
    private func nulThroughTheDriver() async throws -> Int {
        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)
        let before = client.statementsSent
        for position in 0...3 {
            let text = String(repeating: "x", count: position) + "\0" + String(repeating: "x", count: 3 - position)
            for statement in [
                "SELECT \(text)", "SELECT unnest(\([text, "x"]))", "SELECT \(Optional(text))", "SELECT unnest(\([Optional(text), nil]))",
            ] as [Statement<String?>] {
                let error = await #expect(throws: PostgresError.self) { try await client.run(statement) }
                #expect(error?.kind == .invalidParameter && error?.outcome == .notSent)
            }
            let json: Statement<JSONValue> = "SELECT \(PostgresJSON(bytes: Array("\"\(text)\"".utf8)))"
            await #expect(throws: PostgresError.self) { try await client.run(json) }
            let tags: Statement<PostgresStringArrayJSON> = "SELECT \(PostgresStringArrayJSON([text]))"
            await #expect(throws: PostgresError.self) { try await client.run(tags) }
        }
        let sent = client.statementsSent - before
        await client.close()
        return sent
    }

    /// JSON from a file is the one place where bytes come in that may not be UTF-8.
    private func invalidBytesInFiles() throws -> (count: Int, wrong: Int) {
        let broken: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
        ]
        var (count, wrong) = (0, 0)
        func check(_ content: [UInt8]) {
            let isText = String(validating: content, as: UTF8.self) != nil
            for json in [Array("[{\"name\": \"".utf8) + content + Array("\"}]".utf8), Array("[{\"".utf8) + content + Array("\": 1}]".utf8)] {
                count += 1
                if (try? CatalogFile(json: json)) == nil, isText { wrong += 1 }
                do {
                    let value = try JSONValue(parsing: json)
                    let read = value.array?.first?.object?.first.map { $0.value.string ?? $0.key }
                    if !isText || read.map({ Array($0.utf8) }) != content { wrong += 1 }
                } catch {
                    if isText { wrong += 1 }
                }
            }
        }
        for bytes in broken {
            for position in 0...3 { check(Array(repeating: 0x61, count: position) + bytes + Array(repeating: 0x61, count: 3 - position)) }
        }
        var random = FaultSeed.run.generator("D2")
        for _ in 0..<FaultSize.of(ci: 20_000, long: 2_000_000) {
            let length = Int.random(in: 1...6, using: &random)
            check((0..<length).map { _ in UInt8.random(in: 0x5D...0xFF, using: &random) })
        }
        return (count, wrong)
    }

    /// A database without an encoding sends whatever bytes it has. They are an error when they are read, and the next call works.
    private func bytesOfADatabaseWithoutAnEncoding() async throws -> (count: Int, wrong: [String]) {
        let server = try await TestServer.shared().configuration
        let name = "test_ascii_\(UInt32.random(in: .min ... .max))"
        try await withServerSession(server.connection) { session in
            try await session.runScript("CREATE DATABASE \"\(name)\" TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
        }
        var configuration = server
        configuration.database = name
        let result: (Int, [String])
        do { result = try await readForeignBytes(configuration) } catch {
            try await drop(name, on: server)
            throw error
        }
        try await drop(name, on: server)
        return result
    }

    private func drop(_ name: String, on server: PostgresConfiguration) async throws {
        try await withServerSession(server.connection) { session in try await session.runScript("DROP DATABASE \"\(name)\" WITH (FORCE)") }
    }

    private func readForeignBytes(_ configuration: PostgresConfiguration) async throws -> (Int, [String]) {
        try await withDataStore(try await .postgres(configuration)) { store in
            try await store.migrate()
            let user = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
            let made = try await store.catalog.create(NewServer(name: "Server"), by: .system)
            var (count, wrong) = (0, [String]())
            let values = (0x80...0xFF).map { String($0, radix: 16) } + ["c3", "e282", "eda080", "f09f98", "f4908080", "c080", "61c3", "ff61"]
            for hex in values {
                try await withServerSession(configuration.connection) { session in
                    try await session.runScript("UPDATE \"authUser\" SET first_name = convert_from('\\x\(hex)', 'SQL_ASCII') WHERE id = '\(user.id)'")
                    try await session.runScript(
                        """
                        UPDATE "mcpServerTemplates"
                        SET tags = convert_from('\\x5b22\(hex)225d', 'SQL_ASCII')::jsonb, metadata = convert_from('\\x7b2261223a22\(hex)227d', 'SQL_ASCII')::jsonb
                        WHERE id = '\(made.id)'
                        """)
                }
                count += 3
                if let read = try? await store.users.user(user.id) { wrong.append("\(hex): \(String(describing: read.firstName))") }
                if let read = try? await store.catalog.server(made.id) { wrong.append("\(hex): \(read.tags)") }
                if let read = try? await store.catalog.list(viewer: .administrator) { wrong.append("\(hex): \(read.items)") }
                do throws(DataError) {
                    _ = try await store.users.user(user.id)
                } catch {
                    // A finding about the database, without its bytes, and nothing to retry.
                    if error.kind != .internal || error.isRetryable || error.reason?.contains("UTF-8") != true { wrong.append("\(hex): \(error)") }
                }
                if try await store.teams.teams(of: user.id).count != 1 { wrong.append("\(hex): the next call") }
            }
            return (count, wrong)
        }
    }
}
