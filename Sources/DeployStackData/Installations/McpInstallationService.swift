public import DeployStackModels

/// Installations of servers for teams.
public protocol McpInstallationService: Sendable {
    /// Installs a server for a team, within the team's limits, and gives each member an instance.
    ///
    /// All of it happens in one transaction that holds the team, so that installations at the same time cannot pass a limit together.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - user: Who installs it.
    ///   - installation: What to install.
    /// - Returns: The new installation with its server and instances.
    /// - Throws: ``DataError`` of kind `.notFound` with entity `server` (also when the team cannot see it), `team` or `user`; `.ruleViolation` with rule
    ///   `serverDisabled` or `gitHubServersNotAllowed`; `.limitExceeded` with limit `mcpServers`, `nonHttp` or `github`; `.validation` when a field is
    ///   not acceptable, a required value of the server's team schema is blank or a secret is the mask that reading shows; `.alreadyExists` with field `name` when the team has an installation
    ///   of that name; `.referenceMissing` with entity `satellite`.
    @discardableResult
    func createInstallation(
        team: TeamID, user: UserID, _ installation: NewInstallation
    ) async throws(DataError) -> McpInstallationDetail

    /// Returns a team's installations with their servers and the team, newest first, in one statement. Empty for an unknown team.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - page: Which part of the list, or `nil` for all of it.
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range.
    func installationViews(team: TeamID, page: Page?) async throws(DataError) -> [McpInstallationView]

    /// Returns a team's installations whose servers have the given tags, newest first, in one statement.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - tags: At most 100 tags. Without tags, `.all` restricts nothing and `.any` finds nothing.
    ///   - match: Whether a server must have all of the tags or one of them.
    /// - Throws: ``DataError`` of kind `.validation` with field `tags`.
    func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) async throws(DataError) -> [McpInstallationView]

    /// Returns how many installations of each kind a team has, beside its limits, or `nil` when there is no such team.
    func usage(team: TeamID) async throws(DataError) -> TeamUsage?

    /// Deletes an installation with its instances and personal configurations.
    ///
    /// - Returns: Whether there was such an installation.
    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool
}

extension McpInstallationService {
    /// Returns all of a team's installations with their servers and the team, newest first.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func installationViews(team: TeamID) async throws(DataError) -> [McpInstallationView] {
        try await installationViews(team: team, page: nil)
    }

    /// Returns a team's installations whose servers have all of the given tags, newest first.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func installationViews(team: TeamID, tagged tags: [String]) async throws(DataError) -> [McpInstallationView] {
        try await installationViews(team: team, tagged: tags, match: .all)
    }
}
