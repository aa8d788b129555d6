import Testing

@testable import PostgresDriver

/// The bytes that a value is sent as, `nil` for NULL.
private func encoded<Value: PostgresValue>(_ value: Value) throws(PostgresError) -> [UInt8]? {
    let text: StatementText = "\(value)"
    return try text.parameters.values[0]
}

private func decoded<Value: PostgresValue>(
    _ bytes: [UInt8]?, as type: Value.Type = Value.self, type postgresType: PostgresType = Value.postgresType
) throws(PostgresError) -> Value {
    try PostgresCell.withBytes(bytes, type: postgresType.oid) { cell throws(PostgresError) in try Value.decode(from: cell) }
}

private func roundTrip<Value: PostgresValue>(_ value: Value) throws(PostgresError) -> Value {
    try decoded(try encoded(value))
}

/// Text that Swift's equality would call equal to something else, so it is compared byte by byte.
private let awkwardTexts = [
    "", " ", "plain", "\u{E9}", "e\u{301}", "\u{202E}bidi", "👩‍👩‍👧‍👦🏳️‍🌈", "\r", "\r\n", "'; DROP TABLE \"teams\"; --", "\\",
    "\"",
    String(repeating: "ä", count: 500_000), "\u{FEFF}bom",
]

@Suite struct CodecTests {
    @Test(arguments: [true, false])
    func boolsComeBack(_ value: Bool) throws {
        #expect(try roundTrip(value) == value)
    }

    @Test(arguments: [Int.min, -1, 0, 1, Int.max])
    func integersComeBackAtTheirLimits(_ value: Int) throws {
        #expect(try roundTrip(value) == value)
        #expect(try roundTrip(Int64(value)) == Int64(value))
        #expect(try roundTrip(Int32(clamping: value)) == Int32(clamping: value))
        #expect(try roundTrip(Int16(clamping: value)) == Int16(clamping: value))
    }

    @Test func integersReadNarrowerColumns() throws {
        #expect(try decoded([0xFF, 0xFE], as: Int.self, type: .int2) == -2)
        #expect(try decoded([0x80, 0, 0, 0], as: Int.self, type: .int4) == Int(Int32.min))
        #expect(try decoded([0x7F, 0xFF], as: Int32.self, type: .int2) == 32_767)
    }

    @Test func integersRefuseWiderColumns() {
        #expect(throws: PostgresError.self) { try decoded([0, 0, 0, 0, 0, 0, 0, 1], as: Int32.self, type: .int8) }
        #expect(throws: PostgresError.self) { try decoded([0, 0, 0, 1], as: Int16.self, type: .int4) }
    }

    @Test(arguments: [
        0.0, -0.0, 1.5, -.pi, .infinity, -.infinity, .nan, .signalingNaN, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ])
    func doublesComeBackBitForBit(_ value: Double) throws {
        #expect(try roundTrip(value).bitPattern == value.bitPattern)
    }

    @Test func doublesReadFloat4() throws {
        #expect(try decoded([0x3F, 0xC0, 0, 0], as: Double.self, type: .float4) == 1.5)
    }

    @Test(arguments: awkwardTexts)
    func textComesBackByteForByte(_ text: String) throws {
        #expect(Array(try roundTrip(text).utf8) == Array(text.utf8))
    }

    @Test func everyUnicodeScalarComesBack() throws {
        let all = String(String.UnicodeScalarView((1...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }))

        #expect(Array(try roundTrip(all).utf8) == Array(all.utf8))
    }

    @Test(arguments: 0..<20)
    func nulIsRefusedInEveryPosition(_ position: Int) {
        var scalars = Array(String(repeating: "x", count: 20).unicodeScalars)
        scalars[position] = "\0"
        let text = String(String.UnicodeScalarView(scalars))

        let error = #expect(throws: PostgresError.self) { try encoded(text) }
        #expect(error?.kind == .invalidParameter)
        #expect(throws: PostgresError.self) { try encoded([text]) }
        #expect(throws: PostgresError.self) { try encoded(PostgresStringArrayJSON([text])) }
        #expect(throws: PostgresError.self) { try encoded(PostgresJSON(bytes: Array(text.utf8))) }
    }

    @Test func textThatIsNotUTF8IsAnErrorAndNotRepaired() {
        #expect(throws: PostgresError.self) { try decoded([0x61, 0xFF], as: String.self) }
        #expect(throws: PostgresError.self) { try decoded([0xED, 0xA0, 0x80], as: String.self) }
    }

    @Test func labelsOfNativeEnumsAreText() throws {
        #expect(try decoded(Array("admin".utf8), as: String.self, type: PostgresType(builtIn: 16_400)) == "admin")
    }

    @Test(arguments: [PostgresTimestamp.earliest, .latest, PostgresTimestamp(microseconds: 0), PostgresTimestamp(microseconds: -1)])
    func momentsComeBackToTheMicrosecond(_ moment: PostgresTimestamp) throws {
        #expect(try roundTrip(moment) == moment)
    }

    @Test(arguments: [
        Int64.min, .max, PostgresTimestamp.earliest.microseconds - 1, PostgresTimestamp.latest.microseconds + 1,
    ])
    func momentsThatPostgreSQLCannotHoldAreRefused(_ microseconds: Int64) {
        #expect(throws: PostgresError.self) { try encoded(PostgresTimestamp(microseconds: microseconds)) }
    }

    @Test func infiniteMomentsAreAnError() {
        #expect(throws: PostgresError.self) { try decoded([0x7F] + Array(repeating: 0xFF, count: 7), as: PostgresTimestamp.self) }
        #expect(throws: PostgresError.self) { try decoded([0x80] + Array(repeating: 0, count: 7), as: PostgresTimestamp.self) }
    }

    @Test func optionalsOfEverythingComeBack() throws {
        #expect(try roundTrip(Int?.none) == nil)
        #expect(try roundTrip(Int?.some(3)) == 3)
        #expect(try roundTrip(String?.some("")) == "")
        #expect(try roundTrip(Bool?.none) == nil)
        #expect(try roundTrip([String]?.none) == nil)
        #expect(try roundTrip([String]?.some([])) == [])
        #expect(try roundTrip(PostgresTimestamp?.none) == nil)
        #expect(try roundTrip(PostgresJSON?.none) == nil)
        #expect(try roundTrip(PostgresStringArrayJSON?.none) == nil)
    }

    @Test func nullIsAnErrorWhereItIsNotExpected() {
        let error = #expect(throws: PostgresError.self) { try decoded(nil, as: Int.self) }

        #expect(error?.kind == .decoding)
        #expect(error?.message == "expected int8, found NULL")
        #expect(throws: PostgresError.self) { try decoded(nil, as: String.self) }
        #expect(throws: PostgresError.self) { try decoded(nil, as: [String].self) }
        #expect(throws: PostgresError.self) { try decoded(nil, as: Double.self) }
        #expect(throws: PostgresError.self) { try decoded(nil, as: PostgresJSON.self) }
        #expect(throws: PostgresError.self) { try decoded(nil, as: PostgresTimestamp.self) }
    }

    @Test(arguments: 0...16)
    func valuesOfWrongLengthAreErrors(_ length: Int) {
        let bytes = [UInt8](repeating: 0, count: length)
        func expectRefused<Value: PostgresValue>(_ type: Value.Type, unless expected: Int) {
            if length != expected { #expect(throws: PostgresError.self) { try decoded(bytes, as: type) } }
        }

        expectRefused(Bool.self, unless: 1)
        expectRefused(Int16.self, unless: 2)
        expectRefused(Int32.self, unless: 4)
        expectRefused(Int64.self, unless: 8)
        expectRefused(Int.self, unless: 8)
        expectRefused(Double.self, unless: 8)
        expectRefused(PostgresTimestamp.self, unless: 8)
        expectRefused(PostgresJSON.self, unless: -1)
        expectRefused(PostgresStringArrayJSON.self, unless: -1)
    }

    @Test func errorsNameTypesAndNeverTheValue() throws {
        let error = #expect(throws: PostgresError.self) { try decoded(Array("secret".utf8), as: Int.self, type: .text) }

        #expect(error?.message == "expected int8, found text")
        #expect(error.map { "\($0) \($0.debugDescription)".contains("secret") } == false)
    }
}
