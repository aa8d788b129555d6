extension JSONScanner {
    /// Reads a number, which begins here with a digit or a minus.
    mutating func scanNumber() throws(JSONParsingError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
        if peek() == UInt8(ascii: ".") {
            position += 1
            try scanDigits()
        }
        if let byte = peek(), byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try scanDigits()
        }
        // A number that goes on, such as 01 or 1a, is malformed as a whole.
        if let byte = peek(), isWordCharacter(byte) { throw error(.malformedNumber) }
        let number = bytes[start..<position]
        let shape = DecimalShape(number)
        guard shape.isStorable else { throw JSONParsingError(.numberOutOfRange, at: start) }
        growth += max(0, shape.writtenOutCount - number.count)
        guard growth <= limits.maximumBytes - bytes.count else { throw JSONParsingError(.tooLarge, at: start) }
        sink.number(number)
    }

    private mutating func scanDigits() throws(JSONParsingError) {
        guard let first = peek(), isDigit(first) else { throw error(position < bytes.count ? .malformedNumber : .unexpectedEnd) }
        while let byte = peek(), isDigit(byte) { position += 1 }
    }

    private func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func isWordCharacter(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: ".")
    }
}
