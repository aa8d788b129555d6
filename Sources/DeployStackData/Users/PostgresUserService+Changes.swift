import DeployStackModels

// Finding users by other keys, listing and changing them.
extension PostgresUserService {
    func user(username: String) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(username) else { return nil }
        return try await database.optional(.user(username: username))
    }

    func user(githubID: String) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(githubID) else { return nil }
        return try await database.optional(.user(githubID: githubID))
    }

    func userWithRole(_ id: UserID) async throws(DataError) -> UserWithRole? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.userWithRole(id))
    }

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        try page.validate()
        let search = try UserRules.search(search)
        if let role, !IdentifierRule.canExist(role) { return PageResult(items: [], total: 0, page: page) }
        return try await database.page(.users(search: search, role: role, page: page), page)
    }

    func users(withRole role: RoleID, page: Page?) async throws(DataError) -> [User] {
        try page?.validate()
        guard IdentifierRule.canExist(role) else { return [] }
        return try await database.all(.users(withRole: role, page: page))
    }

    func countByRole() async throws(DataError) -> [RoleCount] {
        try await database.all(.countByRole())
    }

    func updateUser(_ id: UserID, _ patch: UserPatch) async throws(DataError) -> User? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            // Whoever may take the role of the last administrator holds all of them first, in one order.
            let administrators = patch.roleID != nil ? try await database.all(.lockGlobalAdministrators()) : []
            guard var user = try await database.optional(.lockUser(id)) else { return nil }
            try UserRules.validate(patch, of: user, administrators: administrators.count)
            user.apply(patch, at: database.environment.now())
            return try await database.one(.updateUser(user))
        }
    }
}
