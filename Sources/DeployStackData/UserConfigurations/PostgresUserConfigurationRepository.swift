import DeployStackModels

/// Users' configurations in PostgreSQL.
struct PostgresUserConfigurationRepository: UserConfigurationRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func configuration(_ installation: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> McpUserConfiguration? {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return nil }
        let stored = try await database.optional(.userConfiguration(installation, user: user))
        return try stored?.sealed.revealed(reveal, with: environment.cipher)
    }

    func save(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues
    ) async throws(DataError) -> McpUserConfiguration {
        try configuration.validateShapes()
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user), IdentifierRule.canExist(team) else {
            throw .notFound(.installation)
        }
        return try await database.transaction { database in
            guard let found = try await lockConfigurable(installation, user: user, team: team, database) else {
                throw DataError.notFound(.installation)
            }
            let stored = try await database.optional(.userConfiguration(installation, user: user))?.sealed
            let sealed = try configuration.sealed(
                for: found.schema, with: environment.cipher, at: .userConfiguration(of: user, for: installation), keeping: stored?.values)
            let record = McpUserConfiguration(sealed, of: installation, user: user, in: environment)
            let saved = try await database.one(.saveUserConfiguration(record)).sealed
            try await moveInstance(found, from: stored?.values, to: saved.values, user: user, database)
            return saved.masked
        }
    }

    func update(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ patch: UserConfigurationPatch
    ) async throws(DataError) -> McpUserConfiguration? {
        let given = patch.given
        try given.validateShapes()
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user), IdentifierRule.canExist(team) else {
            throw .notFound(.installation)
        }
        return try await database.transaction { database in
            guard let found = try await lockConfigurable(installation, user: user, team: team, database) else {
                throw DataError.notFound(.installation)
            }
            guard var record = try await database.optional(.userConfiguration(installation, user: user))?.sealed else { return nil }
            let old = record.values
            let sealed = try given.sealed(
                for: found.schema, with: environment.cipher, at: .userConfiguration(of: user, for: installation), keeping: old)
            record.values = patch.applied(to: old, sealed: sealed)
            record.updatedAt = environment.now()
            let saved = try await database.one(.saveUserConfiguration(record)).sealed
            try await moveInstance(found, from: old, to: saved.values, user: user, database)
            return saved.masked
        }
    }

    func delete(_ id: McpUserConfigurationID, user: UserID, team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return false }
        return try await database.transaction { database in
            guard let installation = try await database.optional(.installation(ofConfiguration: id, user: user)),
                let found = try await lockConfigurable(installation, user: user, team: team, database),
                let stored = try await database.optional(.userConfiguration(installation, user: user))?.sealed, stored.id == id
            else { return false }
            _ = try await database.execute(.deleteUserConfiguration(id))
            try await moveInstance(found, from: stored.values, to: UserConfigurationValues(), user: user, database)
            return true
        }
    }

    func list(user: UserID, team: TeamID) async throws(DataError) -> [McpUserConfiguration] {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.userConfigurations(user: user, team: team)).map(\.sealed.masked)
    }

    /// Holds an installation for a member who configures it, and then reads what may be set: who makes something of it secret encrypts what is stored, and
    /// waits for the installation before.
    private func lockConfigurable(
        _ id: McpInstallationID, user: UserID, team: TeamID, _ database: Database
    ) async throws(DataError) -> ConfigurableInstallation? {
        guard try await database.optional(.lockConfigurableInstallation(id, user: user, team: team)) != nil else { return nil }
        return try await database.optional(.configurableInstallation(id))
    }

    private func moveInstance(
        _ installation: ConfigurableInstallation, from old: UserConfigurationValues?, to new: UserConfigurationValues, user: UserID,
        _ database: Database
    ) async throws(DataError) {
        for move in StatusMove.moves(installation.schema, from: old, to: new) {
            let moved = try await database.execute(
                .moveInstance(installation: installation.id, user: user, from: move.from, to: move.to, at: environment.now()))
            if moved > 0 { return }
        }
    }
}
