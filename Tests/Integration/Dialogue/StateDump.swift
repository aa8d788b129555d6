import DeployStackData
import DeployStackModels

/// Everything that a store shows of all that a dialogue has heard of.
enum StateDump {
    private typealias Read = @Sendable (DataStore) async throws -> Answer

    /// The state, one read a line.
    static func text(of side: DialogueSide, _ known: Known) async -> [String] {
        let reads = reads(known)
        // All at once, so that the server's time counts and not the way there.
        return await withTaskGroup(of: (Int, String).self) { group in
            for (number, read) in reads.enumerated() {
                let call = DialogueCall(text: read.name) { try await read.read($0.store) }
                group.addTask { (number, "\(read.name): \(await side.answer(to: call).text)") }
            }
            var lines = Array(repeating: "", count: reads.count)
            for await (number, line) in group { lines[number] = line }
            return lines
        }
    }

    private static func reads(_ known: Known) -> [(name: String, read: Read)] {
        platform + known.ids(.user).flatMap(user) + known.ids(.team).flatMap(team) + known.ids(.server).flatMap(server)
            + known.all(.installation).flatMap(installation) + known.all(.membership).flatMap(member) + known.ids(.satellite).flatMap(satellite)
            + known.ids(.command).map { id in ("command \(id)", { Answer(try await $0.satelliteCommands.command(SatelliteCommandID(id))) }) }
            + known.ids(.client).map { id in ("client \(id)", { Answer(try await $0.oauthClients.client(OAuthClientID(id))) }) }
            + known.ids(.request).map { id in ("request \(id)", { Answer(try await $0.tokens.authorizationRequest(AuthorizationCodeID(id))) }) }
    }

    private static let all = Page(limit: 100)

    private static let platform: [(String, Read)] = [
        ("users", { Answer(try await $0.users.list(page: all)) }),
        ("roles", { Answer(try await $0.roles.all()) }),
        ("teams", { Answer(try await $0.teams.allTeams(page: all)) }),
        ("catalog", { Answer(try await $0.catalog.list(viewer: .administrator, filter: .none, sort: .name, page: all)) }),
        ("tag counts", { Answer(try await $0.catalog.tagCounts(viewer: .administrator, limit: 100)) }),
        ("categories", { Answer(try await $0.categories.all()) }),
        ("settings", { Answer(try await $0.settings.list()) }),
        ("satellites", { Answer(try await $0.satellites.list(type: nil, team: nil, status: nil, page: all)) }),
        ("registration tokens", { Answer(try await $0.registrationTokens.list(team: nil, page: all)) }),
    ]

    private static func user(_ id: String) -> [(String, Read)] {
        let user = UserID(id)
        return [
            ("notifications of \(id)", { Answer(try await $0.notifications.list(user: user, unreadOnly: false, page: all)) }),
            ("preferences of \(id)", { Answer(try await $0.preferences.all(user: user)) }),
            ("tokens of \(id)", { Answer(try await $0.tokens.activeTokens(user: user, page: all)) }),
        ]
    }

    private static func team(_ id: String) -> [(String, Read)] {
        let team = TeamID(id)
        return [
            ("team \(id)", { Answer(try await $0.teams.team(team)) }),
            ("members of \(id)", { Answer(try await $0.teams.members(of: team, page: nil)) }),
            ("usage of \(id)", { Answer(try await $0.installations.usage(team: team)) }),
        ]
    }

    private static func server(_ id: String) -> [(String, Read)] {
        let server = McpServerID(id)
        return [
            ("server \(id)", { Answer(try await $0.catalog.server(server)) }),
            ("readme of \(id)", { Answer(try await $0.catalog.readme(server)) }),
            ("versions of \(id)", { Answer(try await $0.serverVersions.list(server)) }),
        ]
    }

    private static func installation(_ fact: Fact) -> [(String, Read)] {
        let (installation, team) = (McpInstallationID(fact.text), TeamID(fact.owner))
        return [
            ("installation \(fact)", { Answer(try await $0.installations.installation(installation, team: team, reveal: .decrypted)) }),
            ("masked installation \(fact)", { Answer(try await $0.installations.installation(installation, team: team)) }),
            ("instances of \(fact.text)", { Answer(try await $0.instances.statuses(installation: installation, team: team)) }),
        ]
    }

    private static func member(_ fact: Fact) -> [(String, Read)] {
        let (user, team) = (UserID(fact.text), TeamID(fact.owner))
        return [("configurations of \(fact)", { Answer(try await $0.userConfigurations.list(user: user, team: team)) })]
    }

    private static func satellite(_ id: String) -> [(String, Read)] {
        let satellite = SatelliteID(id)
        return [
            ("satellite \(id)", { Answer(try await $0.satellites.satellite(satellite)) }),
            ("heartbeats of \(id)", { Answer(try await $0.satellites.heartbeats(of: satellite, page: all)) }),
        ]
    }
}
