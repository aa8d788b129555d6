/// A JSON number with all its digits.
///
/// JSON's numbers are decimal and of any length. A `Double` would round them: 9007199254740993 would become 9007199254740992. This type keeps
/// the digits and compares by value, as PostgreSQL's jsonb does: 1, 1.0 and 1e0 are equal, and so are 0 and -0.
///
/// Every number can be stored: it has at most 131 072 digits before the point and 16 383 after it. Comparing and hashing take time in
/// proportion to the digits as written; an exponent is never written out for it.
public struct JSONNumber: Sendable {
    /// The number as it was given, in JSON's syntax.
    let source: String

    /// Reads a number in JSON's syntax.
    ///
    /// - Parameter text: The number, such as `-12.50e3`, with nothing before or after it.
    /// - Throws: ``JSONParsingError`` if the text is no JSON number, or one with more digits than PostgreSQL keeps.
    public init(parsing text: String) throws(JSONParsingError) {
        var scanner = JSONScanner(Array(text.utf8), limits: .stored, sink: JSONTreeSink())
        // The scanner allows space around a value; the length shows that there was none.
        guard case .number(let number) = try scanner.scan().finish(), number.source.utf8.count == text.utf8.count else {
            throw JSONParsingError(.malformedNumber, at: 0)
        }
        self = number
    }

    /// Makes a number of an integer.
    ///
    /// - Parameter integer: Any integer of up to 64 bits.
    public init(_ integer: some FixedWidthInteger) {
        source = String(integer)
    }

    /// Makes a number of the shortest digits that stand for a floating-point number.
    ///
    /// - Parameter double: A number, such as 0.1, which becomes exactly `0.1`.
    /// - Returns: `nil` if the number is infinite or none, because JSON has no such number.
    public init?(_ double: Double) {
        guard double.isFinite else { return nil }
        source = double.description
    }

    /// For text that is known to be a number within range.
    init(unchecked source: String) {
        self.source = source
    }
}

extension JSONNumber {
    /// The digits, written out without an exponent, as PostgreSQL writes them. Zeros at the end of a fraction are kept.
    public var text: String {
        let shape = DecimalShape(source.utf8)
        return shape.isPlain ? source : shape.writtenOut(source.utf8)
    }

    /// The value as an integer, or `nil` if it has a fraction or does not fit. 1.0 and 10e-1 are the integer 1.
    public var int64: Int64? {
        if let integer = Int64(source) { return integer }
        return DecimalShape(source.utf8).integer(source.utf8)
    }

    /// The value as an integer, or `nil` if it has a fraction or does not fit.
    public var int: Int? {
        int64.flatMap { Int(exactly: $0) }
    }

    /// The nearest floating-point number; infinite if the value is too large for one.
    public var double: Double {
        // The text was checked when the number was made, and both syntaxes agree on it.
        Double(source) ?? .nan
    }
}

extension JSONNumber: Hashable {
    /// Whether two numbers have the same value: 1 and 1.0 have, 1 and 1.0000000000000000000001 have not.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.source.hasSameBytes(as: rhs.source) || DecimalShape.order(lhs.source.utf8, rhs.source.utf8) == 0
    }

    /// Hashes the value, so that equal numbers hash alike however they are written.
    public func hash(into hasher: inout Hasher) {
        DecimalShape(source.utf8).hash(source.utf8, into: &hasher)
    }
}

extension JSONNumber: Comparable {
    /// Whether one number's value is below another's.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        DecimalShape.order(lhs.source.utf8, rhs.source.utf8) < 0
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Makes a number of a literal.
    public init(integerLiteral value: Int64) {
        self.init(value)
    }

    /// The digits, as in ``text``.
    public var description: String { text }
}
