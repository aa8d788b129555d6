import DeployStackModels

// What the in-memory services do with installations, for use inside a call that may do more.
extension InMemoryTables {
    /// The installations of a team, in no order. Secrets in them are encrypted.
    func installations(of team: TeamID) -> [McpInstallation] {
        installations.rows(referringTo: team.rawValue, by: McpInstallation.teamReference)
    }

    /// The installations of a team, newest first. Secrets in them are encrypted.
    func installationsNewestFirst(team: TeamID) -> [McpInstallation] {
        installations(of: team).sorted { ($0.createdAt, $0.id.bytewise) > ($1.createdAt, $1.id.bytewise) }
    }

    /// A team's installations with their servers and the team, newest first, secrets masked.
    func installationViews(team: TeamID) -> [McpInstallationView] {
        let owner = teams[team]
        return installationsNewestFirst(team: team)
            .map { McpInstallationView(installation: $0.masked, server: servers[$0.serverID]?.server, team: owner) }
    }

    /// An installation of a team with what is installed, as they are stored.
    func installedServer(_ id: McpInstallationID, team: TeamID) -> InstalledServer? {
        guard let stored = installations[id], stored.teamID == team, let server = servers[stored.serverID]?.complete else { return nil }
        return InstalledServer(stored: stored, server: server)
    }

    /// An installation with what is installed and a user's configuration of it, as they are stored.
    func configuredInstallation(_ stored: McpInstallation, user: UserID) -> ConfiguredInstallation? {
        servers[stored.serverID].map {
            ConfiguredInstallation(stored: stored, server: $0.complete, configuration: userConfiguration(stored.id, user: user))
        }
    }

    /// An installation of a team with everything about it.
    func detail(
        _ id: McpInstallationID, team: TeamID, _ reveal: SecretReveal, with cipher: SecretCipher?
    ) throws(DataError) -> McpInstallationDetail? {
        guard let found = installedServer(id, team: team), let slug = teams[team]?.slug else { return nil }
        return McpInstallationDetail(
            installation: try found.stored.revealed(reveal, with: cipher), server: found.server, teamSlug: slug,
            instances: instances(of: id).sorted { $0.userID < $1.userID })
    }

    /// An installation as a list shows it.
    func listItem(_ installation: McpInstallation, viewer: UserID, includeStats: Bool) -> McpInstallationListItem? {
        guard let row = servers[installation.serverID] else { return nil }
        let own = instances.row(InstanceRow.memberKey, installation.id.rawValue, viewer.rawValue)?.instance
        return McpInstallationListItem(
            id: installation.id, teamID: installation.teamID, name: installation.name, type: installation.type,
            createdBy: installation.createdBy, createdAt: installation.createdAt, lastUsedAt: installation.lastUsedAt,
            server: McpInstallationListItem.Server(row),
            instance: own.map { instance in
                McpInstallationListItem.InstanceState(
                    id: instance.id, status: instance.status, statusMessage: instance.statusMessage, statusUpdatedAt: instance.statusUpdatedAt)
            },
            counts: includeStats ? McpInstanceCounts(instances(of: installation.id).map(\.status.group)) : nil)
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
        let instances = try provision(record.id, of: server, users: users, withTokens: false, in: environment).map(\.instance)
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
            _ = try provision(installation.id, of: server, users: [user], withTokens: false, in: environment)
        }
    }
}

extension McpInstallationListItem.Server {
    fileprivate init(_ row: ServerRow) {
        let (server, details) = (row.server, row.details)
        self.init(
            id: server.id, name: server.name, slug: server.slug, description: server.description, iconURL: server.iconURL,
            categoryID: server.categoryID, runtime: server.runtime, transport: server.transport, source: server.source,
            repositoryURL: server.repositoryURL, gitBranch: details.gitBranch, gitCommitSHA: details.gitCommitSHA)
    }
}

extension McpInstanceCounts {
    fileprivate init(_ groups: [McpInstanceStatus.Group]) {
        self.init()
        for group in groups {
            switch group {
            case .online: online += 1
            case .offline: offline += 1
            case .error: error += 1
            case .provisioning: provisioning += 1
            }
        }
    }
}
