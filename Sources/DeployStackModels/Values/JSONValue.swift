/// Any JSON value, equal and contained in one another by the rules of PostgreSQL's jsonb.
///
/// Numbers are exact and compared by value (1 equals 1.0), strings and keys are compared by their bytes, and the order of an object's keys does
/// not matter. A value that comes from a database keeps its text and is taken apart only when somebody looks at it.
///
/// ```swift
/// let limits: JSONValue = ["tools": ["read", "write"], "timeout": 30]
///
/// switch limits["timeout"]?.kind {
/// case .number(let number): print(number)
/// case .string(let text): print(text)
/// default: break
/// }
/// ```
public struct JSONValue: Sendable {
    /// A value taken apart.
    public indirect enum Kind: Sendable {
        /// An object and its members.
        case object(JSONObject)
        /// An array and its elements, in order.
        case array([JSONValue])
        /// A string.
        case string(String)
        /// A number.
        case number(JSONNumber)
        /// `true` or `false`.
        case bool(Bool)
        /// `null`. This is a value; where there may be none, there is an optional `JSONValue`.
        case null
    }

    private enum Storage: Sendable {
        case tree(Kind)
        case text(JSONText)
    }

    private let storage: Storage

    /// Makes a value of its parts.
    ///
    /// - Parameter kind: The value taken apart.
    public init(_ kind: Kind) {
        storage = .tree(kind)
    }

    /// Reads a JSON text.
    ///
    /// What PostgreSQL's jsonb would refuse is refused: U+0000, halves of surrogate pairs, and numbers with more digits than it keeps.
    ///
    /// - Parameters:
    ///   - text: The text, with nothing but space around the value.
    ///   - limits: How deep and how long it may be; by default what the store accepts.
    /// - Throws: ``JSONParsingError`` with the reason and the place.
    public init(parsing text: String, limits: JSONLimits = .input) throws(JSONParsingError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// Reads a JSON text from its UTF-8 bytes.
    ///
    /// - Parameters:
    ///   - utf8: The text, with nothing but space around the value.
    ///   - limits: How deep and how long it may be; by default what the store accepts.
    /// - Throws: ``JSONParsingError`` with the reason and the place.
    public init(parsing utf8: [UInt8], limits: JSONLimits = .input) throws(JSONParsingError) {
        var scanner = JSONScanner(utf8, limits: limits, sink: JSONTreeSink())
        self.init(try scanner.scan().finish())
    }

    /// Takes the text of a jsonb value as the server wrote it. It is checked now, and read when somebody looks.
    package init(stored utf8: [UInt8]) throws(JSONParsingError) {
        // Most values of most rows are one of these two, and need neither a check nor an object of their own.
        if utf8.count == 2, utf8 == Self.emptyObjectText {
            storage = .tree(.object(JSONObject()))
        } else if utf8.count == 2, utf8 == Self.emptyArrayText {
            storage = .tree(.array([]))
        } else {
            storage = .text(try JSONText(utf8))
        }
    }

    private static let emptyObjectText = Array("{}".utf8)
    private static let emptyArrayText = Array("[]".utf8)

    /// The value taken apart, for a `switch`. The first look at a value from a database reads its text.
    public var kind: Kind {
        switch storage {
        case .tree(let kind): kind
        case .text(let text): text.kind
        }
    }

    /// The text, if it is known without writing it.
    package var storedText: [UInt8]? {
        if case .text(let text) = storage { text.utf8 } else { nil }
    }
}

extension JSONValue: Hashable {
    /// Whether two values are equal as jsonb: numbers by value, strings by bytes, objects without regard to order.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        if let left = lhs.storedText, let right = rhs.storedText, left == right { return true }
        return lhs.kind == rhs.kind
    }

    /// Hashes the value, so that values that are equal as jsonb hash alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
    }
}

extension JSONValue.Kind: Hashable {
    /// Whether two values are equal as jsonb.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.object(let left), .object(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.number(let left), .number(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        default: false
        }
    }

    /// Hashes the value, so that values that are equal as jsonb hash alike.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .object(let object):
            hasher.combine(0)
            hasher.combine(object)
        case .array(let elements):
            hasher.combine(1)
            hasher.combine(elements)
        case .string(let text):
            hasher.combine(2)
            text.hashBytes(into: &hasher)
        case .number(let number):
            hasher.combine(3)
            hasher.combine(number)
        case .bool(let flag):
            hasher.combine(4)
            hasher.combine(flag)
        case .null:
            hasher.combine(5)
        }
    }
}
