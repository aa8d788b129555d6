import DeployStackModels

/// What the fields of a role may be.
enum RoleRules {
    /// The most permissions that a role has.
    static let maximumPermissions = 200
    /// The most definitions that are synchronised together.
    static let maximumDefinitions = 100

    static let systemRole = DataError.ruleViolation(.systemRoleImmutable, "a system role is changed by its definition only")
    static let missing = DataError.referenceMissing(.role, constraint: "authUser_role_id_fkey")

    static func name(_ name: String) throws(DataError) -> String {
        try TextRule(field: "name", characters: 1...100, isTrimmed: true).checked(name)
    }

    static func description(_ description: String?) throws(DataError) -> String? {
        try TextRule(field: "description", characters: 0...1_000).checked(description)
    }

    /// Permissions as they are stored: each once, in the given order.
    static func permissions(_ permissions: [String]) throws(DataError) -> [String] {
        guard permissions.count <= maximumPermissions else { throw .validation("permissions", "there may be at most \(maximumPermissions)") }
        var seen: Set<BytewiseString> = []
        var stored: [String] = []
        for permission in permissions {
            let permission = try TextRule(field: "permissions", characters: 1...100, isTrimmed: true).checked(permission)
            if seen.insert(permission.bytewise).inserted { stored.append(permission) }
        }
        return stored
    }

    /// Definitions as they are stored, in order of their identifiers, so that services that start together wait for each other only one way.
    static func definitions(_ definitions: [RoleDefinition]) throws(DataError) -> [RoleDefinition] {
        guard definitions.count <= maximumDefinitions else { throw .validation("definitions", "there may be at most \(maximumDefinitions)") }
        guard Set(definitions.map(\.id)).count == definitions.count else {
            throw .validation("definitions", "each identifier may occur once")
        }
        var stored: [RoleDefinition] = []
        for definition in definitions {
            guard IdentifierRule.canExist(definition.id) else { throw .validation("definitions.id", "it must have 1 to 255 bytes") }
            stored.append(
                RoleDefinition(
                    id: definition.id, name: try name(definition.name), description: try description(definition.description),
                    permissions: try permissions(definition.permissions)))
        }
        return stored.sorted { $0.id < $1.id }
    }
}

extension NewRole {
    /// The role as it is stored, or a validation error.
    func validated() throws(DataError) -> NewRole {
        NewRole(
            name: try RoleRules.name(name), description: try RoleRules.description(description), permissions: try RoleRules.permissions(permissions))
    }
}

extension RolePatch {
    /// The patch as it is applied, or a validation error.
    func validated() throws(DataError) -> RolePatch {
        var patch = self
        if let name { patch.name = try RoleRules.name(name) }
        if case .set(let text) = description { _ = try RoleRules.description(text) }
        if let permissions { patch.permissions = try RoleRules.permissions(permissions) }
        return patch
    }
}

extension Role {
    /// The record of a new role.
    init(_ role: NewRole, in environment: StoreEnvironment) {
        let now = environment.now()
        self.init(
            id: RoleID(environment.makeID()), name: role.name, description: role.description, permissions: role.permissions, isSystemRole: false,
            createdAt: now, updatedAt: now)
    }

    /// The record of a system role.
    init(_ definition: RoleDefinition, at now: Timestamp) {
        self.init(
            id: definition.id, name: definition.name, description: definition.description, permissions: definition.permissions, isSystemRole: true,
            createdAt: now, updatedAt: now)
    }

    /// Whether the role is a system role just as it is defined, to the byte.
    func agrees(with definition: RoleDefinition) -> Bool {
        isSystemRole && name.hasSameBytes(as: definition.name) && description?.bytewise == definition.description?.bytewise
            && permissions.map(\.bytewise) == definition.permissions.map(\.bytewise)
    }

    /// Changes the role as a patch says.
    mutating func apply(_ patch: RolePatch, at now: Timestamp) {
        if let name = patch.name { self.name = name }
        description = patch.description.applied(to: description)
        if let permissions = patch.permissions { self.permissions = permissions }
        updatedAt = now
    }
}
