import DeployStackModels

/// Roles in the in-memory tables.
struct InMemoryRoleRepository: RoleRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func all() async throws(DataError) -> [Role] {
        try await tables.read { $0.roleList() }
    }

    func role(_ id: RoleID) async throws(DataError) -> Role? {
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.read { $0.roles[id] }
    }

    func create(_ role: NewRole) async throws(DataError) -> Role {
        let role = Role(try role.validated(), in: environment)
        return try await tables.write { tables in
            try tables.insert(role)
            return role
        }
    }

    func update(_ id: RoleID, _ patch: RolePatch) async throws(DataError) -> Role? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id) else { return nil }
        return try await tables.write { tables in
            guard let role = tables.changeable(tables.roles[id]) else { return nil }
            guard !role.isSystemRole else { throw RoleRules.systemRole }
            let now = environment.now()
            return try tables.update(Role.self, id.bytewise) { $0.apply(patch, at: now) }
        }
    }

    func delete(_ id: RoleID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            guard let role = tables.roles[id] else { return false }
            guard !role.isSystemRole else { throw RoleRules.systemRole }
            return try tables.delete(Role.self, [id.bytewise]) > 0
        }
    }

    func sync(_ definitions: [RoleDefinition]) async throws(DataError) -> RoleSyncReport {
        let definitions = try RoleRules.definitions(definitions)
        return try await tables.write { tables in
            var report = RoleSyncReport()
            let now = environment.now()
            for definition in definitions {
                var wanted = Role(definition, at: now)
                guard let stored = tables.roles[definition.id] else {
                    try tables.insert(wanted)
                    report.created.append(definition.id)
                    continue
                }
                guard !stored.agrees(with: definition) else { continue }
                wanted.createdAt = stored.createdAt
                let changed = wanted
                _ = try tables.update(Role.self, definition.id.bytewise) { $0 = changed }
                report.updated.append(definition.id)
            }
            return report
        }
    }

    func userHasPermission(_ user: UserID, _ permission: String) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(permission) else { return false }
        return try await tables.read { tables in
            guard let role = tables.users[user]?.roleID.flatMap({ tables.roles[$0] }) else { return false }
            return role.permissions.contains { $0.hasSameBytes(as: permission) }
        }
    }
}

extension InMemoryTables {
    /// All roles, by name and identifier.
    func roleList() -> [Role] {
        roles.all.sorted { ($0.name.bytewise, $0.id.bytewise) < ($1.name.bytewise, $1.id.bytewise) }
    }
}
