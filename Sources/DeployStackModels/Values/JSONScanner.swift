/// What a ``JSONScanner`` reports to: the parts of a value in the order of the text.
///
/// A string is reported by its bytes between the quotes, which are known to be a well-formed string.
protocol JSONSink {
    mutating func beginArray()
    mutating func beginObject()
    mutating func endContainer()
    mutating func key(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool)
    mutating func string(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool)
    mutating func number(_ bytes: ArraySlice<UInt8>)
    mutating func literal(_ kind: JSONValue.Kind)
}

/// Reads JSON from left to right, without recursion, by the rules of PostgreSQL's jsonb: everything that the server would refuse is refused here.
struct JSONScanner<Sink: JSONSink> {
    let bytes: [UInt8]
    let limits: JSONLimits
    var sink: Sink
    var position = 0
    /// The open arrays and objects, the innermost last.
    private var open: [Container] = []
    /// Bytes that numbers gain by being written out.
    var growth = 0
    var isASCII = true

    private enum Container {
        case array
        case object
    }

    init(_ bytes: [UInt8], limits: JSONLimits, sink: Sink) {
        self.bytes = bytes
        self.limits = limits
        self.sink = sink
    }

    /// Reads one value and nothing else.
    mutating func scan() throws(JSONParsingError) -> Sink {
        guard bytes.count <= limits.maximumBytes else { throw JSONParsingError(.tooLarge, at: limits.maximumBytes) }
        repeat {
            // Here a value begins. Afterwards, containers end until another value must begin or the text is over.
            if try !beginValue() { continue }
            try endContainers()
        } while !open.isEmpty
        skipSpace()
        guard position == bytes.count else { throw error(.unexpectedCharacter) }
        if !isASCII { try requireUTF8() }
        return sink
    }

    /// Reads a value, or the beginning of a container that is not empty. Returns whether the value is complete.
    private mutating func beginValue() throws(JSONParsingError) -> Bool {
        switch try nextByte() {
        case UInt8(ascii: "["):
            try begin(.array)
            return try skip(UInt8(ascii: "]"))
        case UInt8(ascii: "{"):
            try begin(.object)
            if try skip(UInt8(ascii: "}")) { return true }
            try scanKey()
            return false
        case UInt8(ascii: "\""):
            let (content, hasEscapes) = try scanString()
            sink.string(content, hasEscapes: hasEscapes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try scanNumber()
        case UInt8(ascii: "t"):
            try scanLiteral("true", .bool(true))
        case UInt8(ascii: "f"):
            try scanLiteral("false", .bool(false))
        case UInt8(ascii: "n"):
            try scanLiteral("null", .null)
        default:
            throw error(.unexpectedCharacter)
        }
        return true
    }

    /// After a complete value: closes what ends here, and moves to the next value of what does not.
    private mutating func endContainers() throws(JSONParsingError) {
        while let container = open.last {
            let byte = try nextByte()
            switch (container, byte) {
            case (.array, UInt8(ascii: ",")):
                position += 1
                return
            case (.object, UInt8(ascii: ",")):
                position += 1
                return try scanKey()
            case (.array, UInt8(ascii: "]")), (.object, UInt8(ascii: "}")):
                position += 1
                end()
            default:
                throw error(.unexpectedCharacter)
            }
        }
    }

    private mutating func begin(_ container: Container) throws(JSONParsingError) {
        guard open.count < limits.maximumDepth else { throw error(.tooDeep) }
        position += 1
        open.append(container)
        if container == .array { sink.beginArray() } else { sink.beginObject() }
    }

    private mutating func end() {
        open.removeLast()
        sink.endContainer()
    }

    /// Whether the container that has just begun ends at once.
    private mutating func skip(_ closing: UInt8) throws(JSONParsingError) -> Bool {
        guard try nextByte() == closing else { return false }
        position += 1
        end()
        return true
    }

    private mutating func scanKey() throws(JSONParsingError) {
        guard try nextByte() == UInt8(ascii: "\"") else { throw error(.unexpectedCharacter) }
        let (content, hasEscapes) = try scanString()
        guard try nextByte() == UInt8(ascii: ":") else { throw error(.unexpectedCharacter) }
        position += 1
        sink.key(content, hasEscapes: hasEscapes)
    }

    private mutating func scanLiteral(_ word: StaticString, _ kind: JSONValue.Kind) throws(JSONParsingError) {
        let end = position + word.utf8CodeUnitCount
        guard bytes[position..<min(end, bytes.count)].elementsEqual(word.description.utf8) else { throw error(.unexpectedCharacter) }
        position = end
        sink.literal(kind)
    }

    private mutating func nextByte() throws(JSONParsingError) -> UInt8 {
        skipSpace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        return bytes[position]
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    func error(_ reason: JSONParsingError.Reason) -> JSONParsingError {
        JSONParsingError(reason, at: position)
    }
}
