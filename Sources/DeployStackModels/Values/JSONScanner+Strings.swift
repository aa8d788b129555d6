extension JSONScanner {
    /// Reads a string from its opening to its closing quote; returns what stands between them.
    mutating func scanString() throws(JSONParsingError) -> (ArraySlice<UInt8>, hasEscapes: Bool) {
        position += 1
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return (bytes[start..<(position - 1)], hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try scanEscape()
            case 0..<0x20:
                throw error(.unescapedControlCharacter)
            case 0x80...:
                isASCII = false
                position += 1
            default:
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func scanEscape() throws(JSONParsingError) {
        guard position + 1 < bytes.count else { throw JSONParsingError(.unexpectedEnd, at: bytes.count) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            try scanUnicodeEscape()
        default:
            throw error(.invalidEscape)
        }
    }

    /// Reads `\uXXXX`, and for the first half of a surrogate pair the second one with it.
    private mutating func scanUnicodeEscape() throws(JSONParsingError) {
        let unit = try hexadecimal(at: position + 2)
        switch unit {
        case 0:
            throw error(.nulCharacter)
        case 0xD800..<0xDC00:
            guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"), bytes[position + 7] == UInt8(ascii: "u"),
                case 0xDC00..<0xE000 = try hexadecimal(at: position + 8)
            else { throw error(.unpairedSurrogate) }
            position += 12
        case 0xDC00..<0xE000:
            throw error(.unpairedSurrogate)
        default:
            position += 6
        }
    }

    private func hexadecimal(at start: Int) throws(JSONParsingError) -> UInt32 {
        guard start + 4 <= bytes.count else { throw JSONParsingError(.unexpectedEnd, at: bytes.count) }
        guard let unit = UInt32(hexadecimal: bytes[start..<(start + 4)]) else { throw error(.invalidEscape) }
        return unit
    }

    func requireUTF8() throws(JSONParsingError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        // Found the slow way, because hardly anybody will ever need it.
        let valid = String(decoding: bytes, as: UTF8.self).utf8
        let offset = zip(bytes, valid).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        throw JSONParsingError(.invalidUTF8, at: offset ?? bytes.count)
    }
}

extension UInt32 {
    /// Reads hexadecimal digits, in either case; `nil` if one is none.
    init?(hexadecimal digits: ArraySlice<UInt8>) {
        self = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            self = self << 4 | UInt32(value)
        }
    }
}
