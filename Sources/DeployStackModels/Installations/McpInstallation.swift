/// A server of the catalog, installed for a team under a name, with the configuration that the team shares.
public struct McpInstallation: Sendable, Hashable, Identifiable, Codable {
    /// The installation's identifier.
    public var id: McpInstallationID
    /// The team.
    public var teamID: TeamID
    /// The server.
    public var serverID: McpServerID
    /// Who installed it, or `nil` when the user is gone.
    public var createdBy: UserID?
    /// The installation's name, 1 to 100 characters, unique in the team by bytes.
    public var name: String
    /// Which satellites run it.
    public var type: McpInstallationType
    /// The team's values. Secrets read as `*****`.
    public var configuration: TeamConfiguration
    /// Settings of the installation, a JSON object.
    public var settings: JSONValue
    /// The satellite that runs it, or `nil` for any.
    public var satelliteID: SatelliteID?
    /// When it was installed.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// When it was last used, or `nil` when it never was.
    public var lastUsedAt: Timestamp?

    /// Creates an installation value.
    public init(
        id: McpInstallationID, teamID: TeamID, serverID: McpServerID, createdBy: UserID?, name: String, type: McpInstallationType,
        configuration: TeamConfiguration, settings: JSONValue, satelliteID: SatelliteID?, createdAt: Timestamp, updatedAt: Timestamp,
        lastUsedAt: Timestamp?
    ) {
        self.id = id
        self.teamID = teamID
        self.serverID = serverID
        self.createdBy = createdBy
        self.name = name
        self.type = type
        self.configuration = configuration
        self.settings = settings
        self.satelliteID = satelliteID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastUsedAt = lastUsedAt
    }
}
