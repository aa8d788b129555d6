import DeployStackData
import DeployStackModels

/// The kinds of call whose cost is followed while the tables grow, each through the public interface.
struct GrowthProbes: Sendable {
    /// A kind of call, made one after the other.
    struct Probe: Sendable {
        let title: String
        let call: @Sendable (_ key: UInt64) async throws -> Void
    }

    let store: DataStore
    /// All teams.
    let teams: Drawing
    /// Those that have installations.
    let installing: Drawing
    /// A tag and a word that fifty servers have.
    let rareTerm: @Sendable (UInt64) -> String

    private static let drawn = 64

    /// The probes, which make some tokens and satellites of their own among those that are there.
    func all() async throws -> [Probe] {
        try await reads() + satellites()
    }

    private func reads() async throws -> [Probe] {
        let (store, rareTerm) = (store, rareTerm)
        let (team, views, tags, search) = (TeamByID(teams), InstallationViews(installing), ServersByTag(teams), ServerSearch(teams))
        let tokens = try await tokens()
        let middle = try await cursor()
        return [
            Probe(title: "a team by its identifier (W1)") { try await team.call(store, $0) },
            Probe(title: "verification of an access token") { key in
                let token = tokens[Int(key % UInt64(tokens.count))]
                guard try await store.tokens.verify(token) != nil else { throw BenchmarkError("A token is not valid.") }
            },
            Probe(title: "tag query: 50 servers have it (W2)") { key in
                let servers = try await store.catalog.servers(withAllTags: [rareTerm(key)], page: Page(limit: 50))
                guard servers.count == 50 else { throw BenchmarkError("A tag has \(servers.count) servers instead of 50.") }
            },
            Probe(title: "tag query: 1 in 13 servers has it (W2)") { try await tags.call(store, $0) },
            Probe(title: "joined view, 20 rows (W3)") { try await views.call(store, $0) },
            Probe(title: "search: 50 servers have the word (W4)") { key in
                let page = try await store.catalog.search(rareTerm(key), viewer: .administrator)
                guard page.total == 50 else { throw BenchmarkError("A word has \(page.total) servers instead of 50.") }
            },
            Probe(title: "search: 1 in 30 servers has both words (W4)") { try await search.call(store, $0) },
            Probe(title: "catalog page of 20, by a cursor") { _ in
                let page = try await store.catalog.browse(viewer: .administrator, sort: .newest, from: middle)
                guard page.items.count == 20 else { throw BenchmarkError("A page has \(page.items.count) servers instead of 20.") }
            },
        ]
    }

    private func satellites() async throws -> [Probe] {
        let store = store
        let satellites = try await registered()
        return [
            Probe(title: "poll of a satellite for commands") { key in
                _ = try await store.satelliteCommands.poll(satellites[Int(key % UInt64(satellites.count))])
            },
            Probe(title: "heartbeat of a satellite") { key in
                let heartbeat = NewSatelliteHeartbeat(systemMetrics: ["cpu": 0.5], processCount: 3, healthyProcessCount: 3)
                guard try await store.satellites.recordHeartbeat(heartbeat, of: satellites[Int(key % UInt64(satellites.count))]) else {
                    throw BenchmarkError("A satellite is missing.")
                }
            },
        ]
    }

    /// Tokens of members of some teams.
    private func tokens() async throws -> [String] {
        var tokens: [String] = []
        for index in 0..<Self.drawn {
            let id = teams.team(UInt64(index * 97))
            guard let team = try await store.teams.team(id) else { throw BenchmarkError("A team is missing.") }
            tokens.append(
                try await store.tokens.issueAccessToken(NewAccessToken(user: team.ownerID, team: id, clientID: "benchmark")).token.reveal())
        }
        return tokens
    }

    /// A place some pages behind the first page.
    private func cursor() async throws -> ListCursor? {
        var cursor: ListCursor?
        for _ in 0..<5 { cursor = try await store.catalog.browse(viewer: .administrator, sort: .newest, from: cursor).next }
        return cursor
    }

    /// Satellites that have said that they are there.
    private func registered() async throws -> [SatelliteID] {
        var satellites: [SatelliteID] = []
        for index in 0..<Self.drawn {
            let satellite = try await store.satellites.register(NewSatellite(name: "benchmark-satellite-\(index)")).satellite
            try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite.id)
            satellites.append(satellite.id)
        }
        return satellites
    }
}
