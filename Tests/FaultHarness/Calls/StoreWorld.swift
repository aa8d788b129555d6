package import DeployStackData
package import DeployStackDataTesting
package import DeployStackModels

/// What is in a store before calls are made: one of everything that a call can name. Two stores with reproducible options have equal ones.
package struct StoreWorld: Sendable {
    /// The store's clock.
    package let clock: ManualTimeSource
    package let administrator: UserID
    /// The owner of the team.
    package let owner: UserID
    package let team: TeamID
    package let server: McpServerID
    /// A server that calls change, and that nobody has installed.
    package let changedServer: McpServerID
    /// An installation of the server, of which the owner has an instance.
    package let installation: McpInstallationID
    /// The owner's configuration of the installation.
    package let configuration: McpUserConfigurationID
    package let notification: NotificationID
    /// An active satellite that serves every team.
    package let satellite: SatelliteID
    /// A user with neither teams nor a default team, another one each time that ``welcomeGuest(to:)`` is called.
    package private(set) var guest: UserID
    /// A number that is another one for each call, for names that must be new.
    package var round = 0

    /// Fills an empty store that was opened with ``options(clock:)``.
    package init(filling store: DataStore, clock: ManualTimeSource) async throws {
        self.clock = clock
        administrator = try await store.users.createUser(NewUser(username: "administrator", email: "admin@example.org"), withDefaultTeam: false).id
        owner = try await store.users.createUser(NewUser(username: "owner", email: "owner@example.org"), withDefaultTeam: false).id
        guest = owner
        let wide = TeamLimits(mcpServers: 1_000_000, nonHttp: 1_000, github: 1_000, members: 1_000_000)
        team = try await store.teams.createTeam(NewTeam(name: "Team", owner: owner, limits: wide)).id
        server = try await store.catalog.create(
            NewServer(name: "Server", description: "A server of the world", transport: .http, tags: ["world"]), by: .system
        ).id
        changedServer = try await store.catalog.create(NewServer(name: "Changed", transport: .http), by: .system).id
        installation = try await store.installations.createInstallation(
            team: team, user: owner, NewInstallation(serverID: server, name: "Installed")
        ).id
        configuration = try await store.userConfigurations.save(
            installation, user: owner, team: team, UserConfigurationValues(env: ["A": "a"])
        ).id
        notification = try await store.notifications.create(user: owner, title: "Title", message: "Message").id
        satellite = try await store.satellites.register(NewSatellite(name: "satellite-of-the-world")).satellite.id
        try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite)
    }

    /// Options with which two backends give equal answers, and secrets can be stored.
    package static func options(clock: ManualTimeSource) throws -> StoreOptions {
        .reproducible(clock: clock, encryptionSecret: try EncryptionSecret("only for tests, never elsewhere"))
    }

    /// Makes a new guest, before all calls are made once more: nobody may have many teams.
    package mutating func welcomeGuest(to store: DataStore) async throws {
        round += 1
        guest = try await store.users.createUser(NewUser(username: "guest-\(round)", email: "guest-\(round)@example.org"), withDefaultTeam: false).id
    }
}
