/// What is stored about a token with which a satellite may register once: everything but the token.
public struct SatelliteRegistrationToken: Sendable, Hashable, Identifiable, Codable {
    /// The record's identifier. It is not the token and opens nothing.
    public var id: SatelliteRegistrationTokenID
    /// Which kind of satellite may register with it.
    public var type: SatelliteType
    /// The team whose satellite may register with it; `nil` exactly when it is for one that serves every team.
    public var teamID: TeamID?
    /// How the token begins, by which people tell tokens apart.
    public var prefix: String
    /// The user who made it, or `nil` when nobody did or the user is gone.
    public var createdBy: UserID?
    /// What the satellite may do, as the platform understands it.
    public var permissions: [String]
    /// When it was used, or `nil` while it can be.
    public var usedAt: Timestamp?
    /// The satellite that registered with it, or `nil` when none did or the satellite is gone.
    public var usedBy: SatelliteID?
    /// When it stops being valid.
    public var expiresAt: Timestamp
    /// When it was made.
    public var createdAt: Timestamp

    /// Creates a record value.
    public init(
        id: SatelliteRegistrationTokenID, type: SatelliteType, teamID: TeamID?, prefix: String, createdBy: UserID?, permissions: [String],
        usedAt: Timestamp?, usedBy: SatelliteID?, expiresAt: Timestamp, createdAt: Timestamp
    ) {
        self.id = id
        self.type = type
        self.teamID = teamID
        self.prefix = prefix
        self.createdBy = createdBy
        self.permissions = permissions
        self.usedAt = usedAt
        self.usedBy = usedBy
        self.expiresAt = expiresAt
        self.createdAt = createdAt
    }

    /// Whether a satellite can register with it at a time.
    public func isUsable(at time: Timestamp) -> Bool { usedAt == nil && time < expiresAt }
}

/// What is needed to make a token with which a satellite may register once.
public struct NewSatelliteRegistrationToken: Sendable, Hashable {
    /// Which kind of satellite may register with it. For one that serves every team it is valid for an hour, for a team's for a day.
    public var type: SatelliteType
    /// The team; given exactly when the type is ``SatelliteType/team``.
    public var team: TeamID?
    /// What the satellite may do: at most 100 texts of 1 to 100 characters.
    public var permissions: [String]
    /// The user who makes it, or `nil`.
    public var createdBy: UserID?

    /// Describes a token to make.
    public init(type: SatelliteType = .global, team: TeamID? = nil, permissions: [String] = [], createdBy: UserID? = nil) {
        self.type = type
        self.team = team
        self.permissions = permissions
        self.createdBy = createdBy
    }
}

/// A registration token that was just made. Its text is stored nowhere and cannot be had again.
public struct IssuedSatelliteRegistrationToken: Sendable {
    /// The token for the satellite.
    public var token: SecretText
    /// What is stored about it.
    public var record: SatelliteRegistrationToken

    /// Creates a result.
    public init(token: SecretText, record: SatelliteRegistrationToken) {
        self.token = token
        self.record = record
    }
}
