import DeployStackModels
import PostgresDriver

/// Secrets in PostgreSQL.
struct PostgresSecretMaintenance: SecretBatches {
    let database: Database

    var environment: StoreEnvironment { database.environment }

    func resealSettings(with cipher: SecretCipher) async throws(DataError) -> ReencryptionReport {
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

    /// A row that is changed meanwhile is waited for.
    func reseal<Row: StoredValues>(
        _ rows: Row.Type, after id: Identifier<Row.Tag>, limit: Int, with cipher: SecretCipher
    ) async throws(DataError) -> (report: ReencryptionReport, end: Identifier<Row.Tag>?) {
        try await database.transaction { database in
            let batch = try await database.all(Row.next(after: id, limit: limit))
            var report = ReencryptionReport(examined: batch.count)
            for row in batch {
                guard let values = try row.resealed(with: cipher) else { continue }
                _ = try await database.execute(Row.store(values, in: row.id))
                report.reencrypted += 1
            }
            return (report, batch.count == limit ? batch.last?.id : nil)
        }
    }
}
