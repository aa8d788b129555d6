import DeployStackModels
import TextSearch

/// Installations in PostgreSQL.
struct PostgresMcpInstallationService: McpInstallationService {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func createInstallation(
        team: TeamID, user: UserID, _ installation: NewInstallation
    ) async throws(DataError) -> McpInstallationDetail {
        let new = try installation.validated()
        guard IdentifierRule.canExist(new.serverID) else { throw .notFound(.server) }
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        guard IdentifierRule.canExist(user) else { throw .notFound(.user) }
        if let satellite = new.satelliteID, !IdentifierRule.canExist(satellite) { throw InstallationRules.satelliteMissing }
        do throws(DataError) {
            return try await database.transaction { database in
                guard let seen = try await database.optional(.server(new.serverID)) else { throw DataError.notFound(.server) }
                try InstallationRules.validate(seen, for: team)
                let held = try await database.optional(.holdUser(user))
                // Everything that is counted below belongs to the team, so holding its row makes installs at the same time wait for each other.
                guard let locked = try await database.optional(.lockTeam(team)) else { throw DataError.notFound(.team) }
                guard held != nil else { throw DataError.notFound(.user) }
                guard let usage = try await database.optional(.usage(team: team)) else { throw DataError.notFound(.team) }
                try InstallationRules.validate(seen, usage: usage)
                let record = try McpInstallation(new, of: seen, team: team, user: user, in: environment)
                let created = try await database.one(.createInstallation(record))
                let (installation, server) = try await Self.hold(created, new, of: seen, usage: usage, database)
                let instances = try await Self.provision(created.id, of: server, for: new.provisioning, team: team, database)
                return McpInstallationDetail(installation: installation, server: server, teamSlug: locked.slug, instances: instances)
            }
        } catch  where error.constraint == McpInstallation.serverReference.name {
            // It was deleted between looking and inserting.
            throw .notFound(.server)
        }
    }

    /// Brings a new installation up to the server as it is now.
    ///
    /// Since the installation is there, its foreign key holds the server: whoever changes what teams configure, or deletes it, waits. A lock of our own would not do, because a scoped
    /// store may read the platform's servers but not lock them. What was changed before, while the insertion waited, counts; above all, what is secret by now.
    private static func hold(
        _ created: McpInstallation, _ new: NewInstallation, of seen: McpServer, usage: TeamUsage, _ database: Database
    ) async throws(DataError) -> (McpInstallation, McpServer) {
        guard let server = try await database.optional(.server(seen.id)) else { throw .notFound(.server) }
        guard server != seen else { return (created, server) }
        try InstallationRules.validate(server, for: created.teamID)
        try InstallationRules.validate(server, usage: usage)
        var installation = created
        installation.configuration = try new.sealedConfiguration(for: server, id: created.id, in: database.environment)
        _ = try await database.execute(.updateInstallation(installation))
        return (installation.masked, server)
    }

    func installation(_ id: McpInstallationID, team: TeamID, reveal: SecretReveal) async throws(DataError) -> McpInstallationDetail? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return nil }
        return try await Self.detail(id, team: team, reveal, database)
    }

    func listInstallations(
        team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?
    ) async throws(DataError) -> [McpInstallationListItem] {
        try page?.validate()
        try InstallationRules.validate(source: source)
        guard IdentifierRule.canExist(team) else { return [] }
        // Nobody's identifier is empty, so a viewer who cannot exist has no instances.
        let viewer = IdentifierRule.canExist(viewer) ? viewer : ""
        return try await database.all(
            .listInstallations(team: team, viewer: viewer, source: source, includeStats: includeStats, page: page))
    }

    func searchInstallations(team: TeamID, text: String, page: Page) async throws(DataError) -> PageResult<McpInstallationSearchHit> {
        try page.validate()
        let search = try SearchRule.checked(text)
        guard IdentifierRule.canExist(team) else { return PageResult(items: [], total: 0, page: page) }
        let rows = try await database.all(.searchInstallations(team: team, text: search.text, page: page))
        return PageResult(items: rows.compactMap(\.hit), total: rows.first?.total ?? 0, page: page)
    }

    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID] {
        guard IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.installationIDs(team: team))
    }

    func installations(ofServer server: McpServerID) async throws(DataError) -> [McpInstallationReference] {
        guard IdentifierRule.canExist(server) else { return [] }
        return try await database.all(.installations(of: server))
    }

    func installationViews(team: TeamID, page: Page?) async throws(DataError) -> [McpInstallationView] {
        try page?.validate()
        guard IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.installationViews(team: team, page: page))
    }

    func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) async throws(DataError) -> [McpInstallationView] {
        try TagRule.validateQuery(tags)
        guard IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.installationViews(team: team, tagged: tags, match: match))
    }

    func usage(team: TeamID) async throws(DataError) -> TeamUsage? {
        guard IdentifierRule.canExist(team) else { return nil }
        return try await database.optional(.usage(team: team))
    }

    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await database.execute(.deleteInstallation(id)) > 0
    }

    func updateInstallation(
        _ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch
    ) async throws(DataError) -> McpInstallationDetail? {
        let patch = try patch.validated()
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return nil }
        return try await database.transaction { database in
            // Read only when the installation is held: who makes something of the schema secret encrypts what is stored, and waits for it before.
            guard try await database.optional(.lockInstallation(id, team: team)) != nil,
                let found = try await database.optional(.installedServer(id, team: team))
            else { return nil }
            let changed = try patch.applied(to: found.stored, of: found.server, in: environment)
            _ = try await database.execute(.updateInstallation(changed))
            return try await Self.detail(id, team: team, .masked, database)
        }
    }

    func updateSettings(_ id: McpInstallationID, team: TeamID, _ settings: JSONValue) async throws(DataError) -> JSONValue? {
        let change = try SettingsChange(settings)
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return nil }
        return try await database.optional(.updateSettings(id, team: team, change, at: environment.now()))
    }

    func deleteInstallation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return false }
        return try await database.transaction { database in
            if let server = try await database.optional(.lockDeployedServer(of: id, team: team)) {
                return try await database.execute(.deleteDeployedServer(server)) > 0
            }
            return try await database.execute(.deleteInstallation(id, team: team)) > 0
        }
    }

    func touchLastUsed(_ id: McpInstallationID, at time: Timestamp?) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        let time = time ?? environment.now()
        return try await database.execute(.touchLastUsed(id, at: time, ifBefore: InstallationRules.touchedBefore(time))) > 0
    }

    func resolvedConfiguration(
        _ id: McpInstallationID, user: UserID, reveal: SecretReveal
    ) async throws(DataError) -> ResolvedConfiguration? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(user) else { return nil }
        return try await database.optional(.configuredInstallation(id, user: user))?.resolved(reveal, with: environment.cipher)
    }

    func satelliteConfigurations(_ satellite: SatelliteID) async throws(DataError) -> [SatelliteConfiguration] {
        guard IdentifierRule.canExist(satellite) else { return [] }
        return try await database.all(.satelliteConfigurations(satellite)).compactMap { $0.satelliteConfiguration(with: environment.cipher) }
    }

    func clientConfiguration(_ id: McpInstallationID, team: TeamID, client: McpClientProgram) async throws(DataError) -> JSONValue? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return nil }
        guard let found = try await database.optional(.installedServer(id, team: team)) else { return nil }
        let document = try found.clientConfiguration(for: client, with: environment.cipher)
        _ = try await touchLastUsed(id, at: nil)
        return document
    }

    private static func detail(
        _ id: McpInstallationID, team: TeamID, _ reveal: SecretReveal, _ database: Database
    ) async throws(DataError) -> McpInstallationDetail? {
        let rows = try await database.all(.installation(id, team: team))
        guard let first = rows.first else { return nil }
        guard let server = first.server else { throw DataError(.internal, entity: .server, reason: "an installation was read without its server") }
        return McpInstallationDetail(
            installation: try first.stored.revealed(reveal, with: database.environment.cipher), server: server, teamSlug: first.teamSlug,
            instances: rows.compactMap(\.instance))
    }

    /// Installs the servers that every new default team gets. Each has a savepoint of its own, so one that fails stops nothing.
    func installAutomatically(into team: Team) async throws(DataError) -> AutoInstallReport {
        var report = AutoInstallReport()
        for server in try await database.all(.autoInstalledServers()) {
            do {
                let installation = NewInstallation(serverID: server.id, name: InstallationRules.automaticName(of: server))
                let detail = try await createInstallation(team: team.id, user: team.ownerID, installation)
                report.installed.append(detail.id)
            } catch {
                guard error.isAboutTheRequest else { throw error }
                report.failed.append(AutoInstallReport.Failure(serverID: server.id, error: error))
            }
        }
        return report
    }

    /// Gives a new member an instance of each of the team's installations.
    func provisionAll(team: TeamID, for user: UserID) async throws(DataError) {
        for installation in try await database.all(.provisionableInstallations(team: team)) {
            _ = try await PostgresInstanceRepository.provision(
                installation.id, of: installation.server, users: [user], withTokens: false, database)
        }
    }

    private static func provision(
        _ installation: McpInstallationID, of server: McpServer, for provisioning: NewInstallation.Provisioning, team: TeamID, _ database: Database
    ) async throws(DataError) -> [McpServerInstance] {
        switch provisioning {
        case .none: []
        case .allMembers:
            try await PostgresInstanceRepository.provision(
                installation, of: server, users: try await database.all(.memberIDs(of: team)), withTokens: false, database
            ).map(\.instance)
        }
    }
}
