/// The identifier of a row: a text that says which kind of thing it identifies.
///
/// The tag exists only for the compiler, so that a team's identifier cannot be passed where a user's is wanted. Use the names, such as
/// ``TeamID`` or ``UserID``, rather than this type.
///
/// ```swift
/// let team: TeamID = "k3v9x0q2m7"
/// print(team.rawValue)
/// ```
///
/// Identifiers are equal when their UTF-8 bytes are equal, and sort by those bytes, because that is how PostgreSQL compares them. Two texts that
/// look alike but are composed differently are two identifiers. Nothing about the length or the alphabet is promised or checked. An identifier
/// is encoded as a plain string.
public struct Identifier<Tag>: RawRepresentable, Sendable {
    /// The text, exactly as it is stored.
    public let rawValue: String

    /// Makes an identifier of a text, without checking it.
    ///
    /// - Parameter rawValue: The text, exactly as it is stored.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes an identifier of a text, without checking it.
    ///
    /// - Parameter rawValue: The text, exactly as it is stored.
    public init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }
}

extension Identifier: Hashable {
    /// Whether two identifiers have the same UTF-8 bytes.
    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.rawValue.hasSameBytes(as: rhs.rawValue)
    }

    /// Hashes the UTF-8 bytes.
    public func hash(into hasher: inout Hasher) {
        rawValue.hashBytes(into: &hasher)
    }
}

extension Identifier: Comparable {
    /// Whether one identifier sorts before another by its UTF-8 bytes, as PostgreSQL does under `COLLATE "C"`.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.rawValue.precedesBytewise(rhs.rawValue)
    }
}

extension Identifier: Codable, CodingKeyRepresentable {
    /// Reads an identifier from a plain string.
    ///
    /// - Throws: What the decoder throws if there is no string.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the identifier as a plain string.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension Identifier: ExpressibleByStringInterpolation {
    /// Makes an identifier of a literal, which is handy in tests and scripts.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}

extension Identifier: CustomStringConvertible {
    /// The text, exactly as it is stored.
    public var description: String { rawValue }
}
