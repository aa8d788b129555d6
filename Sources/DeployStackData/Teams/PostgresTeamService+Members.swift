import DeployStackModels

// Who belongs to a team, and as what.
extension PostgresTeamService {
    func membership(of user: UserID, in team: TeamID) async throws(DataError) -> TeamMembership? {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return nil }
        return try await database.optional(.membership(of: user, in: team))
    }

    func isMember(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await database.one(.isMember(user, of: team))
    }

    func isAdmin(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await database.one(.isAdmin(user, of: team))
    }

    func isOwner(_ user: UserID, of team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await database.one(.isOwner(user, of: team))
    }

    func memberCount(of team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(team) else { return 0 }
        return try await database.one(.memberCount(of: team))
    }

    func adminCount(of team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(team) else { return 0 }
        return try await database.one(.adminCount(of: team))
    }

    func removeMember(_ user: UserID, from team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await database.transaction { database in
            // Whoever holds a user and a team takes the user first.
            _ = try await database.optional(.holdUser(user))
            guard let locked = try await database.optional(.lockTeam(team)) else { return false }
            guard !locked.isDefault else { throw TeamRules.defaultTeamMembers }
            guard try await database.one(.isMember(user, of: team)) else { return false }
            try TeamRules.validateRemoval(of: user, from: locked, members: try await database.one(.memberCount(of: team)))
            guard try await database.execute(.deleteMembership(of: user, in: team)) > 0 else { return false }
            _ = try await PostgresGrants(database: database).revoke(.member(user, team))
            _ = try await database.execute(.deleteConsents(of: user, in: team))
            _ = try await database.execute(.deleteUserConfigurations(of: user, in: team))
            _ = try await database.execute(.deleteInstances(of: user, in: team))
            return true
        }
    }

    func updateRole(of user: UserID, in team: TeamID, to role: TeamRole) async throws(DataError) -> TeamMembership? {
        guard role.isKnown else { throw TeamRules.unknownRole }
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return nil }
        return try await database.transaction { database in
            guard let locked = try await database.optional(.lockTeam(team)) else { return nil }
            guard !locked.isDefault else { throw TeamRules.defaultTeamRoles }
            guard let membership = try await database.optional(.membership(of: user, in: team)) else { return nil }
            try TeamRules.validate(role, for: membership, in: locked, administrators: try await database.one(.adminCount(of: team)))
            return try await database.optional(.updateRole(of: user, in: team, to: role))
        }
    }

    func transferOwnership(of team: TeamID, to newOwner: UserID) async throws(DataError) -> Team {
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        return try await database.transaction { database in
            let held = IdentifierRule.canExist(newOwner) ? try await database.optional(.holdUser(newOwner)) : nil
            guard let locked = try await database.optional(.lockTeam(team)) else { throw DataError.notFound(.team) }
            guard !locked.isDefault else { throw TeamRules.defaultTeamOwner }
            guard held != nil, try await database.one(.isMember(newOwner, of: team)) else { throw TeamRules.newOwnerNotMember }
            _ = try await database.optional(.updateRole(of: newOwner, in: team, to: .administrator))
            return try await database.one(.transferTeam(team, to: newOwner, at: environment.now()))
        }
    }
}
