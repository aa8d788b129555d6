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

    /// Returns an installation of a team with everything about its server and with its instances, in one statement.
    ///
    /// - Parameters:
    ///   - id: The installation.
    ///   - team: The team.
    ///   - reveal: Whether secrets in the team's values are shown.
    /// - Returns: `nil` when the team has no such installation.
    /// - Throws: ``DataError`` of kind `.undecryptable`, or `.ruleViolation` with rule `encryptionSecretRequired`, when secrets are to be decrypted and cannot.
    func installation(_ id: McpInstallationID, team: TeamID, reveal: SecretReveal) async throws(DataError) -> McpInstallationDetail?

    /// Returns a team's installations as its members see them in a list, newest first, in one statement. Empty for an unknown team.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - viewer: Whose own instances the items show.
    ///   - source: Where the servers come from, or `nil` for all of them.
    ///   - includeStats: Whether the items count all members' instances, which administrators of the team want to know.
    ///   - page: Which part of the list, or `nil` for all of it.
    /// - Throws: ``DataError`` of kind `.validation` when the page is out of range or the source is one that this version does not know.
    func listInstallations(
        team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?
    ) async throws(DataError) -> [McpInstallationListItem]

    /// Searches the names and descriptions of the servers that a team has installed, in English, in one statement.
    ///
    /// - Parameters:
    ///   - team: The team.
    ///   - text: What people type: words, quoted phrases, `or`, and `-` before what must not occur.
    ///   - page: Which part of the hits.
    /// - Returns: The hits by rank, those of one rank newest first.
    /// - Throws: ``DataError`` of kind `.validation` with field `text` when it is too long or has the character U+0000, or when the page is out of range.
    func searchInstallations(team: TeamID, text: String, page: Page) async throws(DataError) -> PageResult<McpInstallationSearchHit>

    /// Returns the identifiers of a team's installations, newest first, from an index alone. Empty for an unknown team.
    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID]

    /// Returns all teams' installations of a server, by team, so that they can be told before the server goes. Empty for an unknown server.
    func installations(ofServer server: McpServerID) async throws(DataError) -> [McpInstallationReference]

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

    /// Changes an installation of a team. What the patch does not mention stays as it is.
    ///
    /// - Returns: The installation as it is now, secrets masked, or `nil` when the team has no such installation.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable or a required value of a kind that is set is blank; `.alreadyExists` with
    ///   field `name` when another installation of the team has that name; `.referenceMissing` with entity `satellite`; `.ruleViolation` with rule
    ///   `encryptionSecretRequired`.
    @discardableResult
    func updateInstallation(_ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch) async throws(DataError) -> McpInstallationDetail?

    /// Merges settings into those of an installation, in one statement, so that nobody's change is lost.
    ///
    /// The key that the platform knows is `request_logging_enabled`, a Boolean; absent, requests are logged.
    ///
    /// - Parameters:
    ///   - id: The installation.
    ///   - team: The team.
    ///   - settings: A JSON object of at most 1 MiB. Each member takes the place of the one with its key; `null` removes the key.
    /// - Returns: All settings as they are now, or `nil` when the team has no such installation.
    /// - Throws: ``DataError`` of kind `.validation` with field `settings` or `settings.request_logging_enabled`.
    @discardableResult
    func updateSettings(_ id: McpInstallationID, team: TeamID, _ settings: JSONValue) async throws(DataError) -> JSONValue?

    /// Deletes an installation with its instances and personal configurations.
    ///
    /// - Returns: Whether there was such an installation.
    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool

    /// Deletes an installation of a team with its instances and personal configurations.
    ///
    /// A server that was deployed from GitHub for this team alone goes too, with everything that was installed of it, in the same transaction.
    ///
    /// - Returns: Whether the team had such an installation.
    func deleteInstallation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> Bool

    /// Notes that an installation was used. A time less than a minute after the one that is stored is not written, so that a busy installation costs little.
    ///
    /// - Parameters:
    ///   - id: The installation.
    ///   - time: When it was used, or `nil` for now.
    /// - Returns: Whether the time was written.
    @discardableResult
    func touchLastUsed(_ id: McpInstallationID, at time: Timestamp?) async throws(DataError) -> Bool

    /// Returns what a user's instance of an installation runs with: the values of the template, the team and the user, put together.
    ///
    /// - Parameters:
    ///   - id: The installation.
    ///   - user: The user.
    ///   - reveal: Whether secrets are shown.
    /// - Returns: `nil` when there is no such installation or the user is not a member of its team.
    /// - Throws: ``DataError`` as ``installation(_:team:reveal:)`` does.
    func resolvedConfiguration(_ id: McpInstallationID, user: UserID, reveal: SecretReveal) async throws(DataError) -> ResolvedConfiguration?

    /// Returns everything that a satellite is to run, by team, installation and user: for a global satellite the instances of all teams, for a team's
    /// satellite those of its team.
    ///
    /// Instances that wait for their users are left out, and so are installations that another satellite is to run. Secrets are decrypted; where one cannot
    /// be, that instance has the error in place of its configuration.
    ///
    /// - Returns: Empty for an unknown satellite.
    func satelliteConfigurations(_ satellite: SatelliteID) async throws(DataError) -> [SatelliteConfiguration]

    /// Returns what a client program needs in its configuration file to run the server of an installation by itself, and notes that it was used.
    ///
    /// It is made of the server's first package and of the environment variables of the template and the team, secrets decrypted.
    ///
    /// - Parameters:
    ///   - id: The installation.
    ///   - team: The team.
    ///   - client: The program.
    /// - Returns: The document, in which the server stands under the installation's name, or `nil` when the team has no such installation.
    /// - Throws: ``DataError`` of kind `.validation` with field `packages` when the server has no package that can be run; otherwise as
    ///   ``installation(_:team:reveal:)`` does.
    func clientConfiguration(_ id: McpInstallationID, team: TeamID, client: McpClientProgram) async throws(DataError) -> JSONValue?
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

    /// Returns an installation of a team with everything about its server and with its instances, secrets masked.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func installation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> McpInstallationDetail? {
        try await installation(id, team: team, reveal: .masked)
    }

    /// Returns all of a team's installations as a member sees them in a list, newest first.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func listInstallations(
        team: TeamID, viewer: UserID, source: McpServerSource? = nil, includeStats: Bool = false
    ) async throws(DataError) -> [McpInstallationListItem] {
        try await listInstallations(team: team, viewer: viewer, source: source, includeStats: includeStats, page: nil)
    }

    /// Returns the first twenty hits of a search of what a team has installed.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func searchInstallations(team: TeamID, text: String) async throws(DataError) -> PageResult<McpInstallationSearchHit> {
        try await searchInstallations(team: team, text: text, page: .first)
    }

    /// Notes that an installation is used now.
    ///
    /// - Returns: Whether the time was written.
    /// - Throws: ``DataError`` when the database cannot be asked.
    @discardableResult
    public func touchLastUsed(_ id: McpInstallationID) async throws(DataError) -> Bool {
        try await touchLastUsed(id, at: nil)
    }

    /// Returns what a user's instance of an installation runs with, secrets masked.
    ///
    /// - Throws: ``DataError`` when the database cannot be asked.
    public func resolvedConfiguration(_ id: McpInstallationID, user: UserID) async throws(DataError) -> ResolvedConfiguration? {
        try await resolvedConfiguration(id, user: user, reveal: .masked)
    }
}
