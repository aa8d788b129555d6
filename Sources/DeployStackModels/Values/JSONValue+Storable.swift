extension JSONValue {
    /// Checks that the store accepts a value that may have been built rather than read.
    ///
    /// - Parameter limits: How deep and how long it may be; by default what the store accepts.
    /// - Throws: ``JSONParsingError`` if the value is nested too deeply, too long as text, or has a string or key with U+0000. The offset is 0.
    public func requireStorable(limits: JSONLimits = .input) throws(JSONParsingError) {
        var budget = limits.maximumBytes
        try spend(&budget, depth: limits.maximumDepth)
    }

    /// Takes the length of the value's text from what is left, and fails as soon as nothing is.
    private func spend(_ budget: inout Int, depth: Int) throws(JSONParsingError) {
        switch kind {
        case .object(let object):
            guard depth > 0 else { throw JSONParsingError(.tooDeep, at: 0) }
            // Quotes and colon for each member, commas between them, braces around them.
            try spend(&budget, bytes: 2 + object.count * 4 - Swift.min(1, object.count))
            for (key, value) in object {
                try spend(&budget, text: key)
                try value.spend(&budget, depth: depth - 1)
            }
        case .array(let elements):
            guard depth > 0 else { throw JSONParsingError(.tooDeep, at: 0) }
            try spend(&budget, bytes: 2 + elements.count - Swift.min(1, elements.count))
            for element in elements { try element.spend(&budget, depth: depth - 1) }
        case .string(let text):
            try spend(&budget, bytes: 2)
            try spend(&budget, text: text)
        case .number(let number): try spend(&budget, bytes: DecimalShape(number.source.utf8).writtenOutCount)
        case .bool(let flag): try spend(&budget, bytes: flag ? 4 : 5)
        case .null: try spend(&budget, bytes: 4)
        }
    }

    private func spend(_ budget: inout Int, text: String) throws(JSONParsingError) {
        try spend(&budget, bytes: text.utf8.count)
        guard !text.utf8.contains(0) else { throw JSONParsingError(.nulCharacter, at: 0) }
    }

    private func spend(_ budget: inout Int, bytes: Int) throws(JSONParsingError) {
        budget -= bytes
        guard budget >= 0 else { throw JSONParsingError(.tooLarge, at: 0) }
    }
}
