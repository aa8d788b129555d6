import DeployStackModels

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
        return try await database.transaction { database in
            guard let server = try await database.optional(.server(new.serverID)) else { throw DataError.notFound(.server) }
            try InstallationRules.validate(server, for: team)
            let held = try await database.optional(.holdUser(user))
            // Everything that is counted below belongs to the team, so holding its row makes installs at the same time wait for each other.
            guard let locked = try await database.optional(.lockTeam(team)) else { throw DataError.notFound(.team) }
            guard held != nil else { throw DataError.notFound(.user) }
            guard let usage = try await database.optional(.usage(team: team)) else { throw DataError.notFound(.team) }
            try InstallationRules.validate(server, usage: usage)
            let record = try McpInstallation(new, of: server, team: team, user: user, in: environment)
            let created = try await database.one(.createInstallation(record))
            let instances = try await Self.provision(created.id, of: server, for: new.provisioning, team: team, database)
            return McpInstallationDetail(installation: created, server: server, teamSlug: locked.slug, instances: instances)
        }
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
            _ = try await Self.provision(installation.id, of: installation.server, users: [user], database)
        }
    }

    private static func provision(
        _ installation: McpInstallationID, of server: McpServer, for provisioning: NewInstallation.Provisioning, team: TeamID, _ database: Database
    ) async throws(DataError) -> [McpServerInstance] {
        switch provisioning {
        case .none: []
        case .allMembers: try await provision(installation, of: server, users: try await database.all(.memberIDs(of: team)), database)
        }
    }

    /// Makes instances for some users, with another path for those whose path turned out to be taken.
    private static func provision(
        _ installation: McpInstallationID, of server: McpServer, users: [UserID], _ database: Database
    ) async throws(DataError) -> [McpServerInstance] {
        let status = InstallationRules.initialStatus(for: server)
        let now = database.environment.now()
        var pending = users
        var instances: [McpServerInstance] = []
        for _ in 0..<InstancePath.maximumAttempts where !pending.isEmpty {
            let drawn = pending.map { McpServerInstance(of: installation, user: $0, status: status, at: now, in: database.environment) }
            instances += try await database.all(.provision(drawn, at: now))
            let served = Set(try await database.all(.usersWithInstance(of: installation)))
            pending.removeAll { served.contains($0) }
        }
        guard pending.isEmpty else { throw InstancePath.exhausted }
        return instances.sorted { $0.userID < $1.userID }
    }
}
