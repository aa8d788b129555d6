extension JSONValue: CustomStringConvertible {
    /// The value as text, exactly as PostgreSQL writes jsonb.
    ///
    /// Keys are in the order of ``JSONObject``, a space follows each comma and colon, numbers are written out without exponents, and only what
    /// must be escaped is. Equal texts are equal values; equal values have equal texts but for zeros at the end of fractions.
    public var text: String {
        String(decoding: utf8, as: UTF8.self)
    }

    /// The value as text, as in ``text``.
    public var description: String { text }

    /// The bytes of ``text``. A value that came from a database has them already.
    package var utf8: [UInt8] {
        if let storedText { return storedText }
        var writer = JSONWriter()
        writer.write(kind)
        return writer.bytes
    }
}

/// Writes values as PostgreSQL writes jsonb.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ kind: JSONValue.Kind) {
        switch kind {
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.enumerated() {
                if index > 0 { write(", ") }
                write(string: member.key)
                write(": ")
                write(member.value.kind)
            }
            bytes.append(UInt8(ascii: "}"))
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { write(", ") }
                write(element.kind)
            }
            bytes.append(UInt8(ascii: "]"))
        case .string(let text): write(string: text)
        case .number(let number): write(number.text)
        case .bool(let flag): write(flag ? "true" : "false")
        case .null: write("null")
        }
    }

    private mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(string: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): write("\\\"")
            case UInt8(ascii: "\\"): write("\\\\")
            case 0x08: write("\\b")
            case 0x0C: write("\\f")
            case 0x0A: write("\\n")
            case 0x0D: write("\\r")
            case 0x09: write("\\t")
            case 0..<0x10: write("\\u000" + String(byte, radix: 16))
            case 0x10..<0x20: write("\\u00" + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
