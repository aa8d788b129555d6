package import DeployStackData
import DeployStackDataTesting
import DeployStackModels

/// One place of the library where a text is stored and can be read back.
package struct TextSlot: Sendable {
    /// The place, such as `notification.message`.
    package let name: String
    /// How many Unicode scalars each of its texts may have.
    package let capacity: Int
    /// How many texts one write takes.
    package let width: Int
    private let write: @Sendable (DataStore, StoreWorld, [String]) async throws -> [String?]

    /// Stores texts, reads them in a call of its own, and returns what was read in the same order.
    package func roundTrip(_ texts: [String], in store: DataStore, _ world: StoreWorld) async throws -> [String?] {
        try await write(store, world, texts)
    }

    private init(
        _ name: String, _ capacity: Int, width: Int = 1, _ write: @escaping @Sendable (DataStore, StoreWorld, [String]) async throws -> [String?]
    ) {
        self.name = name
        self.capacity = capacity
        self.width = width
        self.write = write
    }

    /// Every one that takes any text. Names that must be new are not among the parts of a text that is spread over several writes, because they end
    /// in a number.
    package static let all: [TextSlot] = users + teams + catalog + rest

    private static let users = [
        TextSlot("user.username", 30) { store, world, texts in
            let made = try await store.users.createUser(NewUser(username: texts[0], email: "u\(world.round)@example.org"), withDefaultTeam: false)
            return [try await store.users.user(made.id)?.username]
        },
        TextSlot("user.firstName", 100, width: 2) { store, world, texts in
            let new = NewUser(username: "user\(world.round)", email: "user\(world.round)@example.org", firstName: texts[0], lastName: texts[1])
            let made = try await store.users.createUser(new, withDefaultTeam: false)
            let user = try await store.users.user(made.id)
            return [user?.firstName, user?.lastName]
        },
        TextSlot("user.githubID", 100) { store, world, texts in
            let new = NewUser(username: "user\(world.round)", email: "user\(world.round)@example.org", githubID: texts[0])
            return [try await store.users.user(try await store.users.createUser(new, withDefaultTeam: false).id)?.githubID]
        },
    ]

    private static let teams = [
        TextSlot("team.name", 100) { store, world, texts in
            _ = try await store.teams.updateTeamName(world.team, texts[0])
            return [try await store.teams.team(world.team)?.name]
        },
        TextSlot("team.description", 1_000) { store, world, texts in
            _ = try await store.teams.updateTeam(world.team, TeamPatch(description: .set(texts[0])))
            return [try await store.teams.team(world.team)?.description]
        },
    ]

    private static let catalog = [
        TextSlot("server.name", 200) { store, _, texts in
            let made = try await store.catalog.create(NewServer(name: texts[0]), by: .system)
            return [try await store.catalog.server(made.id)?.name]
        },
        TextSlot("server.description", 10_000) { store, _, texts in
            let made = try await store.catalog.create(NewServer(name: "described", description: texts[0]), by: .system)
            return [try await store.catalog.server(made.id)?.description]
        },
        TextSlot("server.longDescription", 100_000) { store, world, texts in
            let made = try await store.catalog.create(NewServer(name: "long \(world.round)", longDescription: texts[0]), by: .system)
            return [try await store.catalog.server(made.id)?.details?.longDescription]
        },
        TextSlot("server.iconURL", 2_048, width: 3) { store, world, texts in
            let new = NewServer(name: "urls \(world.round)", iconURL: texts[0], websiteURL: texts[1], repositoryURL: texts[2])
            let server = try await store.catalog.server(try await store.catalog.create(new, by: .system).id)
            return [server?.iconURL, server?.websiteURL, server?.repositoryURL]
        },
        TextSlot("server.language", 200, width: 4) { store, world, texts in
            let new = NewServer(name: "short \(world.round)", version: texts[0], gitCommitSHA: texts[1], language: texts[2], runtime: texts[3])
            let server = try await store.catalog.server(try await store.catalog.create(new, by: .system).id)
            return [server?.details?.version, server?.details?.gitCommitSHA, server?.language, server?.runtime]
        },
        TextSlot("server.tags", 100, width: 100) { store, world, texts in
            let made = try await store.catalog.create(NewServer(name: "tagged \(world.round)", tags: texts), by: .system)
            return try await store.catalog.server(made.id)?.tags ?? []
        },
        TextSlot("server.metadata", 120_000, width: 2) { store, world, texts in
            let metadata = JSONValue.object(JSONObject([("value", .string(texts[0])), (texts[1], .null)]))
            let made = try await store.catalog.create(NewServer(name: "documented \(world.round)", metadata: metadata), by: .system)
            let read = try await store.catalog.server(made.id)?.metadata
            return [read?["value"]?.string, read?.object?.map(\.key).first { $0 != "value" }]
        },
    ]

    private static let rest = [
        TextSlot("installation.name", 100) { store, world, texts in
            let new = NewInstallation(serverID: world.server, name: texts[0])
            let made = try await store.installations.createInstallation(team: world.team, user: world.owner, new)
            let read = try await store.installations.installationViews(team: world.team, page: Page(limit: 100)).first { $0.id == made.id }
            _ = try await store.installations.deleteInstallation(made.id)
            return [read?.installation.name]
        },
        TextSlot("installation.configuration", 120_000, width: 2) { store, world, texts in
            var new = NewInstallation(serverID: world.server, name: "configured \(world.round)")
            new.configuration = TeamConfiguration(args: [.string(texts[0])], env: .object(JSONObject([("KEY", .string(texts[1]))])))
            let made = try await store.installations.createInstallation(team: world.team, user: world.owner, new)
            let read = try await store.installations.installationViews(team: world.team, page: Page(limit: 100)).first { $0.id == made.id }
            _ = try await store.installations.deleteInstallation(made.id)
            return [read?.installation.configuration.args?.array?.first?.string, read?.installation.configuration.env?["KEY"]?.string]
        },
        TextSlot("instance.statusMessage", 2_000) { store, world, texts in
            _ = try await store.instances.updateStatus(
                installation: world.installation, user: world.owner, status: .error, message: texts[0], at: world.clock.now())
            return [
                try await store.instances.statuses(installation: world.installation, team: world.team).first?.instance.statusMessage
            ]
        },
        TextSlot("userConfiguration.values", 120_000, width: 2) { store, world, texts in
            let values = UserConfigurationValues(
                args: .object(JSONObject([("a", .string(texts[0]))])), env: .object(JSONObject([("A", .string(texts[1]))])))
            _ = try await store.userConfigurations.save(world.installation, user: world.owner, team: world.team, values)
            let read = try await store.userConfigurations.configuration(world.installation, user: world.owner)
            return [read?.values.args?["a"]?.string, read?.values.env?["A"]?.string]
        },
        TextSlot("token.resource", 2_048) { store, world, texts in
            let new = NewAccessToken(user: world.owner, team: world.team, clientID: "client", resource: texts[0])
            let issued = try await store.tokens.issueAccessToken(new)
            return [try await store.tokens.verify(issued.token.reveal())?.token.resource]
        },
        TextSlot("token.clientID", 100, width: 2) { store, world, texts in
            let new = NewAccessToken(user: world.owner, team: world.team, clientID: texts[0], familyID: texts[1])
            let token = try await store.tokens.verify(try await store.tokens.issueAccessToken(new).token.reveal())?.token
            return [token?.clientID, token?.familyID]
        },
        TextSlot("notification.title", 200) { store, world, texts in
            let made = try await store.notifications.create(user: world.owner, title: texts[0], message: "m")
            let read = try await store.notifications.list(user: world.owner, unreadOnly: true, page: Page(limit: 1)).items.first
            _ = try await store.notifications.delete(made.id, user: world.owner)
            return [read?.title]
        },
        TextSlot("notification.message", 10_000) { store, world, texts in
            let made = try await store.notifications.create(user: world.owner, title: "t", message: texts[0])
            let read = try await store.notifications.feed(user: world.owner, before: nil, limit: 1).items.first
            _ = try await store.notifications.delete(made.id, user: world.owner)
            return [read?.message]
        },
    ]
}
