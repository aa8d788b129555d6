/// Keeps nothing: the scanner's own checks are all that is wanted.
struct JSONCheckingSink: JSONSink {
    mutating func beginArray() {}
    mutating func beginObject() {}
    mutating func endContainer() {}
    mutating func key(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) {}
    mutating func string(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) {}
    mutating func number(_ bytes: ArraySlice<UInt8>) {}
    mutating func literal(_ kind: JSONValue.Kind) {}
}

/// Builds the value that the scanner reports.
struct JSONTreeSink: JSONSink {
    /// Complete values that no container has taken yet. Those of one container stand together at the end when it ends.
    private var values: [JSONValue] = []
    /// The keys of the open objects, in the same way.
    private var keys: [String] = []
    /// Where the values and keys of the open containers begin, the innermost last; no keys for arrays.
    private var open: [(firstValue: Int, firstKey: Int?)] = []

    /// What was built. Complete once the scanner has returned without an error.
    func finish() -> JSONValue.Kind {
        values.last?.kind ?? .null
    }

    mutating func beginArray() {
        open.append((values.count, nil))
    }

    mutating func beginObject() {
        open.append((values.count, keys.count))
    }

    mutating func endContainer() {
        let (firstValue, firstKey) = open.removeLast()
        // Element by element: a slice of `values` would be a second owner, and removing from `values` would then copy all of it.
        let count = values.count - firstValue
        if let firstKey {
            let members = (0..<count).map { JSONObject.Member(key: keys[firstKey + $0], value: values[firstValue + $0]) }
            keys.removeLast(count)
            values.removeLast(count)
            values.append(.object(JSONObject(unordered: members)))
        } else {
            let elements = (0..<count).map { values[firstValue + $0] }
            values.removeLast(count)
            values.append(.array(elements))
        }
    }

    mutating func key(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) {
        keys.append(text(bytes, hasEscapes: hasEscapes))
    }

    mutating func string(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) {
        values.append(.string(text(bytes, hasEscapes: hasEscapes)))
    }

    mutating func number(_ bytes: ArraySlice<UInt8>) {
        values.append(.number(JSONNumber(unchecked: String(decoding: bytes, as: UTF8.self))))
    }

    mutating func literal(_ kind: JSONValue.Kind) {
        values.append(JSONValue(kind))
    }

    /// Resolves the escapes of a string that is known to be well formed.
    private func text(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) -> String {
        guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard bytes[position] == UInt8(ascii: "\\") else {
                result.append(bytes[position])
                position += 1
                continue
            }
            switch bytes[position + 1] {
            case UInt8(ascii: "u"):
                let (character, length) = unicodeEscape(bytes, at: position)
                result.append(contentsOf: String(character).utf8)
                position += length
                continue
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case let same: result.append(same)
            }
            position += 2
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The character of `\uXXXX`, or of two of them that are a surrogate pair, and how many bytes that took.
    private func unicodeEscape(_ bytes: ArraySlice<UInt8>, at position: Int) -> (Unicode.Scalar, Int) {
        let unit = UInt32(hexadecimal: bytes[(position + 2)..<(position + 6)]) ?? 0
        guard (0xD800..<0xDC00).contains(unit) else { return (Unicode.Scalar(unit) ?? "\u{FFFD}", 6) }
        let low = UInt32(hexadecimal: bytes[(position + 8)..<(position + 12)]) ?? 0
        return (Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}", 12)
    }
}
