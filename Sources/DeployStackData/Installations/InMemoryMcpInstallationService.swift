import DeployStackModels

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
}
