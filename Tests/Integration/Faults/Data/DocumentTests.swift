import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// JSON at its extremes: our limits come first, digits stay, and nothing that a document can be ends the process.
@Suite(.faults, .requiresServer, .database)
struct DocumentTests {
    @Test
    func documentsAreKeptExactlyOrRefusedWithAReason() async throws {
        let depths = try await depths()
        let sizes = try await sizes()
        let texts = try await textsThatTheServerJudges()
        let foreign = try await documentsOfAnotherProgram()

        #expect(depths.wrong == [])
        #expect(sizes.wrong == [])
        #expect(texts.wrong == [], "\(FaultSeed.run)")
        #expect(foreign.wrong == [])
        let wrong = depths.wrong.count + sizes.wrong.count + texts.wrong.count + foreign.wrong.count
        FaultReport.row(
            "D3",
            "\(depths.count) depths from 1 to 1000000 (kept to 64, refused beyond), \(sizes.count) sizes from 1 MiB to 64 MiB, \(texts.count) documents judged as "
                + "the server does (numbers, escapes, surrogates, duplicate keys), \(foreign.count) written by another program (read to depth "
                + "\(foreign.deepest), refused beyond, 100000 levels by the server itself): wrong \(wrong), crashes 0")
    }

    private static func nested(_ depth: Int, open: String = "[", close: String = "]") -> String {
        String(repeating: open, count: depth) + (open == "[" ? "" : "1") + String(repeating: close, count: depth)
    }

    private func depths() async throws -> (count: Int, wrong: [String]) {
        var wrong: [String] = []
        let all = Array(1...66) + [100, 511, 512, 513, 1_000, 10_000, 100_000, 1_000_000]
        let stores = [try await Backend.inMemory.makeStore(), try await Backend.postgres.makeStore()]
        for depth in all {
            for text in [Self.nested(depth), Self.nested(depth, open: "{\"a\":", close: "}")] {
                let parsed = try? JSONValue(parsing: text)
                if (parsed != nil) != (depth <= 64) { wrong.append("\(depth) parsed") }
                // Whoever asks for other limits gets no more than the stack can bear, and the store has its own.
                let deep = try? JSONValue(parsing: text, limits: JSONLimits(maximumDepth: .max, maximumBytes: .max))
                if (deep != nil) != (depth <= 512) { wrong.append("\(depth) parsed with other limits") }
                if (try? JSONValue(stored: Array(text.utf8))) != nil, depth > 512 { wrong.append("\(depth) from the server") }
                guard let deep else { continue }
                for (number, store) in stores.enumerated() {
                    // One level is the member around it.
                    let isObject = deep.object != nil
                    let metadata: JSONValue = isObject ? deep : ["a": deep]
                    let isAllowed = depth + (isObject ? 0 : 1) <= 64
                    do {
                        let made = try await store.catalog.create(NewServer(name: "deep", metadata: metadata), by: .system)
                        let read = try await store.catalog.server(made.id)?.metadata
                        if !isAllowed || read?.text != metadata.text { wrong.append("\(number) \(depth) stored") }
                    } catch {
                        if isAllowed || error.kind != .validation || error.field != "metadata" { wrong.append("\(number) \(depth): \(error)") }
                    }
                }
            }
            if (try? CatalogFile(json: Array(Self.nested(depth).utf8))) != nil, depth > 64 { wrong.append("\(depth) in a file") }
        }
        return (all.count, wrong)
    }

    private func sizes() async throws -> (count: Int, wrong: [String]) {
        var wrong: [String] = []
        let limit = 1 << 20
        let stores = [try await Backend.inMemory.makeStore(), try await Backend.postgres.makeStore()]
        // `{"a":"…"}` has eight bytes beside the text.
        let all = [limit - 1, limit, limit + 1, 16 * limit, 64 * limit]
        for size in all {
            let content = String(repeating: "x", count: size - 8)
            let isAllowed = size <= limit
            if ((try? JSONValue(parsing: "{\"a\":\"\(content)\"}")) != nil) != isAllowed { wrong.append("\(size) parsed") }
            for (number, store) in stores.enumerated() {
                do {
                    let made = try await store.catalog.create(NewServer(name: "large", metadata: ["a": .string(content)]), by: .system)
                    let read = try await store.catalog.server(made.id)?.metadata["a"]?.string
                    if !isAllowed || read.map({ Data($0.utf8) }) != Data(content.utf8) { wrong.append("\(number) \(size) stored") }
                } catch {
                    if isAllowed || error.kind != .validation || error.field != "metadata" { wrong.append("\(number) \(size): \(error)") }
                }
            }
        }
        return (all.count, wrong)
    }

    /// Texts of all kinds: what the server takes must be taken with the same result, what it refuses must be refused.
    private func textsThatTheServerJudges() async throws -> (count: Int, wrong: [String]) {
        var random = FaultSeed.run.generator("D3")
        var texts = [
            #""\u0000""#, #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud83d\ude00""#, #""\ud83d""#, #""a\ud83dx""#, #""\u00e9""#, #""\/""#,
            #""\x""#, #""\u12""#,
            "1e400000", "1e131071", "1e131072", "-1e131071", "1e-16383", "1e-16384", "0.1e1", "1E5", "1e+5", "-0", "-0.0", "0e0", "00", "01", "1.",
            ".5", "+1",
            "9007199254740993", "123456789012345678901234567890", "0.1000", "1.10e2", "1e5", "NaN", "Infinity", "-", "--1", "1e", "0x10", "1 2",
            #"{"a":1,"a":2}"#, #"{"b":1,"a":2,"b":{"c":1}}"#, #"{"":0}"#, #"{"a":1,}"#, "[1,]", "[,1]", "{}", "[]", "", " ", "null", "nul", "true",
            "TRUE",
            "\u{FEFF}1", "\u{A0}1", "\t1\n", "\u{B}1", "[1]x", "{\"a\"1}", "{'a':1}", "\"\u{1}\"", "\"\u{7F}\"", "\"\u{80}\"", "\"\u{2028}\"",
            "\"\u{10FFFF}\"",
            "{" + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}",
            "[" + (0..<100_000).map { _ in "1" }.joined(separator: ",") + "]",
        ]
        let pieces = [
            "1", "-", "0", ".", "e", "E", "+", "9", "5", "00", "[", "]", ",", "{\"a\":", "}", " ", "\"\\u00", "\\ud8", "3d", "\"", "true", "null",
            "\\",
        ]
        for _ in 0..<FaultSize.of(ci: 20_000, long: 1_000_000) {
            let isNumber = Bool.random(using: &random)
            let choice = isNumber ? 0..<9 : 0..<pieces.count
            texts.append((0..<Int.random(in: 1...8, using: &random)).map { _ in pieces[Int.random(in: choice, using: &random)] }.joined())
        }
        let configuration = try await TestDatabase.lent().configuration.connection
        let answers = try await withServerSession(configuration) { [texts] session in
            try await session.runScript(
                """
                CREATE FUNCTION pg_temp.judge(t text) RETURNS text LANGUAGE plpgsql AS
                $$ BEGIN RETURN t::jsonb::text; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$
                """)
            let statement: Statement<String?> = "SELECT pg_temp.judge(t) FROM unnest(\(texts)) WITH ORDINALITY AS all_texts (t, n) ORDER BY n"
            return try await session.run(statement).rows
        }
        var wrong: [String] = []
        for (text, answer) in zip(texts, answers) {
            let ours = try? JSONValue(parsing: text).text
            if ours.map({ Data($0.utf8) }) != answer.map({ Data($0.utf8) }) {
                // The largest documents are beyond our own limit when the server writes them out.
                if ours == nil, let answer, answer.utf8.count > 1 << 20 { continue }
                wrong.append("\(text.prefix(60)): \(ours?.prefix(60) ?? "refused") and not \(answer?.prefix(60) ?? "refused")")
            }
        }
        return (texts.count, wrong)
    }

    /// Another program may store what we would not: it is read as far as our stack allows, or is a typed error.
    private func documentsOfAnotherProgram() async throws -> (count: Int, deepest: Int, wrong: [String]) {
        let database = try await TestDatabase.lent()
        let store = try await DataStore.postgres(database.configuration)
        let made = try await store.catalog.create(NewServer(name: "foreign"), by: .system)
        var (deepest, wrong) = (0, [String]())
        let depths = [2, 64, 65, 500, 511, 512, 513, 1_000, 5_000, 6_000, 100_000]
        try await withServerSession(database.configuration.connection) { session in
            for depth in depths {
                let arrays = "jsonb_build_object('a', (repeat('[', \(depth - 1)) || repeat(']', \(depth - 1)))::jsonb)"
                do {
                    try await session.runScript("UPDATE \"mcpServerTemplates\" SET metadata = \(arrays) WHERE id = '\(made.id)'")
                } catch let error as PostgresError where error.sqlState == "54001" {
                    if depth < 1_000 { wrong.append("\(depth) refused by the server") }
                    continue
                }
                do throws(DataError) {
                    let read = try await store.catalog.server(made.id)
                    deepest = max(deepest, depth)
                    if read?.metadata.text != "{\"a\": \(Self.nested(depth - 1))}" { wrong.append("\(depth)") }
                } catch {
                    if depth <= 512 || error.kind != .internal { wrong.append("\(depth): \(error)") }
                }
            }
            let rest = [
                "jsonb_build_object('a', repeat('x', 67108864))", "(SELECT jsonb_object_agg('k' || n, n) FROM generate_series(1, 100000) AS n)",
                "jsonb_build_object('a', (repeat('9', 131072))::numeric)", "jsonb_build_object('a', 9007199254740993, 'b', 0.10, 'c', -0.0)",
            ]
            for sql in rest {
                try await session.runScript("UPDATE \"mcpServerTemplates\" SET metadata = \(sql) WHERE id = '\(made.id)'")
                let stored: Statement<String> = "SELECT md5(metadata::text) FROM \"mcpServerTemplates\" WHERE id = \(made.id)"
                let ours = try await store.catalog.server(made.id)?.metadata.text ?? ""
                let md5: Statement<String> = "SELECT md5(\(ours))"
                if try await session.run(stored).rows != session.run(md5).rows { wrong.append(sql) }
            }
        }
        await store.close()
        return (depths.count + 4, deepest, wrong)
    }
}
