import Testing

@testable import PostgresDriver

private func encoded<Value: PostgresValue>(_ value: Value) throws(PostgresError) -> [UInt8] {
    let text: StatementText = "\(value)"
    return try text.parameters.values[0] ?? []
}

private func decoded<Value: PostgresValue>(
    _ bytes: [UInt8], as type: Value.Type = Value.self, type postgresType: PostgresType = Value.postgresType
) throws(PostgresError) -> Value {
    try PostgresCell.withBytes(bytes, type: postgresType.oid) { cell throws(PostgresError) in try Value.decode(from: cell) }
}

@Suite struct ArrayCodecTests {
    @Test(arguments: [[], [""], ["a", "", "NULL", "\"q\"", "{,}", "e\u{301}"], Array(repeating: "x", count: 10_000)])
    func arraysOfTextComeBack(_ strings: [String]) throws {
        #expect(try decoded(encoded(strings), as: [String].self).map { Array($0.utf8) } == strings.map { Array($0.utf8) })
    }

    @Test func arraysOfEveryElementComeBack() throws {
        #expect(try decoded(encoded([Int64.min, 0, .max])) == [Int64.min, 0, .max])
        #expect(try decoded(encoded([1, -1])) == [1, -1])
        #expect(try decoded(encoded([true, false])) == [true, false])
        #expect(try decoded(encoded([PostgresTimestamp.earliest])) == [PostgresTimestamp.earliest])
        #expect(try decoded(encoded([PostgresJSON(bytes: Array("1".utf8))])) == [PostgresJSON(bytes: Array("1".utf8))])
        #expect(try decoded(encoded([PostgresStringArrayJSON(["a"])])) == [PostgresStringArrayJSON(["a"])])
        #expect(try decoded(encoded(["a", nil, ""])) == ["a", nil, ""])
        #expect(try decoded(encoded([Int?.none])) == [Int?.none])
    }

    @Test func aNullElementIsAnErrorWhereNoneIsExpected() throws {
        let bytes = try encoded(["a", nil])

        #expect(throws: PostgresError.self) { try decoded(bytes, as: [String].self) }
    }

    @Test func anArrayWithoutDimensionsIsEmpty() throws {
        let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25]

        #expect(try decoded(bytes, as: [String].self) == [])
    }

    @Test func twoDimensionsAreAnError() {
        let bytes: [UInt8] = [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 25] + Array(repeating: 0, count: 16)

        #expect(throws: PostgresError.self) { try decoded(bytes, as: [String].self) }
    }

    @Test func arraysCutShortAreErrorsWhereverTheyEnd() throws {
        let bytes = try encoded(["one", "two", "three"])

        for length in 0..<bytes.count {
            #expect(throws: PostgresError.self) { try decoded(Array(bytes[..<length]), as: [String].self) }
        }
        #expect(throws: PostgresError.self) { try decoded(bytes + [0], as: [String].self) }
    }

    @Test func lyingLengthsAreErrorsAndNeitherTrapNorReserveMemory() throws {
        let bytes = try encoded(["one", "two"])

        for offset in bytes.indices {
            for value: UInt8 in [0x00, 0x01, 0x7F, 0x80, 0xFF] {
                var damaged = bytes
                damaged[offset] = value
                // Some changes give another valid array; all that is asked here is that none brings the process down.
                _ = try? decoded(damaged, as: [String].self)
            }
        }
        var huge = bytes
        huge.replaceSubrange(12..<16, with: [0x7F, 0xFF, 0xFF, 0xFF])
        #expect(throws: PostgresError.self) { try decoded(huge, as: [String].self) }
    }

    @Test func elementsOfAnotherTypeAreAnError() throws {
        var bytes = try encoded([Int64(1)])
        bytes[11] = 25

        #expect(throws: PostgresError.self) { try decoded(bytes, as: [Int64].self) }
    }
}

@Suite struct StringArrayJSONTests {
    private func parse(_ json: String) -> [String]? {
        try? decoded([1] + Array(json.utf8), as: PostgresStringArrayJSON.self).strings
    }

    @Test(arguments: [
        [], [""], ["a", "b"], ["quote \" and \\ and / and \u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}"], ["emoji 👩‍👩‍👧", "é", "e\u{301}", "\u{FFFF}"],
        ["[\"nested\"]", ","],
    ])
    func stringsComeBack(_ strings: [String]) throws {
        let back = try decoded(encoded(PostgresStringArrayJSON(strings)), as: PostgresStringArrayJSON.self).strings

        #expect(back.map { Array($0.utf8) } == strings.map { Array($0.utf8) })
    }

    @Test func everyEscapeIsUnderstood() {
        #expect(parse(#"["\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\uDE00"]"#) == ["\"\\/\u{8}\u{C}\n\r\tA\u{E9}😀"])
    }

    @Test func whiteSpaceBetweenTokensIsIgnored() {
        #expect(parse(" [ \"a\" ,\n\t\"b\"\r] ") == ["a", "b"])
    }

    @Test(arguments: [
        "", "[", "]", "[]]", "{}", "null", "\"a\"", "[1]", "[null]", "[\"a\" \"b\"]", "[\"a\",]", "[,\"a\"]", "[\"a\"", "[\"a", "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\\u12g4\"]", "[\"\\ud83d\"]", "[\"\\ud83dx\"]", "[\"\\ud83d\\u0041\"]", "[\"\\ude00\"]", "[\"\n\"]", "[[\"a\"]]", "[true]",
    ])
    func everythingElseIsAnError(_ json: String) {
        #expect(parse(json) == nil)
    }

    @Test func jsonbWithoutItsVersionIsAnError() {
        #expect(throws: PostgresError.self) { try decoded(Array("[]".utf8), as: PostgresStringArrayJSON.self) }
        #expect(throws: PostgresError.self) { try decoded([2] + Array("[]".utf8), as: PostgresStringArrayJSON.self) }
        #expect(throws: PostgresError.self) { try decoded([], as: PostgresStringArrayJSON.self) }
        #expect(throws: PostgresError.self) { try decoded([2, 0x7B, 0x7D], as: PostgresJSON.self) }
    }

    @Test func jsonKeepsItsBytes() throws {
        let json = PostgresJSON(bytes: Array(#"{"a": 1e400000, "b": 12345678901234567890123}"#.utf8))

        #expect(try decoded(encoded(json), as: PostgresJSON.self) == json)
        #expect(try decoded(json.bytes, as: PostgresJSON.self, type: .json) == json)
    }
}
