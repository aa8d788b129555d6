/// A new default team, and what was installed into it.
public struct DefaultTeam: Sendable, Hashable {
    /// The team.
    public var team: Team
    /// What became of the servers that are installed into every new default team.
    public var autoInstall: AutoInstallReport

    /// Creates a result.
    public init(team: Team, autoInstall: AutoInstallReport) {
        self.team = team
        self.autoInstall = autoInstall
    }
}

/// What became of the servers that are installed into every new default team.
///
/// One server that cannot be installed never stops the others or the registration.
public struct AutoInstallReport: Sendable, Hashable {
    /// A server that was not installed.
    public struct Failure: Sendable, Hashable {
        /// The server.
        public var serverID: McpServerID
        /// Why it was not installed.
        public var error: DataError

        /// Creates a failure.
        public init(serverID: McpServerID, error: DataError) {
            self.serverID = serverID
            self.error = error
        }
    }

    /// The installations that were made, in order of the servers' names.
    public var installed: [McpInstallationID]
    /// The servers that were not installed, in order of their names.
    public var failed: [Failure]

    /// Creates a report.
    public init(installed: [McpInstallationID] = [], failed: [Failure] = []) {
        self.installed = installed
        self.failed = failed
    }
}
