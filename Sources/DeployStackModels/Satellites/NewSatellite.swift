/// What is needed to register a satellite.
public struct NewSatellite: Sendable, Hashable {
    /// The satellite's name: 10 to 32 characters of `a`–`z`, `0`–`9`, `_` and `-`. A satellite that registers again is known by it.
    public var name: String
    /// Whom it serves.
    public var type: SatelliteType
    /// The team that it belongs to; given exactly when its type is ``SatelliteType/team``.
    public var team: TeamID?
    /// What it can do, at most 100 texts of at most 100 characters. White space at their ends is removed, blank ones and repetitions are dropped.
    public var capabilities: [String]
    /// What it says about its machine, a JSON object of at most 1 MiB, or `nil` to leave it as it is.
    public var systemInfo: JSONValue?
    /// Where clients reach it, 1 to 2 048 characters, or `nil` to leave it as it is; for a new one that is `http://127.0.0.1:3001`.
    public var url: String?
    /// Where in the world it stands, 1 to 100 characters, or `nil` to leave it as it is.
    public var region: String?
    /// The user who registers it, or `nil`.
    public var createdBy: UserID?

    /// Describes a satellite to register.
    public init(
        name: String, type: SatelliteType = .global, team: TeamID? = nil, capabilities: [String] = ["stdio", "http", "sse"],
        systemInfo: JSONValue? = nil, url: String? = nil, region: String? = nil, createdBy: UserID? = nil
    ) {
        self.name = name
        self.type = type
        self.team = team
        self.capabilities = capabilities
        self.systemInfo = systemInfo
        self.url = url
        self.region = region
        self.createdBy = createdBy
    }
}

/// A satellite that was just registered. Its API key is stored nowhere and cannot be had again.
public struct RegisteredSatellite: Sendable {
    /// What is stored about the satellite.
    public var satellite: Satellite
    /// The key by which it is known from now on.
    public var apiKey: SecretText

    /// Creates a result.
    public init(satellite: Satellite, apiKey: SecretText) {
        self.satellite = satellite
        self.apiKey = apiKey
    }
}
