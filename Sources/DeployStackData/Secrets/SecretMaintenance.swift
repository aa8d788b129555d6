public import DeployStackModels

/// Brings stored secrets to the store's current key.
package protocol SecretMaintenance: Sendable {
    /// Encrypts what a batch of rows at a time holds anew, and stops at the first value that cannot be decrypted.
    func reencrypt(batchSize: Int) async throws(DataError) -> ReencryptionReport
}

extension DataStore {
    /// Encrypts every stored secret anew that was encrypted with a previous key (``EncryptionSecret``), so that the previous secrets are needed no more.
    ///
    /// It works through the database in batches of their own, can be ended at any point and begun again, and disturbs nobody for longer than a batch takes.
    /// Inside a transaction everything is part of that.
    ///
    /// - Parameter batchSize: How many rows are held at a time, 1 to 100 000.
    /// - Returns: How many rows hold secrets, and how many were encrypted anew. All of them can be read with the current key alone.
    /// - Throws: ``DataError`` of kind `.undecryptable` when a value cannot be decrypted, for example because its key was not given, or because it names the
    ///   current key and was encrypted with another secret; of its batch nothing is changed, and what was done before that stays done. `.ruleViolation` with rule `encryptionSecretRequired` when the store was opened without a secret.
    @discardableResult
    public func reencryptSecrets(batchSize: Int = 500) async throws(DataError) -> ReencryptionReport {
        try await backend.services.secrets.reencrypt(batchSize: batchSize)
    }
}
