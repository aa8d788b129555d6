/// An order that waits for a satellite, or that one has fetched.
public struct SatelliteCommand: Sendable, Hashable, Identifiable, Codable {
    /// The command's identifier.
    public var id: SatelliteCommandID
    /// The satellite that it is for.
    public var satelliteID: SatelliteID
    /// What is to be done.
    public var type: SatelliteCommandType
    /// How urgent it is.
    public var priority: SatelliteCommandPriority
    /// What the satellite has to know for it; always a JSON object.
    public var payload: JSONValue
    /// How far it is.
    public var status: SatelliteCommandStatus
    /// The team that it is about, or `nil` when it is about none or the team is gone.
    public var targetTeamID: TeamID?
    /// What the commands that were made by one call for several satellites have in common, or `nil` for one made alone.
    public var correlationID: String?
    /// How often it has been tried again.
    public var retryCount: Int
    /// How often it may be tried again.
    public var maxRetries: Int
    /// Why it failed the last time, or `nil`.
    public var errorMessage: String?
    /// What came of it, a JSON object, or `nil`.
    public var result: JSONValue?
    /// The user who gave it, or `nil` when nobody did or the user is gone.
    public var createdBy: UserID?
    /// When it is no longer handed out.
    public var expiresAt: Timestamp
    /// When it was given.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp

    /// Creates a command value.
    public init(
        id: SatelliteCommandID, satelliteID: SatelliteID, type: SatelliteCommandType, priority: SatelliteCommandPriority, payload: JSONValue,
        status: SatelliteCommandStatus, targetTeamID: TeamID?, correlationID: String?, retryCount: Int, maxRetries: Int, errorMessage: String?,
        result: JSONValue?, createdBy: UserID?, expiresAt: Timestamp, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.satelliteID = satelliteID
        self.type = type
        self.priority = priority
        self.payload = payload
        self.status = status
        self.targetTeamID = targetTeamID
        self.correlationID = correlationID
        self.retryCount = retryCount
        self.maxRetries = maxRetries
        self.errorMessage = errorMessage
        self.result = result
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether the command is no longer handed out at a time. It is handed out before ``expiresAt`` and not at that moment.
    public func hasExpired(at time: Timestamp) -> Bool { expiresAt <= time }
}
