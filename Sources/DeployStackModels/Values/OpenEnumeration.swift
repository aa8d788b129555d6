/// An enumeration that is stored as text and keeps a value that it does not know.
///
/// A newer service may store a value that this version has no case for. Reading it gives the type's `unknown` case with the text; nothing
/// crashes, and nothing is lost when the value is written back.
public protocol OpenEnumeration: Sendable, Hashable, RawRepresentable, Codable, CustomStringConvertible where RawValue == String {
    /// The cases that this version knows.
    static var known: [Self] { get }

    /// The case for a stored text; it never fails.
    init(rawValue: String)
}

extension OpenEnumeration {
    /// The stored text.
    public var description: String { rawValue }

    /// Whether this version knows the value. The data layer refuses to write values that it does not know.
    public var isKnown: Bool { Self.known.contains(self) }
}
