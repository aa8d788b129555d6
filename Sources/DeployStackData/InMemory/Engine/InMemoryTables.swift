import DeployStackModels

/// All in-memory tables as one value.
///
/// A copy is a snapshot: it shares everything with the original until one of them changes, and then shares nearly everything. Deleting, inserting and
/// changing rows goes through the methods in `InMemoryTables+Changes.swift`, which enforce what the tables' schemas declare.
struct InMemoryTables: Sendable {
    /// The number of the transaction that has changed the tables last, or is about to.
    var transactionNumber = 0
    /// The number of the last transaction that has inserted a notification.
    var lastArrival = 0
    /// Whose rows the tables show; `nil` when they show all. See `InMemoryTables+Scope.swift`.
    var scope: RowScope?

    var roles = RowTable<Role>(Role.initial)
    var users = RowTable<User>()
    var teams = RowTable<Team>()
    var memberships = RowTable<TeamMembership>()
    var categories = RowTable<McpCategory>()
    var servers = RowTable<ServerRow>()
    var installations = RowTable<McpInstallation>()
    var userConfigurations = RowTable<UserConfigurationRow>()
    var instances = RowTable<InstanceRow>()
    var oauthClients = RowTable<OAuthClientRow>()
    var authorizationCodes = RowTable<AuthorizationCodeRow>()
    var accessTokens = RowTable<AccessTokenRow>()
    var refreshTokens = RowTable<RefreshTokenRow>()
    var teamConsents = RowTable<TeamConsentRow>()
    var satellites = RowTable<SatelliteRow>()
    var satelliteHeartbeats = RowTable<SatelliteHeartbeat>()
    var satelliteCommands = RowTable<SatelliteCommand>()
    var registrationTokens = RowTable<RegistrationTokenRow>()
    var serverVersions = RowTable<McpServerVersion>()
    var notifications = RowTable<NotificationRow>()
    var settingGroups = RowTable<SettingGroup>(SettingGroup.initial)
    var settings = RowTable<StoredSetting>(StoredSetting.initial)
    var preferences = RowTable<PreferenceRow>()
}
