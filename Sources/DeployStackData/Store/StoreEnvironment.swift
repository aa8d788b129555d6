import DeployStackModels
import Logging

/// What every service of a store shares: time, identifiers, randomness and secrets.
struct StoreEnvironment: Sendable {
    let options: StoreOptions
    let cipher: SecretCipher?
    let preferences: PreferenceTable

    init(_ options: StoreOptions) {
        self.options = options
        preferences = PreferenceTable(options.preferences)
        cipher = options.encryptionSecret.map { SecretCipher(secret: $0, random: options.randomSource) }
    }

    func now() -> Timestamp { options.timeSource.now() }
    func makeID() -> String { options.idGenerator.makeID() }
}
