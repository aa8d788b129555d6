/// A `jsonb` array of strings, such as tags, read by a parser that knows nothing else and is therefore fast.
package struct PostgresStringArrayJSON: Sendable, Hashable {
    /// The strings in the array's order.
    package let strings: [String]

    /// Makes the array of these strings.
    package init(_ strings: [String]) {
        self.strings = strings
    }
}

extension PostgresStringArrayJSON: PostgresArrayElement {
    package static var postgresType: PostgresType { .jsonb }
    package static var arrayType: PostgresType { .jsonbArray }
    package static var probe: PostgresStringArrayJSON { PostgresStringArrayJSON(["probe"]) }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        writer.writeInteger(PostgresJSON.version)
        writer.writeInteger(UInt8(ascii: "["))
        var isFirst = true
        for string in strings {
            if !isFirst { writer.writeInteger(UInt8(ascii: ",")) }
            isFirst = false
            try JSONStringWriter.write(string, into: &writer)
        }
        writer.writeInteger(UInt8(ascii: "]"))
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> PostgresStringArrayJSON {
        guard cell.typeOID == PostgresType.jsonb.oid else { throw cell.mismatch("jsonb array of strings") }
        try cell.requireJSONVersion()
        let strings = unsafe cell.withBytes { bytes in
            // The parser keeps the buffer no longer than this call.
            var parser = unsafe StringArrayParser(UnsafeRawBufferPointer(rebasing: bytes[1...]))
            return parser.parse()
        }
        guard let strings else { throw cell.failure("expected a jsonb array of strings, found other JSON") }
        return PostgresStringArrayJSON(strings)
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.jsonb.oid }
}

/// Writes a string as a JSON string.
enum JSONStringWriter {
    static func write(_ string: String, into writer: inout ParameterWriter) throws(PostgresError) {
        writer.writeInteger(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case 0:
                throw writer.refusal("text contains a NUL character, which PostgreSQL cannot store")
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                writer.writeInteger(UInt8(ascii: "\\"))
                writer.writeInteger(byte)
            case 0x01..<0x20:
                writer.writeBytes("\\u00".utf8)
                writer.writeInteger(hexDigit(byte >> 4))
                writer.writeInteger(hexDigit(byte & 15))
            default:
                writer.writeInteger(byte)
            }
        }
        writer.writeInteger(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

/// Parses a JSON array of strings. Anything else, or anything malformed, gives `nil`.
///
/// `jsonb` comes from the server in one spelling (`["a", "b"]`), but the parser accepts any JSON white space and every escape.
@safe
struct StringArrayParser {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    @unsafe
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
    }

    mutating func parse() -> [String]? {
        var strings: [String] = []
        skipSpace()
        guard take(UInt8(ascii: "[")) else { return nil }
        skipSpace()
        if !take(UInt8(ascii: "]")) {
            repeat {
                skipSpace()
                guard let string = parseString() else { return nil }
                strings.append(string)
                skipSpace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { return nil }
        }
        skipSpace()
        return unsafe position == bytes.count ? strings : nil
    }

    private mutating func parseString() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while let byte = current, byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte >= 0x20 { position += 1 }
        // Most strings have no escape and are taken as they lie.
        if current == UInt8(ascii: "\"") {
            defer { position += 1 }
            return unsafe String(exactly: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
        }
        return parseEscapedString(from: start)
    }

    private mutating func parseEscapedString(from start: Int) -> String? {
        var unescaped = unsafe Array(bytes[start..<position])
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return String(validating: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = parseEscape() else { return nil }
                unescaped.append(contentsOf: String(Character(scalar)).utf8)
            case 0..<0x20:
                return nil
            default:
                unescaped.append(byte)
            }
        }
        return nil
    }

    private mutating func parseEscape() -> Unicode.Scalar? {
        guard let byte = current else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return parseUnicodeEscape()
        default: return nil
        }
    }

    /// The scalar of `XXXX` after a `\u`, or of a pair of surrogates. Half a pair is malformed.
    private mutating func parseUnicodeEscape() -> Unicode.Scalar? {
        guard let high = parseHex() else { return nil }
        guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = parseHex(), (0xDC00...0xDFFF).contains(low) else { return nil }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func parseHex() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { return nil }
            position += 1
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return value
    }

    private var current: UInt8? {
        unsafe position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
