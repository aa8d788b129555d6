/// A version of an entry of the catalog.
public struct McpServerVersion: Sendable, Hashable, Identifiable, Codable {
    /// The version's identifier.
    public var id: McpServerVersionID
    /// The entry.
    public var serverID: McpServerID
    /// The version, such as `1.2.0`; unique among those of the entry.
    public var version: String
    /// The commit that it was made of, or `nil`.
    public var gitCommit: String?
    /// What changed in it, or `nil`.
    public var changelog: String?
    /// Whether it is the entry's latest version. An entry with versions has exactly one.
    public var isLatest: Bool
    /// Whether it is meant for everybody.
    public var isStable: Bool
    /// When it was added.
    public var createdAt: Timestamp

    /// Creates a version value.
    public init(
        id: McpServerVersionID, serverID: McpServerID, version: String, gitCommit: String?, changelog: String?, isLatest: Bool, isStable: Bool,
        createdAt: Timestamp
    ) {
        self.id = id
        self.serverID = serverID
        self.version = version
        self.gitCommit = gitCommit
        self.changelog = changelog
        self.isLatest = isLatest
        self.isStable = isStable
        self.createdAt = createdAt
    }
}

/// What is needed to add a version to an entry of the catalog.
public struct NewServerVersion: Sendable, Hashable {
    /// The version, 1 to 200 characters after white space at its ends is removed.
    public var version: String
    /// The commit that it was made of, 1 to 200 characters, or `nil`.
    public var gitCommit: String?
    /// What changed in it, at most 100 000 characters, or `nil`.
    public var changelog: String?
    /// Whether it becomes the latest version. The first one is the latest in any case.
    public var isLatest: Bool
    /// Whether it is meant for everybody.
    public var isStable: Bool

    /// Describes a version to add; by default it is the latest from then on.
    public init(_ version: String, gitCommit: String? = nil, changelog: String? = nil, isLatest: Bool = true, isStable: Bool = true) {
        self.version = version
        self.gitCommit = gitCommit
        self.changelog = changelog
        self.isLatest = isLatest
        self.isStable = isStable
    }
}
