public import DeployStackModels

/// Commands for satellites: giving them, fetching them once, and reporting what came of them.
///
/// A command is pending until its satellite polls for it, acknowledged from then on, executing when the satellite says so, and in the end completed or
/// failed. One that fails is pending again until it has been tried again as often as it may be.
public protocol SatelliteCommandQueue: Sendable {
    /// Gives a command to an active satellite.
    ///
    /// - Returns: The command, or `nil` when there is no active satellite with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.referenceMissing` with entity `team` or `user`.
    @discardableResult
    func enqueue(_ command: NewSatelliteCommand, for satellite: SatelliteID) async throws(DataError) -> SatelliteCommand?

    /// Gives a command to each active satellite that serves every team, in one statement. The commands have a correlation identifier in common.
    ///
    /// - Returns: The commands in order of their satellites' identifiers; none when no such satellite is active.
    /// - Throws: ``DataError`` as ``enqueue(_:for:)`` does.
    @discardableResult
    func enqueueForAllGlobal(_ command: NewSatelliteCommand) async throws(DataError) -> [SatelliteCommand]

    /// Gives a command to each active satellite of a team, in one statement. The commands have a correlation identifier in common, and are about the team
    /// unless the command names another one.
    ///
    /// - Returns: The commands in order of their satellites' identifiers; none when no satellite of the team is active.
    /// - Throws: ``DataError`` as ``enqueue(_:for:)`` does.
    @discardableResult
    func enqueueForTeam(_ command: NewSatelliteCommand, team: TeamID) async throws(DataError) -> [SatelliteCommand]

    /// Returns a command, or `nil` when there is none with this identifier.
    func command(_ id: SatelliteCommandID) async throws(DataError) -> SatelliteCommand?

    /// Returns the commands with a correlation identifier, in order of their satellites' identifiers and then their own.
    func commands(correlationID: String) async throws(DataError) -> [SatelliteCommand]

    /// Hands a satellite its pending commands: the most urgent first, then the oldest. However many ask at once, each command is handed out once.
    ///
    /// - Parameters:
    ///   - satellite: The satellite that asks. One that is not active, or unknown, gets nothing.
    ///   - limit: The most commands to hand out, 1 to 50.
    /// - Returns: The commands, acknowledged now, and how soon to poll again.
    /// - Throws: ``DataError`` of kind `.validation` with field `limit`.
    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll

    /// Says how far a command is that was handed out.
    ///
    /// One that failed is pending again as long as it has been tried again less often than it may be.
    ///
    /// - Parameters:
    ///   - id: The command.
    ///   - satellite: The satellite that reports.
    ///   - status: Executing, completed or failed.
    ///   - result: What came of it, a JSON object of at most 1 MiB, or `nil` to say nothing about that.
    ///   - error: Why it failed, 1 to 10 000 characters, or `nil` to say nothing about that.
    /// - Returns: Whether it was one of the satellite's commands that are acknowledged or executing.
    /// - Throws: ``DataError`` of kind `.validation` with field `status`, `result` or `error`.
    @discardableResult
    func report(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?
    ) async throws(DataError) -> Bool

    /// Marks as failed what has expired before its satellite began with it.
    ///
    /// - Returns: How many commands there were.
    @discardableResult
    func expireCommands() async throws(DataError) -> Int

    /// Deletes commands that were given longer ago than a duration and are completed, failed, or past their expiry.
    ///
    /// - Parameter olderThan: How long ago, 0 or more.
    /// - Returns: How many were deleted.
    /// - Throws: ``DataError`` of kind `.validation` with field `olderThan`.
    @discardableResult
    func purgeCommands(olderThan: Duration) async throws(DataError) -> Int
}

extension SatelliteCommandQueue {
    /// Hands a satellite at most ten of its pending commands.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func poll(_ satellite: SatelliteID) async throws(DataError) -> SatellitePoll {
        try await poll(satellite, limit: 10)
    }

    /// Says how far a command is, and nothing about its result.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func report(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus
    ) async throws(DataError) -> Bool {
        try await report(id, of: satellite, status, result: nil, error: nil)
    }

    /// Deletes finished and expired commands that were given more than seven days ago.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func purgeCommands() async throws(DataError) -> Int {
        try await purgeCommands(olderThan: .seconds(604_800))
    }
}
