import DeployStackModels

/// Teams and their members in the in-memory tables.
struct InMemoryTeamService: TeamService {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func createTeam(_ team: NewTeam) async throws(DataError) -> Team {
        let team = try team.validated()
        guard IdentifierRule.canExist(team.owner) else { throw TeamRules.ownerMissing }
        return try await tables.write { tables in
            guard tables.users[team.owner] != nil else { throw TeamRules.ownerMissing }
            let settings = try tables.teamSettings()
            let owned = tables.teams.rows(referringTo: team.owner.rawValue, by: Team.ownerReference)
            try TeamRules.validate(ownedTeams: owned.count, settings: settings)
            return try tables.insert(team, isDefault: false, settings: settings, in: environment)
        }
    }

    func createDefaultTeam(user: UserID, username: String) async throws(DataError) -> DefaultTeam {
        let new = try NewTeam(defaultFor: user, username: username).validated()
        guard IdentifierRule.canExist(user) else { throw TeamRules.ownerMissing }
        return try await tables.write { tables in
            try tables.createDefaultTeam(new, in: environment)
        }
    }

    func team(_ id: TeamID) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.teams[id] }
    }

    func team(slug: String) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(slug) else { return nil }
        return try await tables.read { $0.teams.row(Team.slugKey, slug) }
    }

    func defaultTeam(of user: UserID) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(user) else { return nil }
        return try await tables.read { $0.teams.row(Team.oneDefaultKey, user.rawValue) }
    }

    func teams(of user: UserID) async throws(DataError) -> [Team] {
        guard IdentifierRule.canExist(user) else { return [] }
        return try await tables.read { $0.teamList(of: user) }
    }

    func updateTeam(_ id: TeamID, _ patch: TeamPatch) async throws(DataError) -> Team? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            try tables.updateTeam(id, patch, at: environment.now())
        }
    }

    func updateTeamName(_ id: TeamID, _ name: String) async throws(DataError) -> Bool {
        let name = try TeamRules.name(name)
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            try tables.updateTeam(id, TeamPatch(name: name), at: environment.now()) != nil
        }
    }

    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember] {
        try page?.validate()
        guard IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { tables in
            tables.memberList(of: team).slice(page)
        }
    }

    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership {
        guard role.isKnown else { throw TeamRules.unknownRole }
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        guard IdentifierRule.canExist(user) else { throw .notFound(.user) }
        return try await tables.write { tables in
            guard let joined = tables.teams[team] else { throw DataError.notFound(.team) }
            guard tables.users[user] != nil else { throw DataError.notFound(.user) }
            let members = tables.members(of: team)
            try TeamRules.validateNewMember(in: joined, isMember: members.contains { $0.userID == user }, members: members.count)
            let membership = TeamMembership(
                id: MembershipID(environment.makeID()), teamID: team, userID: user, role: role, joinedAt: environment.now())
            try tables.insert(membership)
            try tables.provisionAll(team: team, for: user, in: environment)
            return membership
        }
    }
}
