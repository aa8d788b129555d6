import DeployStackModels

// What the in-memory services do with installations, for use inside a call that may do more.
extension InMemoryTables {
    /// The installations of a team, in no order. Secrets in them are encrypted.
    func installations(of team: TeamID) -> [McpInstallation] {
        installations.rows(referringTo: team.rawValue, by: McpInstallation.teamReference)
    }

    /// A team's installations with their servers and the team, newest first, secrets masked.
    func installationViews(team: TeamID) -> [McpInstallationView] {
        let owner = teams[team]
        return installations(of: team)
            .sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
            .map { McpInstallationView(installation: $0.masked, server: servers[$0.serverID]?.server, team: owner) }
    }

    /// How many installations of each kind a team has, or `nil` when there is no such team.
    func usage(team: TeamID) -> TeamUsage? {
        guard let limits = teams[team]?.limits else { return nil }
        var usage = TeamUsage(total: 0, nonHttp: 0, http: 0, github: 0, limits: limits)
        for installation in installations(of: team) {
            guard let server = servers[installation.serverID]?.server else { continue }
            usage.total += 1
            if server.transport == .stdio, server.source != .github { usage.nonHttp += 1 }
            if server.transport == .http || server.transport == .sse { usage.http += 1 }
            if server.source == .github { usage.github += 1 }
        }
        return usage
    }

    /// Installs a server for a team, within its limits.
    mutating func createInstallation(
        _ new: NewInstallation, team: TeamID, user: UserID, in environment: StoreEnvironment
    ) throws(DataError) -> McpInstallationDetail {
        guard let server = servers[new.serverID]?.complete else { throw .notFound(.server) }
        try InstallationRules.validate(server, for: team)
        guard let slug = teams[team]?.slug else { throw .notFound(.team) }
        guard users[user] != nil else { throw .notFound(.user) }
        guard let usage = usage(team: team) else { throw .notFound(.team) }
        try InstallationRules.validate(server, usage: usage)
        let record = try McpInstallation(new, of: server, team: team, user: user, in: environment)
        try insert(record)
        let users = new.provisioning == .allMembers ? members(of: team).map(\.userID).sorted() : []
        let instances = new.provisioning == .none ? [] : try provision(record.id, of: server, users: users, in: environment)
        return McpInstallationDetail(installation: record.masked, server: server, teamSlug: slug, instances: instances)
    }

    /// Installs the servers that every new default team gets. One that fails stops nothing.
    mutating func installAutomatically(into team: Team, in environment: StoreEnvironment) throws(DataError) -> AutoInstallReport {
        var report = AutoInstallReport()
        let chosen = servers.all
            .filter { $0.details.isAutoInstalled && $0.server.visibility == .global && $0.server.status == .active }
            .map(\.server)
            .sorted { ($0.name.bytewise, $0.id.bytewise) < ($1.name.bytewise, $1.id.bytewise) }
        for server in chosen {
            do throws(DataError) {
                let new = try NewInstallation(serverID: server.id, name: InstallationRules.automaticName(of: server)).validated()
                let detail = try savepoint { tables in
                    try tables.createInstallation(new, team: team.id, user: team.ownerID, in: environment)
                }
                report.installed.append(detail.id)
            } catch {
                guard error.isAboutTheRequest else { throw error }
                report.failed.append(AutoInstallReport.Failure(serverID: server.id, error: error))
            }
        }
        return report
    }

    /// Gives a new member an instance of each of the team's installations.
    mutating func provisionAll(team: TeamID, for user: UserID, in environment: StoreEnvironment) throws(DataError) {
        for installation in installations(of: team).sorted(by: { ($0.createdAt, $0.id.bytewise) < ($1.createdAt, $1.id.bytewise) }) {
            guard let server = servers[installation.serverID]?.complete else { continue }
            _ = try provision(installation.id, of: server, users: [user], in: environment)
        }
    }

    /// Makes instances for some users, with another path for those whose path turned out to be taken.
    private mutating func provision(
        _ installation: McpInstallationID, of server: McpServer, users: [UserID], in environment: StoreEnvironment
    ) throws(DataError) -> [McpServerInstance] {
        let status = InstallationRules.initialStatus(for: server)
        let now = environment.now()
        var pending = users
        var made: [McpServerInstance] = []
        for _ in 0..<InstancePath.maximumAttempts where !pending.isEmpty {
            let drawn = pending.map { McpServerInstance(of: installation, user: $0, status: status, at: now, in: environment) }
            for instance in drawn where !isTaken(instance) {
                try insert(InstanceRow(instance: instance, tokenHash: nil))
                made.append(instance)
            }
            pending.removeAll { instances.row(InstanceRow.memberKey, installation.rawValue, $0.rawValue) != nil }
        }
        guard pending.isEmpty else { throw InstancePath.exhausted }
        return made.sorted { $0.userID < $1.userID }
    }

    /// Whether the user has an instance of the installation already, or the path or identifier is another's: what `ON CONFLICT DO NOTHING` passes over.
    private func isTaken(_ instance: McpServerInstance) -> Bool {
        instances[instance.id] != nil
            || instances.row(InstanceRow.memberKey, instance.installationID.rawValue, instance.userID.rawValue) != nil
            || instance.path.map { instances.row(InstanceRow.pathKey, $0) != nil } ?? false
    }
}

extension McpInstallation {
    /// The installation as it is read: secrets are masked.
    var masked: McpInstallation {
        var installation = self
        installation.configuration = configuration.masked
        return installation
    }
}
