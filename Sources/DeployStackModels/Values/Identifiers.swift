/// What identifiers identify. The types have no values; they only keep identifiers of different things apart.
public enum IdentifierTag {
    /// Marks the identifier of a user.
    public enum User {}
    /// Marks the identifier of a role.
    public enum Role {}
    /// Marks the identifier of a team.
    public enum Team {}
    /// Marks the identifier of a user's membership of a team.
    public enum Membership {}
    /// Marks the identifier of a category of the catalog.
    public enum Category {}
    /// Marks the identifier of a catalog entry.
    public enum McpServer {}
    /// Marks the identifier of an installation of a catalog entry for a team.
    public enum McpInstallation {}
    /// Marks the identifier of one user's configuration of an installation.
    public enum McpUserConfiguration {}
    /// Marks the identifier of one user's own instance of an installation.
    public enum McpInstance {}
    /// Marks the identifier of an OAuth client, self-registered or well known.
    public enum OAuthClient {}
    /// Marks the identifier of an authorization request and the code that came of it.
    public enum AuthorizationCode {}
    /// Marks the identifier of an access token's record.
    public enum AccessToken {}
    /// Marks the identifier of a refresh token's record.
    public enum RefreshToken {}
    /// Marks the identifier of the grant that a line of tokens came from.
    public enum TokenFamily {}
    /// Marks the identifier of a user's consent to a client.
    public enum TeamConsent {}
    /// Marks the identifier of a satellite.
    public enum Satellite {}
    /// Marks the identifier of one heartbeat of a satellite.
    public enum SatelliteHeartbeat {}
    /// Marks the identifier of a command for a satellite.
    public enum SatelliteCommand {}
    /// Marks the identifier of a registration token's record.
    public enum SatelliteRegistrationToken {}
    /// Marks the identifier of a version of a catalog entry.
    public enum McpServerVersion {}
    /// Marks the identifier of a notification.
    public enum Notification {}
    /// Marks the identifier of a group of settings.
    public enum SettingGroup {}
}

/// The identifier of a user.
public typealias UserID = Identifier<IdentifierTag.User>

/// The identifier of a role.
public typealias RoleID = Identifier<IdentifierTag.Role>

/// The identifier of a team.
public typealias TeamID = Identifier<IdentifierTag.Team>

/// The identifier of a user's membership of a team.
public typealias MembershipID = Identifier<IdentifierTag.Membership>

/// The identifier of a category of the catalog.
public typealias CategoryID = Identifier<IdentifierTag.Category>

/// The identifier of a catalog entry.
public typealias McpServerID = Identifier<IdentifierTag.McpServer>

/// The identifier of an installation of a catalog entry for a team.
public typealias McpInstallationID = Identifier<IdentifierTag.McpInstallation>

/// The identifier of one user's configuration of an installation.
public typealias McpUserConfigurationID = Identifier<IdentifierTag.McpUserConfiguration>

/// The identifier of one user's own instance of an installation.
public typealias McpInstanceID = Identifier<IdentifierTag.McpInstance>

/// The identifier of an OAuth client, self-registered or well known.
public typealias OAuthClientID = Identifier<IdentifierTag.OAuthClient>

/// The identifier of an authorization request and the code that came of it.
public typealias AuthorizationCodeID = Identifier<IdentifierTag.AuthorizationCode>

/// The identifier of an access token's record; it is not the token and opens nothing.
public typealias AccessTokenID = Identifier<IdentifierTag.AccessToken>

/// The identifier of a refresh token's record; it is not the token and opens nothing.
public typealias RefreshTokenID = Identifier<IdentifierTag.RefreshToken>

/// The identifier of the grant that a line of tokens came from.
public typealias TokenFamilyID = Identifier<IdentifierTag.TokenFamily>

/// The identifier of a user's consent to what a client does in a team.
public typealias TeamConsentID = Identifier<IdentifierTag.TeamConsent>

/// The identifier of a satellite.
public typealias SatelliteID = Identifier<IdentifierTag.Satellite>

/// The identifier of one heartbeat of a satellite.
public typealias SatelliteHeartbeatID = Identifier<IdentifierTag.SatelliteHeartbeat>

/// The identifier of a command for a satellite.
public typealias SatelliteCommandID = Identifier<IdentifierTag.SatelliteCommand>

/// The identifier of a registration token's record; it is not the token and opens nothing.
public typealias SatelliteRegistrationTokenID = Identifier<IdentifierTag.SatelliteRegistrationToken>

/// The identifier of a version of a catalog entry.
public typealias McpServerVersionID = Identifier<IdentifierTag.McpServerVersion>

/// The identifier of a notification.
public typealias NotificationID = Identifier<IdentifierTag.Notification>

/// The identifier of a group of settings.
public typealias SettingGroupID = Identifier<IdentifierTag.SettingGroup>
