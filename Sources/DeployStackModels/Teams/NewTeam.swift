/// What is needed to create a team.
public struct NewTeam: Sendable, Hashable {
    /// The team's name, 1 to 100 characters after white space at its ends is removed.
    public var name: String
    /// The text that the slug is made from, or `nil` to make it from the name.
    public var slug: String?
    /// What the team is for, or `nil`; at most 1 000 characters.
    public var description: String?
    /// The user who will own the team and be its first administrator.
    public var owner: UserID
    /// What the team may have, or `nil` for the limits in the platform's settings.
    public var limits: TeamLimits?

    /// Describes a team to create.
    public init(name: String, owner: UserID, slug: String? = nil, description: String? = nil, limits: TeamLimits? = nil) {
        self.name = name
        self.slug = slug
        self.description = description
        self.owner = owner
        self.limits = limits
    }
}

/// What changes about a team.
public struct TeamPatch: Sendable, Hashable {
    /// The new name, 1 to 100 characters, or `nil` to keep the present one.
    public var name: String?
    /// What happens to the description.
    public var description: FieldPatch<String>

    /// Describes a change of a team.
    public init(name: String? = nil, description: FieldPatch<String> = .unchanged) {
        self.name = name
        self.description = description
    }
}
