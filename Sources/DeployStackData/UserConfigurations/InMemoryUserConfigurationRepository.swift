import DeployStackModels

/// Users' configurations in the in-memory tables.
struct InMemoryUserConfigurationRepository: UserConfigurationRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func configuration(_ installation: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> McpUserConfiguration? {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return nil }
        return try await tables.read { tables in
            guard let team = tables.installations[installation]?.teamID, tables.membership(of: user, in: team) != nil else { return nil }
            return try tables.userConfiguration(installation, user: user)?.revealed(reveal, with: environment.cipher)
        }
    }

    func save(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues
    ) async throws(DataError) -> McpUserConfiguration {
        try configuration.validateShapes()
        return try await tables.write { tables in
            let schema = try tables.configurableSchema(installation, user: user, team: team)
            let stored = tables.userConfiguration(installation, user: user)
            let sealed = try configuration.sealed(
                for: schema, with: environment.cipher, at: .userConfiguration(of: user, for: installation), keeping: stored?.values)
            var record = McpUserConfiguration(sealed, of: installation, user: user, in: environment)
            if let stored {
                (record.id, record.createdAt, record.lastUsedAt) = (stored.id, stored.createdAt, stored.lastUsedAt)
            }
            try tables.store(record)
            try tables.moveInstance(of: installation, user: user, schema, from: stored?.values, to: sealed, at: environment.now())
            return record.masked
        }
    }

    func update(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ patch: UserConfigurationPatch
    ) async throws(DataError) -> McpUserConfiguration? {
        let given = patch.given
        try given.validateShapes()
        return try await tables.write { tables in
            let schema = try tables.configurableSchema(installation, user: user, team: team)
            guard var record = tables.userConfiguration(installation, user: user) else { return nil }
            let old = record.values
            let sealed = try given.sealed(
                for: schema, with: environment.cipher, at: .userConfiguration(of: user, for: installation), keeping: old)
            record.values = patch.applied(to: old, sealed: sealed)
            record.updatedAt = environment.now()
            try tables.store(record)
            try tables.moveInstance(of: installation, user: user, schema, from: old, to: record.values, at: environment.now())
            return record.masked
        }
    }

    func delete(_ id: McpUserConfigurationID, user: UserID, team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await tables.write { tables in
            guard let record = tables.userConfigurations[id]?.configuration, record.userID == user,
                let schema = try? tables.configurableSchema(record.installationID, user: user, team: team)
            else { return false }
            try tables.delete(UserConfigurationRow.self, [id.bytewise])
            try tables.moveInstance(
                of: record.installationID, user: user, schema, from: record.values, to: UserConfigurationValues(), at: environment.now())
            return true
        }
    }

    func list(user: UserID, team: TeamID) async throws(DataError) -> [McpUserConfiguration] {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { tables in
            guard tables.membership(of: user, in: team) != nil else { return [] }
            return tables.userConfigurations.rows(referringTo: user.rawValue, by: UserConfigurationRow.userReference)
                .filter { tables.installations[$0.installationID]?.teamID == team }
                .map(\.configuration.masked)
                .sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
        }
    }
}

extension InMemoryTables {
    /// A user's configuration of an installation, its secrets encrypted.
    func userConfiguration(_ installation: McpInstallationID, user: UserID) -> McpUserConfiguration? {
        userConfigurations.row(UserConfigurationRow.memberKey, installation.rawValue, user.rawValue)?.configuration
    }

    /// What a member of a team may set for an installation of it.
    fileprivate func configurableSchema(_ id: McpInstallationID, user: UserID, team: TeamID) throws(DataError) -> McpConfigurationSchemas.Tier {
        guard let installation = installations[id], installation.teamID == team, membership(of: user, in: team) != nil,
            let server = servers[installation.serverID]
        else { throw .notFound(.installation) }
        return server.details.configuration.user
    }

    /// Stores a configuration in place of the one with its identifier.
    fileprivate mutating func store(_ record: McpUserConfiguration) throws(DataError) {
        guard userConfigurations[record.id] != nil else { return try insert(UserConfigurationRow(record)) }
        try update(UserConfigurationRow.self, record.id.bytewise) { $0 = UserConfigurationRow(record) }
    }

    fileprivate mutating func moveInstance(
        of installation: McpInstallationID, user: UserID, _ schema: McpConfigurationSchemas.Tier, from old: UserConfigurationValues?,
        to new: UserConfigurationValues, at now: Timestamp
    ) throws(DataError) {
        guard let instance = instances.row(InstanceRow.memberKey, installation.rawValue, user.rawValue)?.instance,
            let move = StatusMove.moves(schema, from: old, to: new).first(where: { $0.from == instance.status })
        else { return }
        try update(InstanceRow.self, instance.id.bytewise) { row in
            row.instance.setStatus(move.to, message: nil, happened: max(row.instance.statusUpdatedAt, now), at: now)
        }
    }
}
