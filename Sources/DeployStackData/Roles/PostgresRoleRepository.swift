import DeployStackModels

/// Roles in PostgreSQL.
struct PostgresRoleRepository: RoleRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func all() async throws(DataError) -> [Role] {
        try await database.all(.allRoles())
    }

    func role(_ id: RoleID) async throws(DataError) -> Role? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.optional(.role(id))
    }

    func create(_ role: NewRole) async throws(DataError) -> Role {
        try await database.one(.createRole(Role(try role.validated(), in: environment)))
    }

    func update(_ id: RoleID, _ patch: RolePatch) async throws(DataError) -> Role? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await database.transaction { database in
            guard var role = try await database.optional(.lockRole(id)) else { return nil }
            guard !role.isSystemRole else { throw RoleRules.systemRole }
            role.apply(patch, at: environment.now())
            return try await database.one(.updateRole(role))
        }
    }

    func delete(_ id: RoleID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        if try await database.execute(.deleteRole(id)) > 0 { return true }
        // Asked only after nothing was deleted: a system role refused it, or there is no such role.
        if try await database.optional(.role(id))?.isSystemRole == true { throw RoleRules.systemRole }
        return false
    }

    func sync(_ definitions: [RoleDefinition]) async throws(DataError) -> RoleSyncReport {
        let definitions = try RoleRules.definitions(definitions)
        return try await database.transaction { database in
            _ = try await database.execute(.hold(.roleSync))
            var report = RoleSyncReport()
            let now = environment.now()
            for definition in definitions {
                let wanted = Role(definition, at: now)
                if try await database.optional(.createRoleIfMissing(wanted)) != nil {
                    report.created.append(definition.id)
                } else if let stored = try await database.optional(.role(definition.id)), !stored.agrees(with: definition) {
                    _ = try await database.one(.updateRole(wanted))
                    report.updated.append(definition.id)
                }
            }
            return report
        }
    }

    func userHasPermission(_ user: UserID, _ permission: String) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(permission) else { return false }
        return try await database.one(.userHasPermission(user, permission))
    }
}
