import DeployStackModels

/// Secrets in the in-memory tables.
struct InMemorySecretMaintenance: SecretBatches {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func resealSettings(with cipher: SecretCipher) async throws(DataError) -> ReencryptionReport {
        try await tables.write { tables in
            var report = ReencryptionReport()
            for setting in tables.settings.all.filter(\.isEncrypted).sorted(by: { $0.key.bytewise < $1.key.bytewise }) {
                report.examined += 1
                guard let sealed = try cipher.reseal(stored: setting.value, at: .setting(setting.key)) else { continue }
                try tables.update(StoredSetting.self, setting.key.bytewise) { $0.value = sealed.stored }
                report.reencrypted += 1
            }
            return report
        }
    }

    func reseal<Row: StoredValues>(
        _ rows: Row.Type, after id: Identifier<Row.Tag>, limit: Int, with cipher: SecretCipher
    ) async throws(DataError) -> (report: ReencryptionReport, end: Identifier<Row.Tag>?) {
        try await tables.write { tables in
            let batch = Row.all(in: tables).filter { $0.id > id && $0.values.holdsSecrets }.sorted { $0.id < $1.id }.prefix(limit)
            var report = ReencryptionReport(examined: batch.count)
            for row in batch {
                guard let values = try row.resealed(with: cipher) else { continue }
                try Row.store(values, in: row.id, of: &tables)
                report.reencrypted += 1
            }
            return (report, batch.count == limit ? batch.last?.id : nil)
        }
    }
}

extension ConfiguredValues {
    /// Whether any value is encrypted.
    var holdsSecrets: Bool { [args, env, headers, queryParams].contains { $0?.holdsSealed ?? false } }
}
