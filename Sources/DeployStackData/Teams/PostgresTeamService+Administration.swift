import DeployStackModels

// Lists, limits and the end of teams.
extension PostgresTeamService {
    func teamsWithRoles(of user: UserID) async throws(DataError) -> [TeamWithRole] {
        guard IdentifierRule.canExist(user) else { return [] }
        return try await database.all(.teamsWithRoles(of: user))
    }

    func allTeams(search: String?, page: Page) async throws(DataError) -> PageResult<TeamOverview> {
        try page.validate()
        let search = try TeamRules.search(search)
        return try await database.page(.allTeams(search: search, page: page), page)
    }

    func teamCount(of user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await database.one(.ownedTeamCount(of: user))
    }

    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), let count = try await database.optional(.ownedTeamCount(ofExisting: user)) else { return false }
        return count < (try await Self.settings(database)).creationLimit
    }

    func updateLimits(_ id: TeamID, _ patch: TeamLimitsPatch) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            guard let team = try await database.optional(.lockTeam(id)) else { return nil }
            let limits = patch.applied(to: team.limits)
            try TeamRules.validate(limits)
            return try await database.one(.updateLimits(id, limits, at: environment.now()))
        }
    }

    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool {
        try await removeTeam(id, force: force) != nil
    }

    func removeTeam(_ id: TeamID, force: Bool) async throws(DataError) -> RemovedTeam? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            // Installing holds the team too, so nothing can be installed between the look at the installations and the deletion.
            guard let team = try await database.optional(.lockTeam(id)) else { return nil }
            let installations = try await database.all(.installationsRemoved(with: id))
            try TeamRules.validateDeletion(team, installations: installations.count { $0.teamID == id }, force: force)
            guard try await database.execute(.deleteTeam(id)) > 0 else { return nil }
            return RemovedTeam(team: team, installations: installations)
        }
    }
}
