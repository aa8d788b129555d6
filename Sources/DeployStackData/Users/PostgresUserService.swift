import DeployStackModels

/// Users in PostgreSQL.
struct PostgresUserService: UserService {
    let database: Database

    func createUser(_ user: NewUser, withDefaultTeam: Bool) async throws(DataError) -> User {
        let user = try user.validated()
        return try await database.transaction { database in
            _ = try await database.execute(.hold(.registration))
            let isFirst = try await !database.one(.hasUsers())
            if isFirst { _ = try await database.execute(.claimFirstRegistration()) }
            let created = try await database.one(.createUser(User(user, isFirst: isFirst, in: database.environment)))
            if withDefaultTeam {
                _ = try await PostgresTeamService(database: database).createDefaultTeam(user: created.id, username: created.username)
            }
            return created
        }
    }

    func user(_ id: UserID) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.user(id))
    }

    func user(email: String) async throws(DataError) -> User? {
        let email = EmailRule.lowercased(email)
        guard IdentifierRule.canExist(email) else { return nil }
        return try await database.optional(.user(email: email))
    }

    func deleteUser(_ id: UserID, transferTeamsTo newOwner: UserID?) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        try UserRules.validateTransfer(of: id, to: newOwner)
        return try await database.transaction { database in
            let administrators = try await database.all(.lockGlobalAdministrators())
            // Users are held in the order of their identifiers, and before their teams.
            var isHeirHeld = newOwner == nil
            if let newOwner, newOwner < id { isHeirHeld = try await database.optional(.holdUser(newOwner)) != nil }
            guard try await database.optional(.lockUserForDeletion(id)) != nil else { return false }
            if let newOwner, newOwner > id { isHeirHeld = try await database.optional(.holdUser(newOwner)) != nil }
            // Adding a member holds the team too, so nobody can join one of the user's teams between the check and the deletion.
            let teams = try await database.all(.lockOwnedTeams(of: id))
            guard isHeirHeld else { throw DataError.notFound(.user) }
            let ownsSharedTeam = newOwner == nil ? try await database.one(.ownsSharedTeam(id)) : false
            try UserRules.validateDeletion(isLastAdministrator: administrators.map(\.id) == [id], ownsSharedTeam: ownsSharedTeam)
            if let newOwner {
                for team in teams where !team.isDefault {
                    try await PostgresTeamService(database: database).transferTeam(team.id, to: newOwner)
                }
            }
            return try await database.execute(.deleteUser(id)) > 0
        }
    }
}
