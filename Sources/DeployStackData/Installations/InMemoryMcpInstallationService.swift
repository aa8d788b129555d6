import DeployStackModels
import TextSearch

/// Installations in the in-memory tables.
struct InMemoryMcpInstallationService: McpInstallationService {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func createInstallation(
        team: TeamID, user: UserID, _ installation: NewInstallation
    ) async throws(DataError) -> McpInstallationDetail {
        let new = try installation.validated()
        guard IdentifierRule.canExist(new.serverID) else { throw .notFound(.server) }
        guard IdentifierRule.canExist(team) else { throw .notFound(.team) }
        guard IdentifierRule.canExist(user) else { throw .notFound(.user) }
        if let satellite = new.satelliteID, !IdentifierRule.canExist(satellite) { throw InstallationRules.satelliteMissing }
        return try await tables.write { tables in
            try tables.createInstallation(new, team: team, user: user, in: environment)
        }
    }

    func installation(_ id: McpInstallationID, team: TeamID, reveal: SecretReveal) async throws(DataError) -> McpInstallationDetail? {
        guard IdentifierRule.canExist(id), IdentifierRule.canExist(team) else { return nil }
        return try await tables.read { tables in
            try tables.detail(id, team: team, reveal, with: environment.cipher)
        }
    }

    func listInstallations(
        team: TeamID, viewer: UserID, source: McpServerSource?, includeStats: Bool, page: Page?
    ) async throws(DataError) -> [McpInstallationListItem] {
        try page?.validate()
        try InstallationRules.validate(source: source)
        guard IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { tables in
            tables.installationsNewestFirst(team: team)
                .compactMap { tables.listItem($0, viewer: viewer, includeStats: includeStats) }
                .filter { item in source.map { item.server.source == $0 } ?? true }
                .slice(page)
        }
    }

    func searchInstallations(team: TeamID, text: String, page: Page) async throws(DataError) -> PageResult<McpInstallationSearchHit> {
        try page.validate()
        let query = try SearchRule.checked(text).query
        guard IdentifierRule.canExist(team) else { return PageResult(items: [], total: 0, page: page) }
        return try await tables.read { tables in
            let hits = tables.installationViews(team: team).compactMap { view -> McpInstallationSearchHit? in
                guard let vector = tables.servers[view.installation.serverID]?.searchVector, query.matches(vector) else { return nil }
                return McpInstallationSearchHit(view: view, rank: TextRank.rank(vector, of: query))
            }
            // The views are newest first already, and must stay so where the rank is the same.
            let sorted = hits.enumerated().sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }
            return PageResult(of: sorted.map(\.element), page)
        }
    }

    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID] {
        guard IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { $0.installationsNewestFirst(team: team).map(\.id) }
    }

    func installations(ofServer server: McpServerID) async throws(DataError) -> [McpInstallationReference] {
        guard IdentifierRule.canExist(server) else { return [] }
        return try await tables.read { tables in
            tables.installations.rows(referringTo: server.rawValue, by: McpInstallation.serverReference)
                .sorted { ($0.teamID.bytewise, $0.id.bytewise) < ($1.teamID.bytewise, $1.id.bytewise) }
                .map { McpInstallationReference(id: $0.id, teamID: $0.teamID, name: $0.name, createdBy: $0.createdBy) }
        }
    }

    func installationViews(team: TeamID, page: Page?) async throws(DataError) -> [McpInstallationView] {
        try page?.validate()
        guard IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { tables in
            tables.installationViews(team: team).slice(page)
        }
    }

    func installationViews(team: TeamID, tagged tags: [String], match: TagMatch) async throws(DataError) -> [McpInstallationView] {
        try TagRule.validateQuery(tags)
        guard IdentifierRule.canExist(team) else { return [] }
        let wanted = TagSet(tags)
        return try await tables.read { tables in
            tables.installationViews(team: team).filter { view in
                guard let server = view.server else { return false }
                return switch match {
                case .all: wanted.isContained(in: server.tags)
                case .any: wanted.meets(server.tags)
                }
            }
        }
    }

    func usage(team: TeamID) async throws(DataError) -> TeamUsage? {
        guard IdentifierRule.canExist(team) else { return nil }
        return try await tables.read { $0.usage(team: team) }
    }

    func deleteInstallation(_ id: McpInstallationID) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(id) else { return false }
        return try await tables.write { tables in
            try tables.delete(McpInstallation.self, [id.bytewise]) > 0
        }
    }

    func updateInstallation(
        _ id: McpInstallationID, team: TeamID, _ patch: InstallationPatch
    ) async throws(DataError) -> McpInstallationDetail? {
        let patch = try patch.validated()
        return try await tables.write { tables in
            guard let found = tables.installedServer(id, team: team) else { return nil }
            let changed = try patch.applied(to: found.stored, of: found.server, in: environment)
            try tables.update(McpInstallation.self, id.bytewise) { $0 = changed }
            return try tables.detail(id, team: team, .masked, with: environment.cipher)
        }
    }

    func updateSettings(_ id: McpInstallationID, team: TeamID, _ settings: JSONValue) async throws(DataError) -> JSONValue? {
        let change = try SettingsChange(settings)
        let now = environment.now()
        return try await tables.write { tables in
            guard tables.installations[id]?.teamID == team else { return nil }
            return try tables.update(McpInstallation.self, id.bytewise) { installation in
                installation.settings = change.applied(to: installation.settings)
                installation.updatedAt = now
            }?.settings
        }
    }

    func deleteInstallation(_ id: McpInstallationID, team: TeamID) async throws(DataError) -> Bool {
        try await tables.write { tables in
            guard let installation = tables.installations[id], installation.teamID == team else { return false }
            if let server = tables.servers[installation.serverID]?.server, server.source == .github, server.visibility == .team,
                server.ownerTeamID == team
            {
                return try tables.delete(ServerRow.self, [server.id.bytewise]) > 0
            }
            return try tables.delete(McpInstallation.self, [id.bytewise]) > 0
        }
    }

    func touchLastUsed(_ id: McpInstallationID, at time: Timestamp?) async throws(DataError) -> Bool {
        let time = time ?? environment.now()
        let moment = InstallationRules.touchedBefore(time)
        return try await tables.write { tables in
            guard let installation = tables.installations[id], installation.lastUsedAt.map({ $0 <= moment }) ?? true else { return false }
            return try tables.update(McpInstallation.self, id.bytewise) { $0.lastUsedAt = time } != nil
        }
    }

    func resolvedConfiguration(
        _ id: McpInstallationID, user: UserID, reveal: SecretReveal
    ) async throws(DataError) -> ResolvedConfiguration? {
        try await tables.read { tables in
            guard let stored = tables.installations[id], tables.membership(of: user, in: stored.teamID) != nil else { return nil }
            return try tables.configuredInstallation(stored, user: user)?.resolved(reveal, with: environment.cipher)
        }
    }

    func satelliteConfigurations(_ satellite: SatelliteID) async throws(DataError) -> [SatelliteConfiguration] {
        guard IdentifierRule.canExist(satellite) else { return [] }
        return try await tables.read { tables in
            guard let team = tables.satellites[satellite].map(\.satellite.teamID) else { return [] }
            return tables.installations.all
                .filter { team == nil || $0.teamID == team }
                .filter { $0.satelliteID == nil || $0.satelliteID == satellite }
                .sorted { ($0.teamID.bytewise, $0.id.bytewise) < ($1.teamID.bytewise, $1.id.bytewise) }
                .flatMap { stored in
                    tables.instances(of: stored.id)
                        .filter { $0.status != .awaitingUserConfiguration }
                        .sorted { $0.userID < $1.userID }
                        .compactMap { instance -> SatelliteConfiguration? in
                            var configured = tables.configuredInstallation(stored, user: instance.userID)
                            configured?.instance = instance
                            return configured?.satelliteConfiguration(with: environment.cipher)
                        }
                }
        }
    }

    func clientConfiguration(_ id: McpInstallationID, team: TeamID, client: McpClientProgram) async throws(DataError) -> JSONValue? {
        guard let found = try await tables.read({ $0.installedServer(id, team: team) }) else { return nil }
        let document = try found.clientConfiguration(for: client, with: environment.cipher)
        _ = try await touchLastUsed(id, at: nil)
        return document
    }
}
