import Crypto
import DeployStackModels
import Logging

/// What every service of a store shares: time, identifiers, randomness and secrets. One object, because every call hands it on.
final class StoreEnvironment: Sendable {
    let options: StoreOptions
    let cipher: SecretCipher?
    let preferences: PreferenceTable
    /// What cursors are signed with: made of the encryption secret, or drawn anew in each process when there is none.
    let cursorKey: SymmetricKey
    /// What is remembered of settings.
    let settingsMemory: SettingsMemory

    init(_ options: StoreOptions) {
        self.options = options
        preferences = PreferenceTable(options.preferences)
        cipher = options.encryptionSecret.map { SecretCipher(secret: $0, random: options.randomSource) }
        cursorKey = options.encryptionSecret.map(Self.cursorKey) ?? Self.processKey
        let lifetime = options.settingsLifetime ?? .zero
        settingsMemory = lifetime > .zero ? .remembering(SettingsCache(lifetime: lifetime, timeSource: options.timeSource)) : .none
    }

    func now() -> Timestamp { options.timeSource.now() }
    func makeID() -> String { options.idGenerator.makeID() }

    private init(_ other: StoreEnvironment, settingsMemory: SettingsMemory) {
        (options, cipher, preferences, cursorKey) = (other.options, other.cipher, other.preferences, other.cursorKey)
        self.settingsMemory = settingsMemory
    }

    /// The environment of a transaction.
    var inTransaction: StoreEnvironment { StoreEnvironment(self, settingsMemory: settingsMemory.inTransaction) }

    /// The environment of a store that sees only some rows.
    var withoutSettingsMemory: StoreEnvironment { StoreEnvironment(self, settingsMemory: .none) }

    private static let processKey = SymmetricKey(size: .bits256)

    private static func cursorKey(of secret: EncryptionSecret) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(secret.text.reveal().utf8)), info: Array("deploystack cursors v1".utf8), outputByteCount: 32)
    }
}
