public import DeployStackData

extension StoreOptions {
    /// Options with which a store does exactly the same in every run: a clock that stands still, identifiers that count, and bytes from a seed.
    ///
    /// Two stores with options of their own from here, on whatever backends, give equal answers to equal calls.
    ///
    /// - Parameters:
    ///   - clock: What shows the time.
    ///   - seed: Where the random bytes begin.
    ///   - encryptionSecret: The key that encrypts secrets, or `nil` when the store refuses to store secrets.
    public static func reproducible(
        clock: ManualTimeSource = ManualTimeSource(), seed: UInt64 = 0, encryptionSecret: EncryptionSecret? = nil
    ) -> StoreOptions {
        StoreOptions(
            timeSource: clock, idGenerator: SequentialIDGenerator(), randomSource: SeededRandomSource(seed: seed), encryptionSecret: encryptionSecret)
    }
}
