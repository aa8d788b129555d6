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

    /// How many administrators a team has.
    func adminCount(of team: TeamID) -> Int {
        members(of: team).count { $0.role == .administrator }
    }

    /// The teams of a user: the default team first, then by name and identifier.
    func teamList(of user: UserID) -> [Team] {
        memberships.rows(referringTo: user.rawValue, by: TeamMembership.userReference)
            .compactMap { teams[$0.teamID] }
            .sorted { ($0.isDefault.trueFirst, $0.name.bytewise, $0.id.bytewise) < ($1.isDefault.trueFirst, $1.name.bytewise, $1.id.bytewise) }
    }

    /// The settings that the rules of teams read.
    func teamSettings() throws(DataError) -> TeamSettings {
        try TeamSettings(TeamSettings.keys.compactMap { settings[$0.bytewise] })
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
        var team = try Team(new, isDefault: isDefault, settings: settings, in: environment)
        guard let free = slug.firstFree(where: { teams.row(Team.slugKey, $0) == nil }) else { throw SlugRule.exhausted(.team) }
        team.slug = free
        try insert(team)
        try insert(
            TeamMembership(
                id: MembershipID(environment.makeID()), teamID: team.id, userID: team.ownerID, role: .administrator, joinedAt: team.createdAt))
        return team
    }

    /// Gives a team to another owner, who becomes its administrator.
    @discardableResult
    mutating func transferTeam(_ team: TeamID, to newOwner: UserID, in environment: StoreEnvironment) throws(DataError) -> Team {
        let now = environment.now()
        let given = try update(Team.self, team.bytewise) { team in
            team.ownerID = newOwner
            team.updatedAt = now
        }
        guard let given else { throw .notFound(.team) }
        if let membership = membership(of: newOwner, in: team) {
            _ = try update(TeamMembership.self, membership.id.bytewise) { $0.role = .administrator }
        } else {
            try insert(
                TeamMembership(id: MembershipID(environment.makeID()), teamID: team, userID: newOwner, role: .administrator, joinedAt: now))
            try provisionAll(team: team, for: newOwner, in: environment)
        }
        return given
    }

    /// Ends a membership with what the user has in the team: codes, tokens, consents, configurations and instances.
    mutating func endMembership(_ membership: TeamMembership) throws(DataError) {
        let user = membership.userID.rawValue
        try delete(TeamMembership.self, [membership.id.bytewise])
        _ = try revoke(.member(membership.userID, membership.teamID))
        let consents = teamConsents.rows(referringTo: user, by: TeamConsentRow.userReference).map(\.consent)
        try delete(TeamConsentRow.self, consents.filter { $0.teamID == membership.teamID }.map(\.id.bytewise))
        let installed = Set(installations(of: membership.teamID).map(\.id))
        let configurations = userConfigurations.rows(referringTo: user, by: UserConfigurationRow.userReference)
        try delete(UserConfigurationRow.self, configurations.filter { installed.contains($0.installationID) }.map(\.id.bytewise))
        let instances = instances.rows(referringTo: user, by: InstanceRow.userReference).map(\.instance)
        try delete(InstanceRow.self, instances.filter { installed.contains($0.installationID) }.map(\.id.bytewise))
    }

    /// The installations that are deleted with a team: its own, and those of servers that it owns. Newest first, secrets masked.
    func installationsRemoved(with team: TeamID) -> [McpInstallation] {
        let own = Set(servers.rows(referringTo: team.rawValue, by: ServerRow.ownerReference).map(\.server.id))
        return installations.all
            .filter { $0.teamID == team || own.contains($0.serverID) }
            .sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
            .map(\.masked)
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
