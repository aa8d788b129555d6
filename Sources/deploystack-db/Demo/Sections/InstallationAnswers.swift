import DeployStackData
import DeployStackModels

/// Installing servers for a team until its limits refuse: first those that run as a process, then remote ones.
struct InstallationAnswers: Codable, Equatable {
    struct Attempt: Codable, Equatable {
        var server: String
        var transport: McpTransport
        var installation: McpInstallation?
        var instances: [McpServerInstance]
        var refusal: Refusal?
    }

    struct Usage: Codable, Equatable {
        var total: Int
        var nonHttp: Int
        var http: Int
        var github: Int
        var limits: TeamLimits
    }

    var attempts: [Attempt]
    var usage: Usage?
    /// An unknown server.
    var unknownServer: Refusal?

    init(asking stage: DemoStage, people: PeopleAnswers, tags: TagAnswers) async throws {
        attempts = []
        let tag = Array(tags.tags.prefix(1))
        let processes = try await Self.servers(CatalogFilter(transport: .stdio, allTags: tag), stage)
        let moreProcesses = try await Self.servers(CatalogFilter(transport: .stdio, noTags: tag), stage)
        let remotes = try await Self.servers(CatalogFilter(transport: .http), stage)
        for candidates in [processes + moreProcesses, remotes] {
            for server in candidates {
                let attempt = try await Self.install(server, for: people, stage)
                attempts.append(attempt)
                if attempt.refusal != nil { break }
            }
        }
        unknownServer = try await stage.refusal { store in
            try await store.installations.createInstallation(
                team: people.team.id, user: people.ada.id, NewInstallation(serverID: "no-such-server", name: "Nothing"))
        }
        usage = try await stage.ask { try await $0.installations.usage(team: people.team.id) }.map {
            Usage(total: $0.total, nonHttp: $0.nonHttp, http: $0.http, github: $0.github, limits: $0.limits)
        }
    }

    /// As many servers as the team's limits could ever let in, and one more.
    private static func servers(_ filter: CatalogFilter, _ stage: DemoStage) async throws -> [McpServer] {
        try await stage.ask { try await $0.catalog.list(viewer: .administrator, filter: filter, sort: .name, page: Page(limit: 5)) }.items
    }

    private static func install(_ server: McpServer, for people: PeopleAnswers, _ stage: DemoStage) async throws -> Attempt {
        var detail: McpInstallationDetail?
        let refusal = try await stage.refusal { store in
            let installation = NewInstallation(serverID: server.id, name: String(server.name.prefix(100)))
            detail = try await store.installations.createInstallation(team: people.team.id, user: people.ada.id, installation)
        }
        return Attempt(
            server: server.name, transport: server.transport, installation: detail?.installation, instances: detail?.instances ?? [], refusal: refusal
        )
    }
}
