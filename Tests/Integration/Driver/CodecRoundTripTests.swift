import DeployStackDataTesting
import PostgresDriver
import Testing

/// What the server returns when it is sent a value.
private func echo<Value: PostgresValue>(_ value: Value) async throws -> Value {
    try await withClient { try await $0.run(Statement<Value>("SELECT \(value)")).rows[0] }
}

/// What the server makes of a value as text.
private func text<Value: PostgresValue>(_ value: Value) async throws -> String {
    try await withClient { client in
        // The display of times and floating-point numbers depends on the session.
        try await client.withConnection { session in
            try await session.runScript("SET TIME ZONE 'UTC'")
            return try await session.run(Statement<String>("SELECT (\(value))::text")).rows[0]
        }
    }
}

@Suite("Values that travel to a server and back", .requiresServer)
struct CodecRoundTripTests {
    @Test func areUnderstoodByTheServerAsMeant() async throws {
        #expect(try await text(true) == "true")
        #expect(try await text(Int16.min) == "-32768")
        #expect(try await text(Int32.max) == "2147483647")
        #expect(try await text(Int64.min) == "-9223372036854775808")
        #expect(try await text(Int.max) == "9223372036854775807")
        #expect(try await text(-0.0) == "-0")
        #expect(try await text(Double.nan) == "NaN")
        #expect(try await text(-Double.infinity) == "-Infinity")
        #expect(try await text(Double.leastNonzeroMagnitude) == "5e-324")
        #expect(try await text(PostgresTimestamp(microseconds: 0)) == "2000-01-01 00:00:00+00")
        #expect(try await text(PostgresTimestamp(microseconds: -1)) == "1999-12-31 23:59:59.999999+00")
        #expect(try await text(PostgresTimestamp.earliest) == "4714-11-24 00:00:00+00 BC")
        #expect(try await text(PostgresTimestamp.latest) == "294276-12-31 23:59:59.999999+00")
        #expect(try await text(["a", "", "NULL", "x,y", "\"q\""]) == #"{a,"","NULL","x,y","\"q\""}"#)
        #expect(try await text(["a", nil]) == "{a,NULL}")
        #expect(try await text([Int64.max]) == "{9223372036854775807}")
        #expect(try await text([true, false]) == "{t,f}")
        #expect(try await text(PostgresJSON(bytes: Array(#"{"b":1.10,"a":[]}"#.utf8))) == #"{"a": [], "b": 1.10}"#)
        #expect(try await text(PostgresStringArrayJSON(["a\"\\\n\u{1}", "é"])) == #"["a\"\\\n\u0001", "é"]"#)
    }

    @Test func comeBackAtTheirLimits() async throws {
        #expect(try await echo(Int.min) == .min)
        #expect(try await echo(Double.greatestFiniteMagnitude) == .greatestFiniteMagnitude)
        #expect(try await echo(Double.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
        #expect(try await echo(PostgresTimestamp.earliest) == .earliest)
        #expect(try await echo(PostgresTimestamp.latest) == .latest)
        #expect(try await echo(String?.none) == nil)
        #expect(try await echo([String]()) == [])
        #expect(try await echo([String?.none, "", "x"]) == [nil, "", "x"])
        #expect(try await echo([PostgresTimestamp?.none, .latest]) == [nil, .latest])
        #expect(try await echo([PostgresJSON(bytes: Array("null".utf8))]) == [PostgresJSON(bytes: Array("null".utf8))])
        #expect(try await echo(PostgresStringArrayJSON(["😀", "\u{7F}", "/"])).strings == ["😀", "\u{7F}", "/"])
    }

    @Test(arguments: ["", "\u{E9}", "e\u{301}", "\u{FEFF}", "👩‍👩‍👧‍👦", "\r\n", "'; DROP TABLE \"teams\"; --", "\\x00"])
    func keepTheirBytesAsText(_ value: String) async throws {
        #expect(try await Array(echo(value).utf8) == Array(value.utf8))
    }

    @Test func keepEveryUnicodeScalar() async throws {
        let all = String(String.UnicodeScalarView((1...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }))

        #expect(try await Array(echo(all).utf8) == Array(all.utf8))
    }

    @Test func areRefusedByTypeWhenTheServerHasWhatSwiftCannotHold() async throws {
        try await withClient { client in
            for sql in ["infinity", "-infinity"] {
                let statement: Statement<PostgresTimestamp> = "SELECT (\(sql)::text)::timestamptz"
                let error = await #expect(throws: PostgresError.self) { try await client.run(statement) }
                #expect(error?.kind == .decoding)
            }
            let twoDimensions: Statement<[String]> = "SELECT '{{a,b},{c,d}}'::text[]"
            let notStrings: Statement<PostgresStringArrayJSON> = "SELECT '[1]'::jsonb"
            let number: Statement<Int> = "SELECT 1.5::numeric"
            await #expect(throws: PostgresError.self) { try await client.run(twoDimensions) }
            await #expect(throws: PostgresError.self) { try await client.run(notStrings) }
            await #expect(throws: PostgresError.self) { try await client.run(number) }
            let next = try await client.run(Statement<Int>("SELECT 1")).rows
            #expect(next == [1])
        }
    }

    @Test func writeManyRowsAtOnce() async throws {
        let count = 10_000
        let names = (0..<count).map { $0 % 3 == 0 ? nil : "name \($0)" }
        let moments = (0..<count).map { PostgresTimestamp(microseconds: Int64($0)) }

        let sums = try await withClient { client in
            try await client.run(
                Statement(
                    """
                    SELECT count(*), count("name"), sum("number")::bigint, count(*) FILTER (WHERE "flag")
                    FROM unnest(\(Array(0..<count)), \(names), \(moments), \(names.map { $0 == nil }))
                        AS "rows" ("number", "name", "moment", "flag")
                    """
                ) { row in [try row.read() as Int, try row.read(), try row.read(), try row.read()] }
            ).rows[0]
        }

        #expect(sums == [10_000, 6666, 49_995_000, 3334])
    }
}
