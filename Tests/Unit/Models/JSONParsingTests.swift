import DeployStackModels
import Testing

@Suite struct JSONParsingTests {
    @Test(
        arguments: [
            (#"{"b": 1, "a": [true, false, null, "x"]}"#, ["b": 1, "a": [true, false, .null, "x"]]),
            (" [ ] ", []), ("{\n}\t", [:]), ("\r-0.5e+1", -5), (#""""#, ""), ("[[[]],{}]", [[[]], [:]]),
            (#""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00""#, "\"\\/\u{8}\u{C}\n\r\té😀"),
            (#""\ufffd\uffff\u007f""#, "\u{FFFD}\u{FFFF}\u{7F}"),
            (#"{"\u0061": 1}"#, ["a": 1]),
        ] as [(String, JSONValue)])
    func wellFormedTextIsRead(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == expected)
    }

    @Test(
        arguments: [
            ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), (#"{"a""#, .unexpectedEnd, 4),
            (#"{"a":"#, .unexpectedEnd, 5), (#""a"#, .unexpectedEnd, 2), (#""\"#, .unexpectedEnd, 2), (#""\u00"#, .unexpectedEnd, 5),
            ("[1,]", .unexpectedCharacter, 3), ("[,1]", .unexpectedCharacter, 1), ("[1 2]", .unexpectedCharacter, 3),
            ("[1}", .unexpectedCharacter, 2),
            (#"{"a":1,}"#, .unexpectedCharacter, 7), ("{1:2}", .unexpectedCharacter, 1), (#"{"a" 1}"#, .unexpectedCharacter, 5),
            ("tru", .unexpectedCharacter, 0), ("True", .unexpectedCharacter, 0), ("nullx", .unexpectedCharacter, 4), ("1 2", .unexpectedCharacter, 2),
            ("\u{A0}1", .unexpectedCharacter, 0), ("\u{FEFF}1", .unexpectedCharacter, 0), ("NaN", .unexpectedCharacter, 0),
            ("+1", .unexpectedCharacter, 0),
            (".5", .unexpectedCharacter, 0), ("[]]", .unexpectedCharacter, 2),
            ("01", .malformedNumber, 1), ("-", .unexpectedEnd, 1), ("-a", .malformedNumber, 1), ("1.", .unexpectedEnd, 2),
            ("1.x", .malformedNumber, 2),
            ("1e", .unexpectedEnd, 2), ("[1e]", .malformedNumber, 3), ("1.2.3", .malformedNumber, 3), ("0x10", .malformedNumber, 1),
            (#""\x""#, .invalidEscape, 1), (#""\u12g4""#, .invalidEscape, 1), (#"["\u0000"]"#, .nulCharacter, 2),
            (#""\ud800""#, .unpairedSurrogate, 1), (#""\ud800x""#, .unpairedSurrogate, 1), (#""\ude00\ud83d""#, .unpairedSurrogate, 1),
            (#""\ud83d\u0041""#, .unpairedSurrogate, 1), (#"{"\udfff":1}"#, .unpairedSurrogate, 2),
            ("\"a\tb\"", .unescapedControlCharacter, 2), ("\"\0\"", .unescapedControlCharacter, 1),
            ("1e131072", .numberOutOfRange, 0), ("[1e-16384]", .numberOutOfRange, 1), ("0e99999999999", .numberOutOfRange, 0),
            ("1e999999999999999999999999999999", .numberOutOfRange, 0),
        ] as [(String, JSONParsingError.Reason, Int)])
    func malformedTextIsRefusedWithReasonAndPlace(_ text: String, _ reason: JSONParsingError.Reason, _ offset: Int) {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: text) }

        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test func bytesThatAreNotUTF8AreRefusedWhereTheyStand() {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: Array("\"aé".utf8) + [0xC3, 0x28, 0x22]) }

        #expect(error?.reason == .invalidUTF8)
        #expect(error?.offset == 4)
    }

    @Test(arguments: [("[", "]"), (#"{"a":"#, "}")])
    func nestingIsLimitedTo64Levels(_ opening: String, _ closing: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + (opening == "[" ? "" : "1") + String(repeating: closing, count: depth)
        }

        #expect(throws: Never.self) { try JSONValue(parsing: nested(64)) }
        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: nested(65)) }
        #expect(error?.reason == .tooDeep)
    }

    @Test func aMillionOpeningBracketsAreAnErrorAndNoCrash() {
        let text = String(repeating: "[", count: 1_000_000)

        #expect(throws: JSONParsingError.self) { try JSONValue(parsing: text) }
        #expect(throws: JSONParsingError.self) { try JSONValue(parsing: text, limits: JSONLimits(maximumDepth: .max, maximumBytes: .max)) }
    }

    @Test func textIsLimitedToOneMebibyte() throws {
        let longest = "\"" + String(repeating: "a", count: (1 << 20) - 2) + "\""

        #expect(try JSONValue(parsing: longest).string?.utf8.count == (1 << 20) - 2)
        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: longest + " ") }
        #expect(error?.reason == .tooLarge)
    }

    @Test func numbersThatWouldGrowBeyondTheLimitAreRefused() {
        let text = "[" + Array(repeating: "1e131071", count: 9).joined(separator: ",") + "]"

        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: text) }

        #expect(error?.reason == .tooLarge)
    }

    @Test func errorsDoNotRepeatTheText() {
        let error = #expect(throws: JSONParsingError.self) { try JSONValue(parsing: #"{"password": hunter2}"#) }

        #expect(error?.description == "Not acceptable as JSON: a character is not allowed here (at byte 13)")
    }

    @Test func storedTextIsCheckedAtOnceAndReadLater() throws {
        let stored = try JSONValue(stored: Array(#"{"a": [1, 2], "bb": "x"}"#.utf8))

        #expect(stored["a"] == [1, 2])
        #expect(stored == ["bb": "x", "a": [1, 2]])
        #expect(stored.hashValue == (["bb": "x", "a": [1, 2.0]] as JSONValue).hashValue)
        #expect(throws: JSONParsingError.self) { try JSONValue(stored: Array("[".utf8)) }
    }

    @Test func storedTextMayBeDeeperThanInput() throws {
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)

        let value = try JSONValue(stored: Array(text.utf8))

        #expect(value == value)
        #expect(value.contains(value))
        #expect(value.text == text)
        #expect(throws: JSONParsingError.self) { try JSONValue(stored: Array("[\(text)]".utf8)) }
    }

    @Test func manyTasksMayLookAtOneStoredValueAtOnce() async throws {
        let value = try JSONValue(stored: Array(#"{"a": [1, 2, 3]}"#.utf8))

        let sums = await withTaskGroup(of: Int?.self) { group in
            for index in 0..<32 { group.addTask { value["a"]?[index % 3]?.int } }
            return await group.reduce(into: 0) { $0 += $1 ?? 0 }
        }

        #expect(sums == 11 + 22 + 30)
    }

    @Test func aLongArrayIsReadInTimeProportionalToItsLength() throws {
        let text = "[" + Array(repeating: "[1]", count: 200_000).joined(separator: ",") + "]"

        #expect(try JSONValue(parsing: text).array?.count == 200_000)
    }
}
