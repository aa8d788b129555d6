import DeployStackData
import DeployStackModels

/// What the members of a team see and do. Whatever a call here forgets to say, it reaches no other team.
struct TeamPages {
    /// Knows every team; only to find out who asks.
    let platform: DataStore
    /// Opened with `rowSecurity: .enforced`.
    let tenants: DataStore

    /// The installations of the team that a token is for; `nil` when the token is good for nothing.
    func installations(token: String) async throws -> [McpInstallationView]? {
        guard let caller = try await platform.tokens.verify(token)?.token else { return nil }
        return try await store(of: caller).installations.installationViews(team: caller.teamID)
    }

    /// Removes an installation, and tells the team.
    func remove(_ installation: McpInstallationID, token: String) async throws -> Bool {
        guard let caller = try await platform.tokens.verify(token)?.token else { return false }
        return try await store(of: caller).transaction { store in
            // It names no team, so without a scope it would remove anybody's.
            guard try await store.installations.deleteInstallation(installation) else { return false }
            try await store.notifications.notifyTeam(caller.teamID, title: "Removed", message: "A server was removed.")
            return true
        }
    }

    private func store(of caller: AccessToken) throws -> DataStore {
        try tenants.scoped(to: caller.teamID, user: caller.userID)
    }
}
