import DeployStackModels

/// Brings secrets to the current key a batch at a time, each in a transaction of its own, so that no row is held for long.
protocol SecretBatches: SecretMaintenance {
    var environment: StoreEnvironment { get }

    /// Encrypts the settings anew. There are so few that they are one batch.
    func resealSettings(with cipher: SecretCipher) async throws(DataError) -> ReencryptionReport

    /// Encrypts the rows after one anew, as many as a batch has. `end` is the last of them, or `nil` when there are no more.
    func reseal<Row: StoredValues>(
        _ rows: Row.Type, after id: Identifier<Row.Tag>, limit: Int, with cipher: SecretCipher
    ) async throws(DataError) -> (report: ReencryptionReport, end: Identifier<Row.Tag>?)
}

extension SecretBatches {
    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport {
        let batchSize = try GrantRules.checked(batchSize: batchSize)
        guard let cipher = environment.cipher else { throw SecretCipher.secretRequired }
        var report = try await resealSettings(with: cipher)
        try await reseal(StoredConfiguration.self, limit: batchSize, with: cipher, &report)
        try await reseal(StoredUserValues.self, limit: batchSize, with: cipher, &report)
        return report
    }

    private func reseal<Row: StoredValues>(
        _ rows: Row.Type, limit: Int, with cipher: SecretCipher, _ report: inout ReencryptionReport
    ) async throws(DataError) {
        var last: Identifier<Row.Tag>? = ""
        while let after = last {
            let batch = try await reseal(rows, after: after, limit: limit, with: cipher)
            report.examined += batch.report.examined
            report.reencrypted += batch.report.reencrypted
            last = batch.end
        }
    }
}

extension StoredValues {
    /// The values encrypted with the current key, or `nil` when they are already.
    func resealed(with cipher: SecretCipher) throws(DataError) -> Values? {
        let resealed = try values.resealed(with: cipher, at: place)
        return resealed == values ? nil : resealed
    }
}
