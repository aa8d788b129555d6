import DeployStackData
import DeployStackModels

/// Everything that a tenant can see of its own.
enum TenantSnapshot {
    static func text(of tenant: Tenant, in store: DataStore) async throws -> String {
        try await [
            everything(of: store.teams.team(tenant.team)), everything(of: store.teams.members(of: tenant.team)),
            everything(of: store.teams.teams(of: tenant.owner)), everything(of: store.users.user(tenant.owner)),
            everything(of: store.users.user(tenant.member)), everything(of: store.catalog.server(tenant.server)),
            everything(of: store.catalog.list(viewer: .member(of: [tenant.team]), filter: CatalogFilter(visibility: .team))),
            everything(of: store.installations.installationViews(team: tenant.team)), everything(of: store.installations.usage(team: tenant.team)),
            everything(of: store.installations.installation(tenant.installation, team: tenant.team)),
            everything(of: store.instances.statuses(installation: tenant.installation, team: tenant.team)),
            everything(of: store.userConfigurations.list(user: tenant.owner, team: tenant.team)),
            everything(of: store.notifications.list(user: tenant.owner)), everything(of: store.notifications.list(user: tenant.member)),
            everything(of: store.preferences.all(user: tenant.owner)), everything(of: store.tokens.verify(tenant.token)),
            everything(of: store.tokens.activeTokens(user: tenant.owner)),
            everything(of: store.oauthClients.consent(user: tenant.owner, team: tenant.team, client: Tenant.client)),
            everything(of: store.satellites.satellite(tenant.satellite)), everything(of: store.satellites.heartbeats(of: tenant.satellite)),
            everything(of: store.satelliteCommands.command(tenant.command)),
        ].joined(separator: "\n")
    }
}
