import DeployStackModels

// Lists, limits and the end of teams.
extension InMemoryTeamService {
    func teamsWithRoles(of user: UserID) async throws(DataError) -> [TeamWithRole] {
        guard IdentifierRule.canExist(user) else { return [] }
        return try await tables.read { tables in
            tables.teamList(of: user).compactMap { team in
                tables.membership(of: user, in: team.id).map { membership in
                    TeamWithRole(
                        team: team, role: membership.role, isOwner: team.ownerID == user, memberCount: tables.members(of: team.id).count)
                }
            }
        }
    }

    func allTeams(search: String?, page: Page) async throws(DataError) -> PageResult<TeamOverview> {
        try page.validate()
        let search = try TeamRules.search(search)
        return try await tables.read { tables in
            let teams = tables.teams.all
                .filter { team in search.map { $0.matches(team.name) || $0.matches(team.slug) } ?? true }
                .sorted { ($0.name.bytewise, $0.id.bytewise) < ($1.name.bytewise, $1.id.bytewise) }
            return PageResult(of: teams, page).map { team in
                TeamOverview(
                    team: team, memberCount: tables.members(of: team.id).count, installationCount: tables.installations(of: team.id).count)
            }
        }
    }

    func teamCount(of user: UserID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user) else { return 0 }
        return try await tables.read { $0.teams.rows(referringTo: user.rawValue, by: Team.ownerReference).count }
    }

    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user) else { return false }
        return try await tables.read { tables in
            guard tables.users[user] != nil else { return false }
            let owned = tables.teams.rows(referringTo: user.rawValue, by: Team.ownerReference)
            return owned.count < (try tables.teamSettings()).creationLimit
        }
    }

    func updateLimits(_ id: TeamID, _ patch: TeamLimitsPatch) async throws(DataError) -> Team? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            guard let team = tables.teams[id] else { return nil }
            let limits = patch.applied(to: team.limits)
            try TeamRules.validate(limits)
            let now = environment.now()
            return try tables.update(Team.self, id.bytewise) { team in
                team.limits = limits
                team.updatedAt = now
            }
        }
    }

    func deleteTeam(_ id: TeamID, force: Bool) async throws(DataError) -> Bool {
        try await removeTeam(id, force: force) != nil
    }

    func removeTeam(_ id: TeamID, force: Bool) async throws(DataError) -> RemovedTeam? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            guard let team = tables.teams[id] else { return nil }
            let installations = tables.installationsRemoved(with: id)
            try TeamRules.validateDeletion(team, installations: installations.count { $0.teamID == id }, force: force)
            try tables.delete(Team.self, [id.bytewise])
            return RemovedTeam(team: team, installations: installations)
        }
    }
}
