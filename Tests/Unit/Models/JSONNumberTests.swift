import DeployStackModels
import Testing

@Suite struct JSONNumberTests {
    @Test(arguments: [
        ("1", "1.0"), ("1", "1e0"), ("1", "10e-1"), ("100", "1E+2"), ("0", "-0"), ("0", "0e999999"), ("0", "-0.000"), ("0.1", "1e-1"),
        ("-12.5", "-0.000125e5"), ("1e131071", "10e131070"), ("123456789012345678901234567890", "1.2345678901234567890123456789e29"),
    ])
    func differentSpellingsOfOneValueAreEqual(_ left: String, _ right: String) throws {
        let (left, right) = (try JSONNumber(parsing: left), try JSONNumber(parsing: right))

        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(!(left < right) && !(right < left))
    }

    @Test(arguments: [
        ("-1e131071", "-1"), ("-2", "-1"), ("-1", "-0.5"), ("-1e-16383", "0"), ("-0", "1e-16383"), ("0.1", "0.10000000000000000000000001"),
        ("9007199254740992", "9007199254740993"), ("9", "10"), ("0.9", "1"), ("99", "1e2"), ("1.05", "1.5"), ("1e131070", "1e131071"),
    ])
    func valuesAreOrderedExactly(_ smaller: String, _ larger: String) throws {
        let (smaller, larger) = (try JSONNumber(parsing: smaller), try JSONNumber(parsing: larger))

        #expect(smaller < larger)
        #expect(!(larger < smaller))
        #expect(smaller != larger)
    }

    @Test(arguments: [
        ("1e2", "100"), ("1.50e1", "15.0"), ("12.340e-2", "0.12340"), ("-0", "0"), ("-0.00", "0.00"), ("0e5", "0"), ("0e-3", "0.000"),
        ("1e-3", "0.001"), ("-1.5E+3", "-1500"), ("10e-1", "1.0"), ("0.0e5", "0"), ("120e-1", "12.0"), ("3.14", "3.14"), ("100", "100"),
    ])
    func numbersAreWrittenOutAsPostgreSQLDoes(_ text: String, _ expected: String) throws {
        #expect(try JSONNumber(parsing: text).text == expected)
    }

    @Test func theLargestNumbersAreWrittenOut() throws {
        #expect(try JSONNumber(parsing: "1e131071").text.utf8.count == 131_072)
        #expect(try JSONNumber(parsing: "1e-16383").text.utf8.count == 16_385)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("1.0", 1), ("1e3", 1000), ("12300e-2", 123), ("-9223372036854775808", .min), ("9223372036854775807", .max),
            ("9.223372036854775807e18", .max), ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.5", nil), ("1e-1", nil),
            ("1e19", nil),
            ("1e131071", nil),
        ] as [(String, Int64?)])
    func integersAreExactOrAbsent(_ text: String, _ expected: Int64?) throws {
        #expect(try JSONNumber(parsing: text).int64 == expected)
    }

    @Test func floatingPointNumbersAreTheNearest() throws {
        #expect(try JSONNumber(parsing: "0.1").double == 0.1)
        #expect(try JSONNumber(parsing: "9007199254740993").double == 9_007_199_254_740_992)
        #expect(try JSONNumber(parsing: "1e400").double == .infinity)
        #expect(JSONNumber(0.1)?.text == "0.1")
        #expect(JSONNumber(1e300) == (try JSONNumber(parsing: "1e300")))
        #expect(JSONNumber(-0.0) == 0)
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
    }

    @Test(arguments: ["", " 1", "1 ", "true", "[1]", "0x1", "1,5", "١"])
    func whatIsNoNumberIsRefused(_ text: String) {
        #expect(throws: JSONParsingError.self) { try JSONNumber(parsing: text) }
    }
}
