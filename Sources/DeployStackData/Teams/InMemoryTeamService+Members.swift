import DeployStackModels

// Who belongs to a team, and as what.
extension InMemoryTeamService {
    func membership(of user: UserID, in team: TeamID) async throws(DataError) -> TeamMembership? {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return nil }
        return try await tables.read { $0.membership(of: user, in: team) }
    }

    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await tables.read { $0.membership(of: user, in: team) != nil }
    }

    func isAdmin(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await tables.read { $0.membership(of: user, in: team)?.role == .administrator }
    }

    func isOwner(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await tables.read { $0.teams[team]?.ownerID == user }
    }

    func memberCount(of team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(team) else { return 0 }
        return try await tables.read { $0.members(of: team).count }
    }

    func adminCount(of team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(team) else { return 0 }
        return try await tables.read { $0.adminCount(of: team) }
    }

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await tables.write { tables in
            guard let left = tables.teams[team] else { return false }
            guard !left.isDefault else { throw TeamRules.defaultTeamMembers }
            guard let membership = tables.membership(of: user, in: team) else { return false }
            try TeamRules.validateRemoval(of: user, from: left, members: tables.members(of: team).count)
            try tables.endMembership(membership)
            return true
        }
    }

    func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) async throws(DataError) -> TeamMembership? {
        guard role.isKnown else { throw TeamRules.unknownRole }
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return nil }
        return try await tables.write { tables in
            guard let changed = tables.teams[team] else { return nil }
            guard !changed.isDefault else { throw TeamRules.defaultTeamRoles }
            guard let membership = tables.membership(of: user, in: team) else { return nil }
            try TeamRules.validate(role, for: membership, in: changed, administrators: tables.adminCount(of: team))
            return try tables.update(TeamMembership.self, membership.id.bytewise) { $0.role = role }
        }
    }

    func transferOwnership(of team: TeamID, to newOwner: UserID) async throws(DataError) -> Team {
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        return try await tables.write { tables in
            guard let given = tables.teams[team] else { throw DataError.notFound(.team) }
            guard !given.isDefault else { throw TeamRules.defaultTeamOwner }
            guard IdentifierRule.canExist(newOwner), tables.membership(of: newOwner, in: team) != nil else { throw TeamRules.newOwnerNotMember }
            return try tables.transferTeam(team, to: newOwner, in: environment)
        }
    }
}
