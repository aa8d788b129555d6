import DeployStackModels

/// What a server's schemas call secret from now on. Values that were stored before are encrypted in the transaction that changes the schemas, so nobody reads
/// them in clear afterwards.
struct NewSecrets: Sendable {
    let schemas: McpConfigurationSchemas

    /// Compares schemas before and after a change, or gives `nil` when nothing becomes secret.
    init?(from old: McpConfigurationSchemas, to new: McpConfigurationSchemas) {
        guard new.team.hasSecrets(beside: old.team) || new.user.hasSecrets(beside: old.user) else { return nil }
        schemas = new
    }

    /// The stored values of a row with all secrets encrypted, or `nil` when they are already.
    ///
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `encryptionSecretRequired` when there is a secret and nothing to encrypt it with.
    func sealed(_ row: StoredConfiguration, with cipher: SecretCipher?) throws(DataError) -> TeamConfiguration? {
        let sealed = try row.values.sealedThroughout(for: schemas.team, with: cipher, at: row.place)
        return sealed == row.values ? nil : sealed
    }

    /// The stored values of a row with all secrets encrypted, or `nil` when they are already.
    func sealed(_ row: StoredUserValues, with cipher: SecretCipher?) throws(DataError) -> UserConfigurationValues? {
        let sealed = try row.values.sealedThroughout(for: schemas.user, with: cipher, at: row.place)
        return sealed == row.values ? nil : sealed
    }
}

extension McpConfigurationSchemas.Tier {
    /// Whether anything is secret here that is not in another schema.
    fileprivate func hasSecrets(beside old: Self) -> Bool {
        [(args, old.args), (env, old.env), (headers, old.headers), (queryParams, old.queryParams)].contains { new, old in
            !SchemaEntry.secretNames(of: new).isSubset(of: SchemaEntry.secretNames(of: old))
        }
    }
}

extension SchemaEntry {
    /// The names whose values are secret; of several entries of one name the first counts.
    static func secretNames(of schema: JSONValue) -> Set<BytewiseString> {
        let entries = Dictionary(entries(of: schema).map { (BytewiseString($0.name), $0.isSecret) }) { first, _ in first }
        return Set(entries.filter(\.value).keys)
    }
}

extension Database {
    /// Encrypts what the installations of some servers hold in clear and is secret now.
    ///
    /// The installations are held until the transaction ends. Whoever stores a configuration holds its installation before reading what is secret, so either
    /// comes after this and encrypts, or comes before and is seen here.
    func seal(_ secrets: [McpServerID: NewSecrets]) async throws(DataError) {
        guard !secrets.isEmpty else { return }
        let servers = secrets.keys.sorted()
        for row in try await all(.lockConfigurations(of: servers)) {
            guard let sealed = try secrets[row.server]?.sealed(row.stored, with: environment.cipher) else { continue }
            _ = try await execute(.storeConfiguration(sealed, of: row.stored.id))
        }
        for row in try await all(.lockUserValues(of: servers)) {
            guard let sealed = try secrets[row.server]?.sealed(row.stored, with: environment.cipher) else { continue }
            _ = try await execute(.storeUserValues(sealed, in: row.stored.id))
        }
    }
}

extension InMemoryTables {
    /// Encrypts what the installations of some servers hold in clear and is secret now.
    mutating func seal(_ secrets: [McpServerID: NewSecrets], with cipher: SecretCipher?) throws(DataError) {
        let installed = secrets.keys.flatMap { installations.rows(referringTo: $0.rawValue, by: McpInstallation.serverReference) }
        for row in installed.sorted(by: { $0.id < $1.id }) {
            let stored = StoredConfiguration(id: row.id, values: row.configuration)
            guard let sealed = try secrets[row.serverID]?.sealed(stored, with: cipher) else { continue }
            try StoredConfiguration.store(sealed, in: row.id, of: &self)
        }
        let servers = Dictionary(installed.map { ($0.id, $0.serverID) }) { first, _ in first }
        let configured = installed.flatMap {
            userConfigurations.rows(referringTo: $0.id.rawValue, by: UserConfigurationRow.installationReference)
        }
        for row in configured.sorted(by: { $0.id < $1.id }) {
            guard let sealed = try servers[row.installationID].flatMap({ secrets[$0] })?.sealed(StoredUserValues(row), with: cipher) else { continue }
            try StoredUserValues.store(sealed, in: row.id, of: &self)
        }
    }
}
