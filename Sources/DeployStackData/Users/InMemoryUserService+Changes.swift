import DeployStackModels

// Finding users by other keys, listing and changing them.
extension InMemoryUserService {
    func user(username: String) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(username) else { return nil }
        return try await tables.read { $0.users.row(User.usernameKey, username) }
    }

    func user(githubID: String) async throws(DataError) -> User? {
        guard IdentifierRule.canExist(githubID) else { return nil }
        return try await tables.read { $0.users.row(User.githubKey, githubID) }
    }

    func userWithRole(_ id: UserID) async throws(DataError) -> UserWithRole? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { tables in
            tables.users[id].map { UserWithRole(user: $0, role: $0.roleID.flatMap { tables.roles[$0] }) }
        }
    }

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        try page.validate()
        let search = try UserRules.search(search)
        if let role, !IdentifierRule.canExist(role) { return PageResult(items: [], total: 0, page: page) }
        return try await tables.read { tables in
            let users = tables.users.all.filter { user in
                (role == nil || user.roleID == role) && (search.map { user.matches($0) } ?? true)
            }
            return PageResult(of: users.inOrder, page).map { user in
                UserWithRole(user: user, role: user.roleID.flatMap { tables.roles[$0] })
            }
        }
    }

    func users(withRole role: RoleID, page: Page?) async throws(DataError) -> [User] {
        try page?.validate()
        guard IdentifierRule.canExist(role) else { return [] }
        return try await tables.read { tables in
            tables.users.rows(referringTo: role.rawValue, by: User.roleReference).inOrder.slice(page)
        }
    }

    func countByRole() async throws(DataError) -> [RoleCount] {
        try await tables.read { tables in
            tables.roleList().map { role in
                RoleCount(role: role, userCount: tables.users.rows(referringTo: role.id.rawValue, by: User.roleReference).count)
            }
        }
    }

    func updateUser(_ id: UserID, _ patch: UserPatch) async throws(DataError) -> User? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            guard let user = tables.users[id] else { return nil }
            let administrators = tables.users.rows(referringTo: RoleID.globalAdministrator.rawValue, by: User.roleReference)
            try UserRules.validate(patch, of: user, administrators: administrators.count)
            let now = environment.now()
            return try tables.update(User.self, id.bytewise) { $0.apply(patch, at: now) }
        }
    }
}

extension Sequence<User> {
    /// The users by username and identifier.
    fileprivate var inOrder: [User] {
        sorted { ($0.username.bytewise, $0.id.bytewise) < ($1.username.bytewise, $1.id.bytewise) }
    }
}

extension User {
    /// Whether a text occurs in a name or the address.
    fileprivate func matches(_ search: SubstringRule) -> Bool {
        search.matches(username) || search.matches(email) || search.matches(firstName) || search.matches(lastName)
    }
}
