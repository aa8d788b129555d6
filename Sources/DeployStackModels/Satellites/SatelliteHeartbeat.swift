/// One heartbeat of a satellite, as it is stored.
public struct SatelliteHeartbeat: Sendable, Hashable, Identifiable, Codable {
    /// The heartbeat's identifier.
    public var id: SatelliteHeartbeatID
    /// The satellite that sent it.
    public var satelliteID: SatelliteID
    /// How the satellite said it was.
    public var health: SatelliteHealth
    /// What it measured; always a JSON object.
    public var systemMetrics: JSONValue
    /// How many processes it ran.
    public var processCount: Int
    /// How many of them were healthy.
    public var healthyProcessCount: Int
    /// How many errors it had since it was started.
    public var errorCount: Int
    /// How long the platform took to answer it, to the millisecond, or `nil`.
    public var responseTime: Duration?
    /// For how long it had been running, to the second, or `nil`.
    public var uptime: Duration?
    /// Its version, or `nil`.
    public var version: String?
    /// When the heartbeat came.
    public var receivedAt: Timestamp

    /// Creates a heartbeat value.
    public init(
        id: SatelliteHeartbeatID, satelliteID: SatelliteID, health: SatelliteHealth, systemMetrics: JSONValue, processCount: Int,
        healthyProcessCount: Int, errorCount: Int, responseTime: Duration?, uptime: Duration?, version: String?, receivedAt: Timestamp
    ) {
        self.id = id
        self.satelliteID = satelliteID
        self.health = health
        self.systemMetrics = systemMetrics
        self.processCount = processCount
        self.healthyProcessCount = healthyProcessCount
        self.errorCount = errorCount
        self.responseTime = responseTime
        self.uptime = uptime
        self.version = version
        self.receivedAt = receivedAt
    }
}

/// What a satellite says in a heartbeat.
public struct NewSatelliteHeartbeat: Sendable, Hashable {
    /// How it is.
    public var health: SatelliteHealth
    /// What it measured, a JSON object of at most 1 MiB.
    public var systemMetrics: JSONValue
    /// How many processes it runs, 0 or more.
    public var processCount: Int
    /// How many of them are healthy, 0 or more.
    public var healthyProcessCount: Int
    /// How many errors it had since it was started, 0 or more.
    public var errorCount: Int
    /// How long the platform took to answer it, or `nil`. What is below a millisecond is dropped.
    public var responseTime: Duration?
    /// For how long it has been running, or `nil`. What is below a second is dropped.
    public var uptime: Duration?
    /// Its version, 1 to 100 characters, or `nil`.
    public var version: String?
    /// Where clients reach it, 1 to 2 048 characters, or `nil` when that is as it was.
    public var url: String?
    /// What it says about the servers that it runs, a JSON object of at most 1 MiB, or `nil` when that is as it was.
    public var mcpStatus: JSONValue?

    /// Describes a heartbeat.
    public init(
        health: SatelliteHealth = .active, systemMetrics: JSONValue = [:], processCount: Int = 0, healthyProcessCount: Int = 0, errorCount: Int = 0,
        responseTime: Duration? = nil, uptime: Duration? = nil, version: String? = nil, url: String? = nil, mcpStatus: JSONValue? = nil
    ) {
        self.health = health
        self.systemMetrics = systemMetrics
        self.processCount = processCount
        self.healthyProcessCount = healthyProcessCount
        self.errorCount = errorCount
        self.responseTime = responseTime
        self.uptime = uptime
        self.version = version
        self.url = url
        self.mcpStatus = mcpStatus
    }
}
