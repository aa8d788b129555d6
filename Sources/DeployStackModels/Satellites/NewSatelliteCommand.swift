/// What is needed to give a command to satellites.
public struct NewSatelliteCommand: Sendable, Hashable {
    /// What is to be done.
    public var type: SatelliteCommandType
    /// What the satellite has to know for it, a JSON object of at most 1 MiB.
    public var payload: JSONValue
    /// How urgent it is.
    public var priority: SatelliteCommandPriority
    /// The team that it is about, or `nil`.
    public var targetTeam: TeamID?
    /// What it has in common with other commands, 1 to 100 characters, or `nil`. Commands for several satellites get one of their own.
    public var correlationID: String?
    /// How often it may be tried again, 0 to 100.
    public var maxRetries: Int
    /// The user who gives it, or `nil`.
    public var createdBy: UserID?
    /// For how long it is handed out, more than zero.
    public var lifetime: Duration

    /// Describes a command to give. By default it is handed out for five minutes and tried again three times.
    public init(
        _ type: SatelliteCommandType, payload: JSONValue = [:], priority: SatelliteCommandPriority = .normal, targetTeam: TeamID? = nil,
        correlationID: String? = nil, maxRetries: Int = 3, createdBy: UserID? = nil, lifetime: Duration = .seconds(300)
    ) {
        self.type = type
        self.payload = payload
        self.priority = priority
        self.targetTeam = targetTeam
        self.correlationID = correlationID
        self.maxRetries = maxRetries
        self.createdBy = createdBy
        self.lifetime = lifetime
    }
}
