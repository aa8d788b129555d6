public import DeployStackModels

/// Satellites: registration, API keys, heartbeats, and what administrators set.
///
/// A satellite is known by its API key: `deploystack_satellite_api_global_` or `deploystack_satellite_api_team_` and 32 random characters. Only the key's
/// SHA-256 is stored, so it cannot be read back from the database.
public protocol SatelliteRepository: Sendable {
    /// Registers a satellite, or registers one again under its name.
    ///
    /// Each registration gives a new API key, and the one before is worth nothing from then on. The satellite is inactive until its first heartbeat. One
    /// that registers again keeps its identifier, its configuration, and what the registration does not mention.
    ///
    /// ```swift
    /// let registered = try await store.satellites.register(NewSatellite(name: "satellite-eu-1"))
    /// let key = registered.apiKey.reveal()
    /// ```
    ///
    /// - Returns: The satellite with its details, and its API key, which cannot be had again.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, with field `team` when type and team do not agree; `.alreadyExists` with
    ///   field `name` when a satellite of another type or team has the name; `.referenceMissing` with entity `team` or `user`.
    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite

    /// Returns the satellite that an API key belongs to, without its details, in one indexed statement.
    ///
    /// - Returns: `nil` for anything that is not the present key of a satellite.
    func authenticate(_ apiKey: String) async throws(DataError) -> Satellite?

    /// Returns a satellite with its details, or `nil` when there is none with this identifier.
    func satellite(_ id: SatelliteID) async throws(DataError) -> Satellite?

    /// Lists satellites by name.
    ///
    /// - Parameters:
    ///   - type: Only those that serve every team, or only those that serve one; `nil` for all.
    ///   - team: Only those of this team; `nil` for all.
    ///   - status: Only those with this status; `nil` for all.
    ///   - page: Which part of the list.
    /// - Throws: ``DataError`` of kind `.validation` with field `type` or `status` for one that this version does not know, or when the page is out of range.
    func list(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) async throws(DataError) -> PageResult<Satellite>

    /// Returns the active satellites that serve every team, by name.
    func activeGlobal() async throws(DataError) -> [Satellite]

    /// Stores a heartbeat, and what it says about its satellite, both or neither.
    ///
    /// An inactive satellite becomes active; one that an administrator has taken out of service stays so.
    ///
    /// - Returns: Whether there is such a satellite.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable.
    @discardableResult
    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool

    /// Lists a satellite's heartbeats, newest first. An unknown satellite has none.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func heartbeats(of satellite: SatelliteID, page: Page) async throws(DataError) -> PageResult<SatelliteHeartbeat>

    /// Returns the active satellites whose last heartbeat came longer ago than a duration, or never: the longest silent first, then by identifier.
    ///
    /// - Parameter olderThan: How long ago, 0 or more.
    /// - Throws: ``DataError`` of kind `.validation` with field `olderThan`.
    func stale(olderThan: Duration) async throws(DataError) -> [Satellite]

    /// Deletes all but the newest heartbeats of each satellite, in one statement.
    ///
    /// - Parameters:
    ///   - keepGlobal: How many to keep of a satellite that serves every team, 0 or more.
    ///   - keepTeam: How many to keep of a satellite of a team, 0 or more.
    /// - Returns: How many were deleted.
    /// - Throws: ``DataError`` of kind `.validation` with field `keepGlobal` or `keepTeam`.
    @discardableResult
    func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) async throws(DataError) -> Int

    /// Takes a satellite out of service or back.
    ///
    /// - Parameters:
    ///   - id: The satellite.
    ///   - status: Maintenance, error, or inactive, which its next heartbeat makes active. Only a heartbeat makes a satellite active.
    /// - Returns: The changed satellite with its details, or `nil` when there is none.
    /// - Throws: ``DataError`` of kind `.validation` with field `status`.
    @discardableResult
    func setStatus(_ id: SatelliteID, _ status: SatelliteStatus) async throws(DataError) -> Satellite?

    /// Replaces what the platform wants a satellite to do.
    ///
    /// - Parameters:
    ///   - id: The satellite.
    ///   - config: A JSON object of at most 1 MiB.
    /// - Returns: The changed satellite with its details, or `nil` when there is none.
    /// - Throws: ``DataError`` of kind `.validation` with field `config`.
    @discardableResult
    func updateConfig(_ id: SatelliteID, _ config: JSONValue) async throws(DataError) -> Satellite?

    /// Deletes a satellite with its heartbeats and commands. Installations that ran on it stay, and run nowhere in particular.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func delete(_ id: SatelliteID) async throws(DataError) -> Bool
}

extension SatelliteRepository {
    /// Lists satellites by name, by default the first twenty of all.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func list(
        type: SatelliteType? = nil, team: TeamID? = nil, status: SatelliteStatus? = nil
    ) async throws(DataError) -> PageResult<Satellite> {
        try await list(type: type, team: team, status: status, page: .first)
    }

    /// Lists a satellite's twenty newest heartbeats.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func heartbeats(of satellite: SatelliteID) async throws(DataError) -> PageResult<SatelliteHeartbeat> {
        try await heartbeats(of: satellite, page: .first)
    }

    /// Returns the active satellites that have been silent for more than 90 seconds, which is three heartbeats.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func stale() async throws(DataError) -> [Satellite] {
        try await stale(olderThan: .seconds(90))
    }

    /// Keeps the newest 1 000 heartbeats of each satellite that serves every team, and the newest 500 of each satellite of a team.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func pruneHeartbeats() async throws(DataError) -> Int {
        try await pruneHeartbeats(keepGlobal: 1_000, keepTeam: 500)
    }
}
