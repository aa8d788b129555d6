import DeployStackModels

// What the in-memory services do with teams, for use inside a call that may do more.
extension InMemoryTables {
    /// The memberships of a team, in no order.
    func members(of team: TeamID) -> [TeamMembership] {
        memberships.rows(referringTo: team.rawValue, by: TeamMembership.teamReference)
    }

    /// The membership of a user in a team, or `nil`.
    func membership(of user: UserID, in team: TeamID) -> TeamMembership? {
        memberships.row(TeamMembership.memberKey, team.rawValue, user.rawValue)
    }

    /// The members of a team: the owner first, then administrators, then by username.
    func memberList(of team: TeamID) -> [TeamMember] {
        guard let ownerID = teams[team]?.ownerID else { return [] }
        let members = members(of: team).compactMap { membership in
            users[membership.userID].map {
                TeamMember(membership: membership, username: $0.username, email: $0.email, isOwner: membership.userID == ownerID)
            }
        }
        return members.sorted { left, right in
            (left.isOwner.trueFirst, left.isAdministrator.trueFirst, left.username.bytewise, left.id.bytewise)
                < (right.isOwner.trueFirst, right.isAdministrator.trueFirst, right.username.bytewise, right.id.bytewise)
        }
    }

    /// The settings that the rules of teams read.
    func teamSettings() throws(DataError) -> TeamSettings {
        try TeamSettings(TeamSettings.keys.compactMap { settings[$0.bytewise] }.map { ($0.key, $0.value) })
    }

    /// Creates a user's personal team and installs what every such team gets.
    mutating func createDefaultTeam(_ new: NewTeam, in environment: StoreEnvironment) throws(DataError) -> DefaultTeam {
        let team = try insert(new, isDefault: true, settings: try teamSettings(), in: environment)
        return DefaultTeam(team: team, autoInstall: try installAutomatically(into: team, in: environment))
    }

    /// Inserts a team under the first free slug, with its owner as first member.
    mutating func insert(
        _ new: NewTeam, isDefault: Bool, settings: TeamSettings, in environment: StoreEnvironment
    ) throws(DataError) -> Team {
        let slug = SlugRule(new.slug ?? new.name, fallback: TeamRules.slugFallback)
        var team = Team(new, isDefault: isDefault, settings: settings, in: environment)
        guard let free = slug.firstFree(where: { teams.row(Team.slugKey, $0) == nil }) else { throw SlugRule.exhausted(.team) }
        team.slug = free
        try insert(team)
        try insert(
            TeamMembership(
                id: MembershipID(environment.makeID()), teamID: team.id, userID: team.ownerID, role: .administrator, joinedAt: team.createdAt))
        return team
    }

    /// Gives a team to another owner, who becomes its administrator.
    mutating func transferTeam(_ team: TeamID, to newOwner: UserID, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        _ = try update(Team.self, team.bytewise) { team in
            team.ownerID = newOwner
            team.updatedAt = now
        }
        if let membership = membership(of: newOwner, in: team) {
            _ = try update(TeamMembership.self, membership.id.bytewise) { $0.role = .administrator }
        } else {
            try insert(
                TeamMembership(id: MembershipID(environment.makeID()), teamID: team, userID: newOwner, role: .administrator, joinedAt: now))
            try provisionAll(team: team, for: newOwner, in: environment)
        }
    }

    /// Changes a team, or returns `nil` when there is no such team.
    mutating func updateTeam(_ id: TeamID, _ patch: TeamPatch, at now: Timestamp) throws(DataError) -> Team? {
        guard let team = teams[id] else { return nil }
        if team.isDefault, let name = patch.name, !name.hasSameBytes(as: team.name) { throw TeamRules.defaultTeamName }
        return try update(Team.self, id.bytewise) { team in
            if let name = patch.name { team.name = name }
            team.description = patch.description.applied(to: team.description)
            team.updatedAt = now
        }
    }
}

extension NewTeam {
    /// What a user's personal team is made of.
    init(defaultFor user: UserID, username: String) {
        self.init(name: username, owner: user, description: TeamRules.defaultTeamDescription(username: username.trimmingWhitespace()))
    }
}

extension SlugRule {
    /// The first candidate that is free, or `nil` when none is among those that are tried.
    func firstFree(where isFree: (String) -> Bool) -> String? {
        (1...Self.maximumAttempts).lazy.map(candidate).first(where: isFree)
    }
}
