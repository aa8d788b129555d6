import DeployStackModels

/// What the fields of a team may be.
enum TeamRules {
    static func name(_ name: String) throws(DataError) -> String {
        try TextRule(field: "name", characters: 1...100, isTrimmed: true).checked(name)
    }

    static func description(_ description: String?) throws(DataError) -> String? {
        try TextRule(field: "description", characters: 0...1_000).checked(description)
    }

    /// Throws when limits are negative, too large for the database's `integer`, or inconsistent.
    static func validate(_ limits: TeamLimits) throws(DataError) {
        let counts = [
            ("limits.mcpServers", limits.mcpServers, 0), ("limits.nonHttp", limits.nonHttp, 0), ("limits.github", limits.github, 0),
            ("limits.members", limits.members, 1),
        ]
        for (field, value, least) in counts {
            guard (least...Int(Int32.max)).contains(value) else { throw .validation(field, "it must be \(least) to \(Int32.max)") }
        }
        guard limits.mcpServers >= limits.nonHttp + limits.github else {
            throw .validation("limits.mcpServers", "it must be at least limits.nonHttp and limits.github together")
        }
    }

    static let defaultTeamName = DataError.ruleViolation(.defaultTeamImmutable, "a default team keeps its name")
    static let defaultTeamMembers = DataError.ruleViolation(.defaultTeamImmutable, "a default team has no other members")
    static let defaultTeamDeletion = DataError.ruleViolation(.defaultTeamImmutable, "a default team cannot be deleted")

    static let defaultTeamOwner = DataError.ruleViolation(.defaultTeamImmutable, "a default team keeps its owner")
    static let defaultTeamRoles = DataError.ruleViolation(.defaultTeamImmutable, "the only member of a default team stays its administrator")

    static let unknownRole = DataError.validation("role", "it must be team_admin or team_user")
    static let newOwnerNotMember = DataError.ruleViolation(.notMember, "the new owner must be a member of the team")

    static let ownerMissing = DataError.referenceMissing(.user, constraint: "teams_owner_id_fkey")

    /// Throws when a user owns as many teams as the settings allow.
    static func validate(ownedTeams count: Int, settings: TeamSettings) throws(DataError) {
        guard count < settings.creationLimit else {
            throw .limitExceeded(.teamsPerUser, maximum: settings.creationLimit, current: count)
        }
    }

    /// Throws when a team cannot be deleted.
    static func validateDeletion(_ team: Team, installations: Int, force: Bool) throws(DataError) {
        guard !team.isDefault else { throw defaultTeamDeletion }
        guard force || installations == 0 else { throw .inUse(.team, "the team has installations; delete it with force to delete them too") }
    }

    /// Throws when a team takes no further member.
    static func validateNewMember(in team: Team, isMember: Bool, members: Int) throws(DataError) {
        guard !team.isDefault else { throw defaultTeamMembers }
        guard !isMember else { throw .alreadyExists(.membership, "userID", constraint: "teamMemberships_team_id_user_id_key") }
        guard members < team.limits.members else {
            throw .limitExceeded(.members, maximum: team.limits.members, current: members)
        }
    }

    /// Throws when a member cannot be removed from a team.
    static func validateRemoval(of user: UserID, from team: Team, members: Int) throws(DataError) {
        guard members > 1 else { throw .ruleViolation(.lastMember, "the last member stays; delete the team instead") }
        guard team.ownerID != user else {
            throw .ruleViolation(.ownerMustTransferFirst, "the owner stays a member until the team has another owner")
        }
    }

    /// Throws when a member cannot get another role.
    static func validate(_ role: TeamRole, for membership: TeamMembership, in team: Team, administrators: Int) throws(DataError) {
        guard role != .administrator else { return }
        guard membership.role != .administrator || administrators > 1 else {
            throw .ruleViolation(.lastAdmin, "the last administrator of a team stays one")
        }
        guard team.ownerID != membership.userID else {
            throw .ruleViolation(.ownerMustTransferFirst, "the owner stays an administrator until the team has another owner")
        }
    }

    /// The search in a list of all teams, or `nil` when there is nothing to look for.
    static func search(_ text: String?) throws(DataError) -> SubstringRule? {
        try SubstringRule(text, field: "search")
    }

    /// The description of a user's personal team.
    static func defaultTeamDescription(username: String) -> String { "\(username)'s team" }

    /// The slug of a name in which no letter or digit is left.
    static let slugFallback = "team"
}

extension NewTeam {
    /// The team as it is stored, or a validation error.
    func validated() throws(DataError) -> NewTeam {
        var team = self
        team.name = try TeamRules.name(name)
        team.slug = try TextRule(field: "slug", characters: 1...100, isTrimmed: true).checked(slug)
        team.description = try TeamRules.description(description)
        if let limits { try TeamRules.validate(limits) }
        return team
    }
}

extension TeamPatch {
    /// The patch as it is applied, or a validation error.
    func validated() throws(DataError) -> TeamPatch {
        var patch = self
        if let name { patch.name = try TeamRules.name(name) }
        if case .set(let text) = description { _ = try TeamRules.description(text) }
        return patch
    }
}

extension Team {
    /// The record of a new team; its slug is still to be found.
    init(_ team: NewTeam, isDefault: Bool, settings: TeamSettings, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        let limits: TeamLimits
        if let given = team.limits { limits = given } else { limits = try settings.limitsOfNewTeams() }
        self.init(
            id: TeamID(environment.makeID()), name: team.name, slug: "", description: team.description, ownerID: team.owner, isDefault: isDefault,
            limits: limits, createdAt: now, updatedAt: now)
    }
}
