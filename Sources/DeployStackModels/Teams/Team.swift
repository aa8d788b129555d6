/// A group of users that installs servers together.
public struct Team: Sendable, Hashable, Identifiable, Codable {
    /// The team's identifier.
    public var id: TeamID
    /// The team's name, 1 to 100 characters.
    public var name: String
    /// The name of the team in addresses: lower-case letters, digits and hyphens, at most 63, unique. It never changes.
    public var slug: String
    /// What the team is for, or `nil`.
    public var description: String?
    /// The user who owns the team.
    public var ownerID: UserID
    /// Whether this is the personal team that its owner got at registration. A default team cannot be renamed, deleted, transferred or shared.
    public var isDefault: Bool
    /// What the team may have.
    public var limits: TeamLimits
    /// When the team was created.
    public var createdAt: Timestamp
    /// When the team was last changed.
    public var updatedAt: Timestamp

    /// Creates a team value.
    public init(
        id: TeamID, name: String, slug: String, description: String?, ownerID: UserID, isDefault: Bool, limits: TeamLimits, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.description = description
        self.ownerID = ownerID
        self.isDefault = isDefault
        self.limits = limits
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
