public import DeployStackModels

/// Brings stored secrets to the store's current key.
package protocol SecretMaintenance: Sendable {
    /// Encrypts what a batch of rows at a time holds anew, and stops at the first value that cannot be decrypted.
    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport
}

/// An installation with its configuration as it is stored.
struct StoredConfiguration: Sendable {
    var id: McpInstallationID
    var configuration: TeamConfiguration
}

/// Secrets in PostgreSQL.
struct PostgresSecretMaintenance: SecretMaintenance {
    let database: Database

    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        let batchSize = try GrantRules.checked(batchSize: batchSize)
        guard let cipher = database.environment.cipher else { throw SecretCipher.secretRequired }
        var report = try await reencryptSettings(with: cipher)
        var last: McpInstallationID = ""
        while true {
            let (after, soFar) = (last, report)
            // Each batch is a transaction of its own, so that no installation is held for long; one that is changed meanwhile is waited for.
            let (batch, now) = try await database.transaction { database in
                var report = soFar
                let batch = try await database.all(.sealedConfigurations(after: after, limit: batchSize))
                for row in batch {
                    report.examined += 1
                    let resealed = try row.configuration.resealed(with: cipher, at: .installation(row.id))
                    guard resealed != row.configuration else { continue }
                    _ = try await database.execute(.storeConfiguration(resealed, of: row.id))
                    report.reencrypted += 1
                }
                return (batch, report)
            }
            report = now
            guard batch.count == batchSize, let end = batch.last else { return report }
            last = end.id
        }
    }

    /// There are so few settings that they are one batch.
    private func reencryptSettings(with cipher: SecretCipher) async throws(DataError) -> ReencryptionReport {
        try await database.transaction { database in
            var report = ReencryptionReport()
            for setting in try await database.all(.sealedSettings()) {
                report.examined += 1
                guard let sealed = try cipher.reseal(stored: setting.value, at: .setting(setting.key)) else { continue }
                _ = try await database.execute(.storeSealedSetting(setting.key, sealed.stored))
                report.reencrypted += 1
            }
            return report
        }
    }
}

/// Secrets in the in-memory tables.
struct InMemorySecretMaintenance: SecretMaintenance {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        _ = try GrantRules.checked(batchSize: batchSize)
        guard let cipher = environment.cipher else { throw SecretCipher.secretRequired }
        return try await tables.write { tables in
            var report = ReencryptionReport()
            for setting in tables.settings.all.filter(\.isEncrypted).sorted(by: { $0.key.bytewise < $1.key.bytewise }) {
                report.examined += 1
                guard let sealed = try cipher.reseal(stored: setting.value, at: .setting(setting.key)) else { continue }
                try tables.update(StoredSetting.self, setting.key.bytewise) { $0.value = sealed.stored }
                report.reencrypted += 1
            }
            for row in tables.installations.all.sorted(by: { $0.id < $1.id }) where row.configuration.holdsSecrets {
                report.examined += 1
                let resealed = try row.configuration.resealed(with: cipher, at: .installation(row.id))
                guard resealed != row.configuration else { continue }
                try tables.update(McpInstallation.self, row.id.bytewise) { $0.configuration = resealed }
                report.reencrypted += 1
            }
            return report
        }
    }
}

extension TeamConfiguration {
    /// Whether any value is encrypted.
    var holdsSecrets: Bool { [args, env, headers, queryParams].contains { $0?.holdsSealed ?? false } }
}

extension DataStore {
    /// Encrypts every stored secret anew that was encrypted with a previous key (``EncryptionSecret``), so that the previous secrets are needed no more.
    ///
    /// It works through the database in batches of their own, can be ended at any point and begun again, and disturbs nobody for longer than a batch takes.
    /// Inside a transaction everything is part of that.
    ///
    /// - Parameter batchSize: How many rows are held at a time, 1 to 100 000.
    /// - Returns: How many rows hold secrets, and how many were encrypted anew.
    /// - Throws: ``DataError`` of kind `.undecryptable` when a value cannot be decrypted, for example because its key was not given; what was done before it stays
    ///   done. `.ruleViolation` with rule `encryptionSecretRequired` when the store was opened without a secret.
    @discardableResult
    public func reencryptSecrets(batchSize: Int = 500) async throws(DataError) -> ReencryptionReport {
        try await backend.services.secrets.reencrypt(batchSize: batchSize)
    }
}
