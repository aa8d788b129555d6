import DeployStackData
import DeployStackModels

/// How long calls take while the tables grow to a million rows.
struct Growth: Sendable {
    var url: String
    /// How many rows the tables have in each step, ascending: teams, servers, installations, at last the notifications of one user.
    var sizes: [Int]
    /// How long each kind of call is measured at each size, in seconds.
    var seconds: Double

    /// Runs everything and drops the database, also after an error.
    func run() async throws -> GrowthReport {
        try await BenchmarkDatabase.withDatabase(on: url) { database in
            try await withDataStore(await .postgres(database.configuration(connections: 4))) { store in
                try await store.migrate()
                let rows = try await grow(database, store)
                return GrowthReport(sizes: sizes, rows: rows, inMemory: try await growInMemory(), pages: try await pages(database, store))
            }
        }
    }

    private func grow(_ database: BenchmarkDatabase, _ store: DataStore) async throws -> [GrowthReport.Row] {
        var rows: [GrowthReport.Row] = []
        var previous = DatasetSize(teams: 0, servers: 0, notifications: 0)
        for rowCount in sizes {
            let size = Self.size(rowCount)
            Progress.say("Growing to \(rowCount) rows")
            let script = DatasetScript(size: size, previous: previous, hasRareTerms: true)
            try database.load(script) { step in Progress.say("  \(step)") }
            let connection = try database.connect()
            let all = try Drawing(of: connection, script.size)
            var installing = all
            installing.teams = try connection.execute("SELECT DISTINCT \"team_id\" FROM \"mcpTeamInstallations\"").map { TeamID($0) }
            let probes = GrowthProbes(store: store, teams: all, installing: installing) { script.rareTerm($0) }
            try await measure(probes, into: &rows)
            try connection.execute("DELETE FROM \"satellites\" WHERE \"name\" LIKE 'benchmark-satellite-%'")
            previous = size
        }
        return rows
    }

    /// The same on the in-memory store, whose rows come through the public interface; at the sizes that take no minutes.
    private func growInMemory() async throws -> [GrowthReport.Row] {
        var rows: [GrowthReport.Row] = []
        for rowCount in sizes where rowCount <= Self.largestInMemory {
            Progress.say("Filling an in-memory store with \(rowCount) rows")
            let store = DataStore.inMemory()
            let size = DatasetSize(teams: max(1, rowCount / InstallationViews.rows), servers: rowCount, notifications: 0)
            let drawing = try await InMemoryDataset(size: size, hasRareTerms: true).load(into: store)
            let probes = GrowthProbes(store: store, teams: drawing, installing: drawing) { DatasetScript.rareTerm($0, servers: rowCount) }
            try await measure(probes, into: &rows)
            await store.close()
        }
        return rows
    }

    private static let largestInMemory = 100_000

    private static func size(_ rowCount: Int) -> DatasetSize {
        DatasetSize(teams: rowCount, servers: rowCount, notifications: 0, installingTeams: max(1, rowCount / InstallationViews.rows))
    }

    private func measure(_ probes: GrowthProbes, into rows: inout [GrowthReport.Row]) async throws {
        for (index, probe) in try await probes.all().enumerated() {
            let latency = try await measure(probe)
            if index == rows.count { rows.append(GrowthReport.Row(title: probe.title, microseconds: [])) }
            rows[index].microseconds.append(latency)
        }
    }

    /// Pages of a feed at growing depth, of as many notifications as the last size has rows.
    private func pages(_ database: BenchmarkDatabase, _ store: DataStore) async throws -> [GrowthReport.Page] {
        let connection = try database.connect()
        let size = DatasetSize(teams: sizes.last ?? 0, servers: 0, notifications: sizes.last ?? 0)
        Progress.say("Filling a feed of \(size.notifications) notifications")
        for text in FeedScript.statements(count: size.notifications) { try connection.execute(text) }
        let user = try Drawing(of: connection, size).users.first ?? UserID("")
        var pages: [GrowthReport.Page] = []
        for depth in [0] + sizes.map({ $0 * 9 / 10 }) {
            let cursor = try place(at: depth, of: user, connection)
            let probe = GrowthProbes.Probe(title: "feed") { _ in
                let page = try await store.notifications.feed(user: user, before: cursor)
                guard page.items.count == 20 else { throw BenchmarkError("A page has \(page.items.count) notifications instead of 20.") }
            }
            pages.append(GrowthReport.Page(depth: depth, microseconds: try await measure(probe)))
        }
        return pages
    }

    private func place(at depth: Int, of user: UserID, _ connection: RawConnection) throws -> FeedCursor? {
        guard depth > 0 else { return nil }
        let texts = try connection.execute(
            """
            SELECT (extract(epoch FROM "created_at") * 1000000)::bigint || ' ' || "id"
            FROM "notifications" WHERE "user_id" = '\(user.rawValue)'
            ORDER BY "created_at" DESC, "id" DESC OFFSET \(depth - 1) LIMIT 1
            """)
        let words = texts.first?.split(separator: " ") ?? []
        guard words.count == 2, let moment = Int64(words[0]).flatMap({ Timestamp(microsecondsSinceEpoch: $0) }) else {
            throw BenchmarkError("There is no notification \(depth).")
        }
        return FeedCursor(createdAt: moment, id: String(words[1]))
    }

    /// The median latency of calls one after the other, in microseconds.
    private func measure(_ probe: GrowthProbes.Probe) async throws -> Double {
        Progress.say("  \(probe.title)")
        let seconds = self.seconds
        return try await Task.detached {
            var keys = SplitMix64(seed: 1)
            var latencies = LatencyHistogram()
            let warm = Timing.deadline(in: seconds / 2)
            let end = Timing.deadline(in: seconds * 1.5)
            var last = SystemClocks.now()
            // At least three calls count, however long one takes.
            while last < end || latencies.count < 3 {
                try await probe.call(keys.next())
                let now = SystemClocks.now()
                if last >= warm { latencies.record(nanoseconds: now - last) }
                last = now
            }
            return latencies.quantile(0.5) / 1_000
        }.value
    }
}
