/// A program that runs servers, for every team or for one. It talks to the platform only by asking: it sends heartbeats and polls for commands.
///
/// Lists, and look-ups by API key, fill the properties here. The documents, which can be large, are in ``details``.
public struct Satellite: Sendable, Hashable, Identifiable, Codable {
    /// The satellite's identifier. It stays the same when the satellite registers again.
    public var id: SatelliteID
    /// The satellite's name: 10 to 32 characters of `a`–`z`, `0`–`9`, `_` and `-`, unique.
    public var name: String
    /// Whom it serves.
    public var type: SatelliteType
    /// The team that it belongs to; `nil` exactly when it serves every team.
    public var teamID: TeamID?
    /// Whether it works.
    public var status: SatelliteStatus
    /// What it can do, such as the transports that it knows.
    public var capabilities: [String]
    /// When its last heartbeat came, or `nil` when none has come yet.
    public var lastHeartbeatAt: Timestamp?
    /// Where clients reach it.
    public var url: String
    /// Where in the world it stands, or `nil`.
    public var region: String?
    /// The user who registered it, or `nil` when nobody did or the user is gone.
    public var createdBy: UserID?
    /// When it was first registered.
    public var createdAt: Timestamp
    /// When it was last changed; a heartbeat is a change.
    public var updatedAt: Timestamp
    /// Its documents: `nil` in lists and when it was looked up by its API key, present when a single one was looked up, registered or changed.
    public var details: SatelliteDetails?

    /// Creates a satellite value.
    public init(
        id: SatelliteID, name: String, type: SatelliteType, teamID: TeamID?, status: SatelliteStatus, capabilities: [String],
        lastHeartbeatAt: Timestamp?, url: String, region: String?, createdBy: UserID?, createdAt: Timestamp, updatedAt: Timestamp,
        details: SatelliteDetails?
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.teamID = teamID
        self.status = status
        self.capabilities = capabilities
        self.lastHeartbeatAt = lastHeartbeatAt
        self.url = url
        self.region = region
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.details = details
    }
}

/// A satellite's documents, each a JSON object.
public struct SatelliteDetails: Sendable, Hashable, Codable {
    /// What the platform wants the satellite to do; empty when it wants nothing in particular.
    public var config: JSONValue
    /// What the satellite said about its machine when it registered, or `nil`.
    public var systemInfo: JSONValue?
    /// What the satellite last said about the servers that it runs, or `nil`.
    public var mcpStatus: JSONValue?

    /// Creates a details value.
    public init(config: JSONValue, systemInfo: JSONValue?, mcpStatus: JSONValue?) {
        self.config = config
        self.systemInfo = systemInfo
        self.mcpStatus = mcpStatus
    }
}
