/// Something that an access token allows (RFC 6749, section 3.3).
public struct TokenScope: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The scope's name, such as `mcp:read`.
    public let rawValue: String

    /// Creates a scope from its name. The token service accepts only those in ``all``.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The scope's name.
    public var description: String { rawValue }

    /// Reading what a team's servers offer.
    public static let read = TokenScope(rawValue: "mcp:read")
    /// Calling the tools of a team's servers.
    public static let executeTools = TokenScope(rawValue: "mcp:tools:execute")
    /// Getting a refresh token.
    public static let offlineAccess = TokenScope(rawValue: "offline_access")

    /// Every scope that exists, which is also what a client gets when it asks for none.
    public static let all: [TokenScope] = [.read, .executeTools, .offlineAccess]
}
