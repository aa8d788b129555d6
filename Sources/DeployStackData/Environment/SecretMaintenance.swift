public import DeployStackModels
import PostgresDriver

/// Brings stored secrets to the store's current key.
package protocol SecretMaintenance: Sendable {
    /// Encrypts what a batch of rows at a time holds anew, and stops at the first value that cannot be decrypted.
    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport
}

/// Values that somebody configured, with their secrets, as they are stored.
protocol StoredValues: Sendable {
    associatedtype Tag
    associatedtype Values: ConfiguredValues & Equatable

    var id: Identifier<Tag> { get }
    var place: SecretPlace { get }
    var values: Values { get }

    /// The next rows after one that hold secrets, in the order of their identifiers.
    static func next(after id: Identifier<Tag>, limit: Int) -> Statement<Self>

    static func store(_ values: Values, in id: Identifier<Tag>) -> Statement<Void>
}

/// What a team configured for an installation.
struct StoredConfiguration: StoredValues {
    var id: McpInstallationID
    var values: TeamConfiguration

    var place: SecretPlace { .installation(id) }

    static func next(after id: McpInstallationID, limit: Int) -> Statement<Self> { .sealedConfigurations(after: id, limit: limit) }

    static func store(_ values: TeamConfiguration, in id: McpInstallationID) -> Statement<Void> { .storeConfiguration(values, of: id) }
}

/// What a user configured for an installation.
struct StoredUserValues: StoredValues {
    var id: McpUserConfigurationID
    var place: SecretPlace
    var values: UserConfigurationValues

    static func next(after id: McpUserConfigurationID, limit: Int) -> Statement<Self> { .sealedUserConfigurations(after: id, limit: limit) }

    static func store(_ values: UserConfigurationValues, in id: McpUserConfigurationID) -> Statement<Void> { .storeUserValues(values, in: id) }
}

extension ReencryptionReport {
    static func + (one: ReencryptionReport, other: ReencryptionReport) -> ReencryptionReport {
        ReencryptionReport(examined: one.examined + other.examined, reencrypted: one.reencrypted + other.reencrypted)
    }
}

/// Secrets in PostgreSQL.
struct PostgresSecretMaintenance: SecretMaintenance {
    let database: Database

    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        let batchSize = try GrantRules.checked(batchSize: batchSize)
        guard let cipher = database.environment.cipher else { throw SecretCipher.secretRequired }
        let settings = try await reencryptSettings(with: cipher)
        let installations = try await reencrypt(StoredConfiguration.self, with: cipher, batchSize: batchSize)
        return settings + installations + (try await reencrypt(StoredUserValues.self, with: cipher, batchSize: batchSize))
    }

    /// Each batch is a transaction of its own, so that no row is held for long; one that is changed meanwhile is waited for.
    private func reencrypt<Row: StoredValues>(
        _ rows: Row.Type, with cipher: SecretCipher, batchSize: Int
    ) async throws(DataError) -> ReencryptionReport {
        var report = ReencryptionReport()
        var last: Identifier<Row.Tag>? = ""
        while let after = last {
            let (done, end) = try await database.transaction { database in
                let batch = try await database.all(Row.next(after: after, limit: batchSize))
                var report = ReencryptionReport(examined: batch.count)
                for row in batch {
                    let resealed = try row.values.resealed(with: cipher, at: row.place)
                    guard resealed != row.values else { continue }
                    _ = try await database.execute(Row.store(resealed, in: row.id))
                    report.reencrypted += 1
                }
                return (report, batch.count == batchSize ? batch.last?.id : nil)
            }
            report = report + done
            last = end
        }
        return report
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
            for row in tables.userConfigurations.all.sorted(by: { $0.id < $1.id }) where row.configuration.values.holdsSecrets {
                report.examined += 1
                let resealed = try row.configuration.values.resealed(with: cipher, at: .userConfiguration(of: row.userID, for: row.installationID))
                guard resealed != row.configuration.values else { continue }
                try tables.update(UserConfigurationRow.self, row.id.bytewise) { $0.configuration.values = resealed }
                report.reencrypted += 1
            }
            return report
        }
    }
}

extension ConfiguredValues {
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
