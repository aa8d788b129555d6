import DeployStackModels

/// Users in the in-memory tables.
struct InMemoryUserService: UserService {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func createUser(_ user: NewUser, withDefaultTeam: Bool) async throws(DataError) -> User {
        let user = try user.validated()
        return try await tables.write { tables in
            let created = User(user, isFirst: tables.users.count == 0, in: environment)
            try tables.insert(created)
            if withDefaultTeam {
                _ = try tables.createDefaultTeam(NewTeam(defaultFor: created.id, username: created.username).validated(), in: environment)
            }
            return created
        }
    }

    func user(_ id: UserID) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.users[id] }
    }

    func user(email: String) async throws(DataError) -> User? {
        let email = EmailRule.lowercased(email)
        guard IdentifierRule.canExist(email) else { return nil }
        return try await tables.read { $0.users.row(User.lowercaseEmailKey, email) }
    }

    func deleteUser(_ id: UserID, transferTeamsTo newOwner: UserID?) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        try UserRules.validateTransfer(of: id, to: newOwner)
        return try await tables.write { tables in
            guard tables.users[id] != nil else { return false }
            let administrators = tables.users.rows(referringTo: RoleID.globalAdministrator.rawValue, by: User.roleReference)
            if let newOwner, tables.users[newOwner] == nil { throw DataError.notFound(.user) }
            try UserRules.validateDeletion(
                isLastAdministrator: administrators.map(\.id) == [id], ownsSharedTeam: newOwner == nil && tables.ownsSharedTeam(id))
            if let newOwner {
                let teams = tables.teams.rows(referringTo: id.rawValue, by: Team.ownerReference)
                for team in teams.sorted(by: { $0.id < $1.id }) where !team.isDefault {
                    try tables.transferTeam(team.id, to: newOwner, in: environment)
                }
            }
            return try tables.delete(User.self, [id.bytewise]) > 0
        }
    }
}

extension InMemoryTables {
    /// Whether the user owns a team that others belong to.
    fileprivate func ownsSharedTeam(_ user: UserID) -> Bool {
        teams.rows(referringTo: user.rawValue, by: Team.ownerReference).contains { team in
            !team.isDefault && members(of: team.id).contains { $0.userID != user }
        }
    }
}
