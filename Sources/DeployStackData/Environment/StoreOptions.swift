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
    /// How long an authorization request and its code are valid, more than zero; ten minutes by default.
    public var authorizationLifetime: Duration = .seconds(600)
    /// How long a refresh token is valid, more than zero; thirty days by default.
    public var refreshTokenLifetime: Duration = .seconds(30 * 86_400)
    /// Whether a client may send its code verifier itself as the challenge (RFC 7636, method `plain`); not by default.
    public var allowsPlainCodeChallenges = false
    /// Who introspection names as the issuer of tokens, such as the platform's address, or `nil` for nobody.
    public var tokenIssuer: String?
    /// The OAuth clients that are known without being registered.
    public var staticClients: [OAuthClient] = OAuthClient.wellKnown
    /// The key that encrypts secrets before they are stored, or `nil` when the store refuses to store secrets.
    public var encryptionSecret: EncryptionSecret?
    /// The preferences that users have, with their types and defaults. Of two of one key the first counts; secrets are left out.
    public var preferences: [PreferenceDefinition] = PreferenceDefinition.standard
    /// How long a setting that was read is remembered; with `nil`, the default, or zero, each read asks the database.
    ///
    /// While it is remembered, `store.settings.get` may return a value that another process has replaced. What this store writes, also in a transaction, it knows
    /// at once, and ``DataStore/invalidateSettings()`` makes it ask again. A setting that is not there is remembered too. Lists, searches, transactions and the
    /// rules of teams always ask, and so does a store with row security. A secret is never remembered, so its clear text is only where its reader keeps it.
    public var settingsLifetime: Duration?
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
