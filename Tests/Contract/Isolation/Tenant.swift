import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Synchronization

/// One of everything that belongs to a team. Two teams have the same names, titles and tags, so only identifiers and one word tell them apart.
struct Tenant: Sendable {
    var team: TeamID
    var owner: UserID
    var member: UserID
    /// The team's own server, which no other team sees.
    var server: McpServerID
    /// The address part of that server.
    var serverSlug: String
    var installation: McpInstallationID
    /// What the owner set for the installation.
    var configuration: McpUserConfigurationID
    /// The owner's notification.
    var notification: NotificationID
    /// Where the owner's feed goes on behind that notification.
    var cursor: FeedCursor
    /// The owner's access token, and what is stored about it.
    var token: String
    var tokenID: AccessTokenID
    /// The team's own satellite, which is active.
    var satellite: SatelliteID
    /// The satellite's API key.
    var apiKey: String
    /// A command that waits for the satellite.
    var command: SatelliteCommandID
    /// A word that stands in every free text of the team's.
    var word: String

    /// A client that everybody may use.
    static let client: OAuthClientID = "cursor_mcp_client"

    /// A tenant of which nothing exists.
    static let missing = Tenant(
        team: "missing-team", owner: "missing-owner", member: "missing-member", server: "missing-server", serverSlug: "missing-slug",
        installation: "missing-installation", configuration: "missing-configuration", notification: "missing-notification",
        cursor: FeedCursor(createdAt: .epoch + .seconds(1_767_225_600), id: "missing-notification"),
        token: "dsa_" + String(repeating: "A", count: 43),
        tokenID: "missing-token", satellite: "missing-satellite",
        apiKey: "deploystack_satellite_api_team_" + String(repeating: "A", count: 32), command: "missing-command", word: "missingword")

    /// What must not be seen by another team. Users are the platform's; a member's identifier alone is no secret of a team.
    var marks: [String] {
        [
            team.rawValue, server.rawValue, serverSlug, installation.rawValue, configuration.rawValue, notification.rawValue, token, tokenID.rawValue,
            word,
            satellite.rawValue,
            apiKey, command.rawValue,
        ]
    }

    /// Makes a tenant in a store.
    static func make(in store: DataStore, word: String) async throws -> Tenant {
        let owner = try await store.users.createUser(NewUser(username: "owner-\(word)", email: "\(word)@example.org"), withDefaultTeam: false).id
        let member = try await store.users.createUser(NewUser(username: "member-\(word)", email: "m-\(word)@example.org"), withDefaultTeam: false).id
        let team = try await store.teams.createTeam(
            NewTeam(name: "Analytics", owner: owner, description: "About \(word)", limits: TeamScene.wide)
        ).id
        try await store.teams.addMember(member, to: team)
        let server = try await store.catalog.create(
            NewServer(
                name: "Vault", description: "Keeps metrics of \(word)", readme: "The vault of \(word)", transport: .http, ownerTeam: team,
                tags: ["private", "metrics"],
                metadata: ["of": .string(word)]),
            by: .teamAdministrator(owner, of: [team]))
        let installation = try await store.installations.createInstallation(
            team: team, user: owner, NewInstallation(serverID: server.id, name: "vault"))
        let configuration = try await store.userConfigurations.save(
            installation.installation.id, user: owner, team: team, UserConfigurationValues(env: ["OF": .string(word)]))
        let notification = try await store.notifications.create(user: owner, title: "Ready", message: "The vault of \(word)")
        try await store.preferences.set("interface.theme", to: .string("Colours of \(word)"), user: owner)
        try await store.oauthClients.grantConsent(user: owner, team: team, client: client, scopes: [.read, .executeTools])
        let token = try await store.tokens.issueAccessToken(NewAccessToken(user: owner, team: team, clientID: "client"))
        let satellite = try await store.satellites.register(
            NewSatellite(name: "satellite-of-\(word)", type: .team, team: team, systemInfo: ["of": .string(word)], region: "Region of \(word)"))
        try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(mcpStatus: ["of": .string(word)]), of: satellite.satellite.id)
        let commands = try await store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.spawn, payload: ["of": .string(word)]), team: team)
        _ = try await store.registrationTokens.create(
            NewSatelliteRegistrationToken(type: .team, team: team, permissions: ["of \(word)"], createdBy: owner))
        return Tenant(
            team: team, owner: owner, member: member, server: server.id, serverSlug: server.slug, installation: installation.installation.id,
            configuration: configuration.id,
            notification: notification.id, cursor: notification.cursor, token: token.token.reveal(), tokenID: token.record.id,
            satellite: satellite.satellite.id, apiKey: satellite.apiKey.reveal(), command: commands[0].id, word: word)
    }
}

/// Identifiers that count and differ in their first characters, which the slugs of teams' own servers are made of.
final class CountingIDGenerator: IDGenerator {
    private let last: Atomic<Int>

    /// Makes a generator whose first identifier counts one more than a number.
    init(after number: Int = 0) {
        last = Atomic(number)
    }

    func makeID() -> String {
        let number = String(last.add(1, ordering: .relaxed).newValue)
        return String(repeating: "0", count: max(0, 8 - number.utf8.count)) + number + "-id"
    }
}

/// Two tenants in one store, and a server that everybody sees.
struct TwoTenants {
    let store: DataStore
    let ours: Tenant
    let theirs: Tenant
    /// A server that everybody sees and nobody has installed.
    let common: McpServerID

    static func make(on backend: Backend) async throws -> TwoTenants {
        let store = try await open(on: backend)
        let (ours, common) = try await fill(store)
        return TwoTenants(store: store, ours: ours, theirs: try await Tenant.make(in: store, word: "bravo"), common: common)
    }

    /// Opens a store in which identifiers count and the clock stands still.
    static func open(on backend: Backend) async throws -> DataStore {
        let options = StoreOptions(timeSource: ManualTimeSource(), idGenerator: CountingIDGenerator(), randomSource: SeededRandomSource())
        return try await backend.makeStore(options: options)
    }

    /// Makes our tenant and what is common.
    static func fill(_ store: DataStore) async throws -> (ours: Tenant, common: McpServerID) {
        try await store.users.createUser(NewUser(username: "administrator", email: "admin@example.org"), withDefaultTeam: false)
        let common = try await store.catalog.create(
            NewServer(name: "Common", description: "Shows metrics to everybody", transport: .http, tags: ["metrics"]), by: .system)
        return (try await Tenant.make(in: store, word: "alpha"), common.id)
    }
}
