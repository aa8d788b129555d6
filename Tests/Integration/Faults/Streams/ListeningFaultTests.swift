import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import PostgresDriver
import Testing

/// The connection that streams are woken by is killed again and again, while writers overtake each other: no notification is lost, none comes twice.
@Suite(.serialized, .database, .requiresServer, .faults, .timeLimit(.minutes(15)))
struct ListeningFaultTests {
    private static let writers = 8
    private static let perTransaction = 5
    private static let total = 10_000
    /// The long form takes twenty seconds, with a kill in each.
    private static let kills = FaultSize.of(ci: 8, long: 20)

    @Test func noNotificationIsLostAndNoneComesTwice() async throws {
        let (total, kills) = (Self.total, Self.kills)
        var configuration = try await TestDatabase.lent().configuration
        // Each writer uses two connections at once.
        configuration.pool.maxConnections = 24
        let store = try await DataStore.postgres(configuration)
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let team = try await store.teams.createTeam(.fixture(owner: user)).id
        let client = try PostgresClient(connection: configuration.connection)
        let userLoop = Loop(try await store.notifications.stream(user: user))
        let teamLoop = Loop(try await store.notifications.stream(team: team))

        let pace = Pace(begin: .now, seconds: FaultSize.isLong ? Self.kills : nil)
        let killer = Task {
            var killed = 0
            for number in 0..<kills {
                // By the clock in the long form; otherwise when some more has been told, so that the kills are spread over the run on any machine.
                try await pace.wait(for: number, of: kills)
                let due = pace.isTimed ? 0 : total * (number + 1) / (kills + 1)
                try await Self.wait(client) { userLoop.told.value >= due }
                try await Self.wait(client) {
                    let ended = try await Self.killListeners(client)
                    killed += ended
                    return ended > 0
                }
            }
            return killed
        }
        let overtakings = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                group.addTask {
                    try await Self.write(total / Self.writers, writer, pace, store, user, team, overtakings)
                }
            }
            try await group.waitForAll()
        }
        let killed = try await killer.value
        // What comes last shows that everything before it was told.
        try await store.notifications.notifyTeam(team, title: Loop.end, message: "…")
        let (users, teams) = (try await userLoop.outcome(), try await teamLoop.outcome())
        let expected = Set(try await client.run(Statement<String>("SELECT \"id\" FROM \"notifications\"")).rows)
        let expectedOfTeam = Set(
            try await client.run(Statement<String>("SELECT \"id\" FROM \"notifications\" WHERE \"sent_to_team\" IS NOT NULL")).rows)
        await client.close()
        await store.close()

        let lost = expected.subtracting(users.ids).count + expectedOfTeam.subtracting(teams.ids).count
        let doubled = users.ids.count - Set(users.ids).count + teams.ids.count - Set(teams.ids).count
        #expect(expected.count == total + 1)
        #expect(lost == 0)
        #expect(doubled == 0)
        #expect(users.gaps + teams.gaps == 0)
        #expect(users.resumed > 0 && teams.resumed > 0)
        #expect(killed >= kills)
        FaultReport.row(
            "L1",
            """
            \(total) notifications by \(Self.writers) writers in \(pace.elapsed) s, \(overtakings.value) transactions overtaken, the listening connection killed \(killed) times: \
            lost \(lost), doubled \(doubled); a user's stream resumed \(users.resumed) times, a team's \(teams.resumed)
            """)
    }

    /// Every second transaction is held open until another one, which began later, has committed.
    private static func write(
        _ count: Int, _ writer: Int, _ pace: Pace, _ store: DataStore, _ user: UserID, _ team: TeamID, _ overtakings: Counter
    ) async throws {
        var written = 0
        while written < count {
            try await pace.wait(for: written, of: count)
            let parts = min(perTransaction, count - written)
            // The last one of them, if there are several, commits first.
            try await store.transaction { inside in
                for _ in 0..<(parts - 1) {
                    if written.isMultiple(of: 2) {
                        _ = try await inside.notifications.create(user: user, title: "\(writer)", message: "…")
                    } else {
                        _ = try await inside.notifications.notifyTeam(team, title: "\(writer)", message: "…")
                    }
                }
                // Another task, which does not belong to the transaction.
                try await Task.detached { _ = try await store.notifications.notifyTeam(team, title: "\(writer) overtakes", message: "…") }.value
            }
            overtakings.increment()
            written += parts
        }
    }

    private static func killListeners(_ client: PostgresClient) async throws -> Int {
        let doomed = try await client.run(
            Statement<Int32>(
                """
                SELECT "pid"
                FROM "pg_stat_activity"
                WHERE "datname" = current_database() AND "query" LIKE 'LISTEN %' AND "state" = 'idle'
                ORDER BY "pid"
                """)
        ).rows
        return try await client.run(Statement<Int>("SELECT count(*) FROM unnest(\(doomed)) AS \"pid\" WHERE pg_terminate_backend(\"pid\")")).rows[0]
    }

    private static func wait(_ client: PostgresClient, until condition: () async throws -> Bool) async throws {
        while try await !condition() { _ = try await client.run(Statement<Void>("SELECT pg_sleep(0.01)")) }
    }
}

/// Spreads work evenly over some seconds, or lets it run as fast as it can.
private struct Pace: Sendable {
    let begin: ContinuousClock.Instant
    let seconds: Int?

    var isTimed: Bool { seconds != nil }

    /// Waits until it is time for one of so many pieces of work.
    func wait(for number: Int, of count: Int) async throws {
        guard let seconds else { return }
        try await Task.sleep(until: begin + .seconds(seconds) * number / count, clock: .continuous)
    }

    /// The seconds since the beginning.
    var elapsed: Int { Int(((ContinuousClock.now - begin) / .seconds(1)).rounded()) }
}

/// Reads a stream until the notification that ends the test.
private final class Loop: Sendable {
    struct Outcome: Sendable {
        var ids: [String] = []
        var resumed = 0
        var gaps = 0
    }

    static let end = "the end"

    let told = Counter()
    private let task: Task<Outcome, any Error>

    init(_ stream: NotificationStream) {
        task = Task { [told] in
            var outcome = Outcome()
            for try await event in stream {
                switch event {
                case .notification(let notification):
                    outcome.ids.append(notification.id.rawValue)
                    told.increment()
                    if notification.title == Self.end { return outcome }
                case .resumed: outcome.resumed += 1
                case .gap: outcome.gaps += 1
                }
            }
            return outcome
        }
    }

    func outcome() async throws -> Outcome { try await task.value }
}
