import DeployStackModels

/// Teams and their members in PostgreSQL.
struct PostgresTeamService: TeamService {
    let database: Database

    var environment: StoreEnvironment { database.environment }

    func createTeam(_ team: NewTeam) async throws(DataError) -> Team {
        let team = try team.validated()
        guard IdentifierRule.canExist(team.owner) else { throw TeamRules.ownerMissing }
        return try await database.transaction { database in
            // The owner is held, so that teams created at the same time are counted one after the other.
            guard try await database.optional(.lockUser(team.owner)) != nil else { throw TeamRules.ownerMissing }
            let settings = try await Self.settings(database)
            try TeamRules.validate(ownedTeams: try await database.one(.ownedTeamCount(of: team.owner)), settings: settings)
            return try await Self.insert(team, isDefault: false, settings: settings, database)
        }
    }

    func createDefaultTeam(user: UserID, username: String) async throws(DataError) -> DefaultTeam {
        let new = try NewTeam(
            name: username, owner: user, description: TeamRules.defaultTeamDescription(username: username.trimmingWhitespace())
        ).validated()
        guard IdentifierRule.canExist(user) else { throw TeamRules.ownerMissing }
        return try await database.transaction { database in
            let team = try await Self.insert(new, isDefault: true, settings: try await Self.settings(database), database)
            let report = try await PostgresMcpInstallationService(database: database).installAutomatically(into: team)
            return DefaultTeam(team: team, autoInstall: report)
        }
    }

    func team(_ id: TeamID) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.team(id))
    }

    func team(slug: String) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(slug) else { return nil }
        return try await database.optional(.team(slug: slug))
    }

    func defaultTeam(of user: UserID) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(user) else { return nil }
        return try await database.optional(.defaultTeam(of: user))
    }

    func teams(of user: UserID) async throws(DataError) -> [Team] {
        guard IdentifierRule.canExist(user) else { return [] }
        return try await database.all(.teams(of: user))
    }

    func updateTeam(_ id: TeamID, _ patch: TeamPatch) async throws(DataError) -> Team? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        let updated = try await database.optional(.updateTeam(id, name: patch.name, description: patch.description, at: environment.now()))
        if updated == nil { try await throwIfDefault(id) }
        return updated
    }

    func updateTeamName(_ id: TeamID, _ name: String) async throws(DataError) -> Bool {
        let name = try TeamRules.name(name)
        guard IdentifierRule.canExist(id) else { return false }
        if try await database.execute(.updateTeamName(id, name, at: environment.now())) > 0 { return true }
        try await throwIfDefault(id)
        return false
    }

    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember] {
        try page?.validate()
        guard IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.members(of: team, page: page))
    }

    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership {
        guard role.isKnown else { throw TeamRules.unknownRole }
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        guard IdentifierRule.canExist(user) else { throw .notFound(.user) }
        return try await database.transaction { database in
            let held = try await database.optional(.holdUser(user))
            guard let locked = try await database.optional(.lockTeam(team)) else { throw DataError.notFound(.team) }
            guard held != nil else { throw DataError.notFound(.user) }
            try TeamRules.validateNewMember(
                in: locked, isMember: try await database.one(.isMember(user, of: team)), members: try await database.one(.memberCount(of: team)))
            let membership = TeamMembership(
                id: MembershipID(environment.makeID()), teamID: team, userID: user, role: role, joinedAt: environment.now())
            let added = try await database.one(.addMember(membership))
            try await PostgresMcpInstallationService(database: database).provisionAll(team: team, for: user)
            return added
        }
    }

    /// Gives a team, which the caller holds, to another owner, who becomes its administrator.
    func transferTeam(_ team: TeamID, to newOwner: UserID) async throws(DataError) {
        let now = environment.now()
        _ = try await database.execute(.transferTeam(team, to: newOwner, at: now))
        if try await database.one(.isMember(newOwner, of: team)) {
            _ = try await database.execute(.updateRole(of: newOwner, in: team, to: .administrator))
        } else {
            let membership = TeamMembership(
                id: MembershipID(environment.makeID()), teamID: team, userID: newOwner, role: .administrator, joinedAt: now)
            _ = try await database.one(.addMember(membership))
            try await PostgresMcpInstallationService(database: database).provisionAll(team: team, for: newOwner)
        }
    }

    /// Inserts a team under the first free slug, with its owner as first member.
    private static func insert(
        _ new: NewTeam, isDefault: Bool, settings: TeamSettings, _ database: Database
    ) async throws(DataError) -> Team {
        let slug = SlugRule(new.slug ?? new.name, fallback: TeamRules.slugFallback)
        var team = try Team(new, isDefault: isDefault, settings: settings, in: database.environment)
        var number = 1
        while number <= SlugRule.maximumAttempts {
            team.slug = slug.candidate(number)
            if let inserted = try await database.optional(.createTeam(team)) {
                let owner = TeamMembership(
                    id: MembershipID(database.environment.makeID()), teamID: team.id, userID: team.ownerID, role: .administrator,
                    joinedAt: team.createdAt)
                _ = try await database.one(.addMember(owner))
                return inserted
            }
            // One look at many candidates finds the next free one; somebody may still be faster.
            let candidates = slug.candidates(after: number)
            number = slug.firstFree(after: number, taken: try await database.all(.takenTeamSlugs(among: candidates)))
        }
        throw SlugRule.exhausted(.team)
    }

    /// The settings that the rules of teams read.
    static func settings(_ database: Database) async throws(DataError) -> TeamSettings {
        try TeamSettings(try await database.all(.settings(TeamSettings.keys)))
    }

    /// Asked only after an update changed nothing: a default team refused it, or there is no such team.
    private func throwIfDefault(_ id: TeamID) async throws(DataError) {
        if try await database.optional(.team(id))?.isDefault == true { throw TeamRules.defaultTeamName }
    }
}
