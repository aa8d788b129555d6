public import DeployStackModels
public import Logging

/// How a store behaves, whichever backend it stands on.
public struct StoreOptions: Sendable {
    /// Where the store gets the time from.
    public var timeSource: any TimeSource
    /// Where the store gets identifiers from.
    public var idGenerator: any IDGenerator
    /// Where the store gets random bytes from.
    public var randomSource: any RandomSource
    /// How long an access token is valid, more than zero; seven days by default.
    public var accessTokenLifetime: Duration
    /// The key that encrypts secrets before they are stored, or `nil` when the store refuses to store secrets.
    public var encryptionSecret: EncryptionSecret?
    /// The preferences that users have, with their types and defaults. Of two of one key the first counts; secrets are left out.
    public var preferences: [PreferenceDefinition] = PreferenceDefinition.standard
    /// Whether opening a store brings its database's schema up to date first.
    public var autoMigrate: Bool
    /// Where the store logs to. It logs nothing above `debug` for a call that succeeds.
    public var logger: Logger

    /// Creates options.
    ///
    /// - Parameters:
    ///   - timeSource: Where the store gets the time from.
    ///   - idGenerator: Where the store gets identifiers from.
    ///   - randomSource: Where the store gets random bytes from.
    ///   - accessTokenLifetime: How long an access token is valid.
    ///   - encryptionSecret: The key that encrypts secrets, or `nil` when the store refuses to store secrets.
    ///   - autoMigrate: Whether opening a store brings its database's schema up to date first.
    ///   - logger: Where the store logs to.
    public init(
        timeSource: any TimeSource = SystemTimeSource(),
        idGenerator: any IDGenerator = RandomIDGenerator(),
        randomSource: any RandomSource = SystemRandomSource(),
        accessTokenLifetime: Duration = .seconds(604_800),
        encryptionSecret: EncryptionSecret? = nil,
        autoMigrate: Bool = false,
        logger: Logger = Logger(label: "deploystack.data")
    ) {
        self.timeSource = timeSource
        self.idGenerator = idGenerator
        self.randomSource = randomSource
        self.accessTokenLifetime = accessTokenLifetime
        self.encryptionSecret = encryptionSecret
        self.autoMigrate = autoMigrate
        self.logger = logger
    }
}
