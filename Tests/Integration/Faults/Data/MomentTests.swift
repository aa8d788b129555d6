import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import PostgresDriver
import Testing

/// Moments are exact to the microsecond or an error, from 4714 BC to the end of what either side can hold.
@Suite(.faults, .requiresServer, .database)
struct MomentTests {
    @Test
    func momentsAreExactOrRefused() async throws {
        let agreed = try await momentsBesideTheServersOwnArithmetic()
        let stored = try await momentsThroughTheRepositories()
        let beyond = try await momentsThatOneSideCannotHold()

        #expect(agreed.wrong == [], "\(FaultSeed.run)")
        #expect(stored.wrong == [])
        #expect(beyond.wrong == [])
        FaultReport.row(
            "D4",
            "\(agreed.count) moments from 4714 BC to 294247 (every leap day, ends of years and centuries, random ones) written and read as the server does, "
                + "\(stored.count) through the repositories on both backends, \(beyond.count) beyond either end or infinite refused: "
                + "differences \(agreed.wrong.count + stored.wrong.count + beyond.wrong.count)")
    }

    private static let edges: [Timestamp] = {
        let days = [-2_440_588, -719_529, -719_528, -719_163, -719_162, -1, 0, 10_957, 11_016, 11_017, 2_932_896, 2_932_897, 106_751_990]
        let counts = days.flatMap { day in [-1, 0, 1, 999_999, 86_399_999_999].map { Int64(day) * 86_400_000_000 + $0 } }
        return counts.compactMap { Timestamp(microsecondsSinceEpoch: $0) } + [.earliest, .latest, .epoch]
    }()

    /// The server counts microseconds and writes dates; both must agree with ours.
    private func momentsBesideTheServersOwnArithmetic() async throws -> (count: Int, wrong: [String]) {
        var random = FaultSeed.run.generator("D4")
        var moments = Self.edges
        for year in stride(from: -4_712, through: 294_244, by: 4) {
            // Days from the civil date of 29 February (or 1 March where the century has none), counted from 1 March of the year 0.
            let days =
                Int64(year) * 365 + Int64((Double(year) / 4).rounded(.down)) - Int64((Double(year) / 100).rounded(.down))
                + Int64((Double(year) / 400).rounded(.down)) - 719_469
            if let moment = Timestamp(microsecondsSinceEpoch: (days + 1) * 86_400_000_000 - 1) { moments.append(moment) }
            if let moment = Timestamp(microsecondsSinceEpoch: days * 86_400_000_000) { moments.append(moment) }
        }
        for _ in 0..<FaultSize.of(ci: 50_000, long: 5_000_000) {
            let range = Timestamp.earliest.microsecondsSinceEpoch...Timestamp.latest.microsecondsSinceEpoch
            if let moment = Timestamp(microsecondsSinceEpoch: Int64.random(in: range, using: &random)) { moments.append(moment) }
        }
        let configuration = try await TestDatabase.lent().configuration.connection
        var wrong: [String] = []
        try await withServerSession(configuration) { session in
            for start in stride(from: 0, to: moments.count, by: 20_000) {
                let part = Array(moments[start..<min(start + 20_000, moments.count)])
                // The year of ISO 8601 has a zero, which PostgreSQL calls 1 BC.
                let statement = Statement(
                    """
                    SELECT t, (extract(epoch FROM t) * 1000000)::int8,
                        extract(year FROM t)::int8 + CASE WHEN extract(year FROM t) < 0 THEN 1 ELSE 0 END, to_char(t, '-MM-DD"T"HH24:MI:SS.US"Z"')
                    FROM unnest(\(part)) WITH ORDINALITY AS moments (t, n)
                    ORDER BY n
                    """
                ) { row in
                    (
                        moment: try row.read() as Timestamp, count: try row.read() as Int64, year: try row.read() as Int64,
                        rest: try row.read() as String
                    )
                }
                for (moment, row) in zip(part, try await session.run(statement).rows) {
                    let digits = String(row.year.magnitude)
                    let isLong = row.year < 1 || row.year > 9_999
                    let year =
                        (isLong ? (row.year < 0 ? "-" : "+") : "") + String(repeating: "0", count: max(0, (isLong ? 6 : 4) - digits.count)) + digits
                    // For the very last one, the server's own `extract` rounds.
                    if row.moment != moment || (row.count != moment.microsecondsSinceEpoch && moment != .latest)
                        || moment.description != year + row.rest
                        || Timestamp(moment.description) != moment
                    {
                        wrong.append("\(moment) is \(row)")
                    }
                }
            }
        }
        return (moments.count, wrong)
    }

    /// A store that opens at each of these moments writes and reads them; both backends agree on answers and errors.
    private func momentsThroughTheRepositories() async throws -> (count: Int, wrong: [String]) {
        let clock = ManualTimeSource()
        let stores = (
            try await Backend.inMemory.makeStore(options: StoreWorld.options(clock: clock)),
            try await Backend.postgres.makeStore(options: StoreWorld.options(clock: clock))
        )
        let worlds = (try await StoreWorld(filling: stores.0, clock: clock), try await StoreWorld(filling: stores.1, clock: clock))
        var wrong: [String] = []
        for (number, moment) in Self.edges.enumerated() {
            clock.set(to: moment)
            var answers: [[String]] = []
            for (store, world) in [(stores.0, worlds.0), (stores.1, worlds.1)] {
                let user = try await store.users.createUser(NewUser(username: "user-\(number)", email: "user-\(number)@example.org"))
                let notification = try await store.notifications.create(user: user.id, title: "t", message: "m")
                let read = try await store.users.user(user.id)
                if read?.createdAt != moment || read?.updatedAt != moment { wrong.append("\(moment) \(String(describing: read?.createdAt))") }
                let before = try await store.notifications.feed(user: user.id, before: FeedCursor(createdAt: moment, id: "~"), limit: 5)
                let marked = try await store.notifications.markAllRead(user: user.id, through: moment)
                if before.items.map(\.createdAt) != [moment] || before.items.map(\.id) != [notification.id] || marked != 1 {
                    wrong.append("\(moment) feed")
                }
                var answer = [
                    "\(try await store.notifications.list(user: world.owner, unreadOnly: false, page: Page(limit: 100)).items.map(\.createdAt))"
                ]
                do {
                    let issued = try await store.tokens.issueAccessToken(NewAccessToken(user: world.owner, team: world.team, clientID: "c"))
                    answer.append(AnswerText.of(issued.record))
                    answer.append(AnswerText.of(try await store.tokens.verify(issued.token.reveal())))
                } catch {
                    answer.append(AnswerText.of(error))
                }
                answers.append(answer)
            }
            if answers[0] != answers[1] { wrong.append("\(moment): \(answers)") }
        }
        return (Self.edges.count, wrong)
    }

    private func momentsThatOneSideCannotHold() async throws -> (count: Int, wrong: [String]) {
        var (count, wrong) = (0, [String]())
        func check(_ holds: Bool, _ what: String) {
            count += 1
            if !holds { wrong.append(what) }
        }
        let configuration = try await TestDatabase.lent().configuration.connection
        try await withServerSession(configuration) { session in
            // Sent: one past each end never leaves the process.
            let outside = [PostgresTimestamp.earliest.microseconds - 1, PostgresTimestamp.latest.microseconds + 1, .min, .max, .min + 1, .max - 1]
            for microseconds in outside {
                let statement: Statement<PostgresTimestamp> = "SELECT \(PostgresTimestamp(microseconds: microseconds))"
                let error = await #expect(throws: PostgresError.self) { try await session.run(statement) }
                check(error?.kind == .invalidParameter && error?.outcome == .notSent, "\(microseconds) sent")
            }
            check(Timestamp(microsecondsSinceEpoch: Timestamp.earliest.microsecondsSinceEpoch - 1) == nil, "before the earliest")
            // Written as text: what the server refuses we refuse, and a leap second is no moment of ours although the server moves it on.
            let texts = [
                "294277-01-01 00:00:00Z", "4714-11-23 23:59:59.999999Z BC", "2023-02-29 00:00:00Z", "2023-13-01 00:00:00Z", "2023-01-01 25:00:00Z",
            ]
            for text in texts {
                let statement: Statement<PostgresTimestamp> = "SELECT (\(text)::text)::timestamptz"
                let error = await #expect(throws: PostgresError.self) { try await session.run(statement) }
                check(error?.sqlState == "22008" || error?.sqlState == "22007", text)
            }
            for text in ["+294277-01-01T00:00:00Z", "-004713-11-23T23:59:59.999999Z", "2023-02-29T00:00:00Z", "2016-12-31T23:59:60Z", "infinity"] {
                check(Timestamp(text) == nil, text)
            }
            // Read: what the server has and we cannot is an error, and the session goes on.
            for sql in ["infinity", "-infinity", "294276-12-31 23:59:59.999999Z", "294247-01-10 04:00:54.775808Z"] {
                let statement: Statement<Timestamp> = "SELECT (\(sql)::text)::timestamptz"
                let error = await #expect(throws: PostgresError.self) { try await session.run(statement) }
                check(error?.kind == .decoding, sql)
                let next: Statement<Int> = "SELECT 1"
                check(try await session.run(next).rows == [1], "after \(sql)")
            }
        }
        // The same in a row of a repository.
        try await withDataStore(try await .postgres(try await TestDatabase.lent().configuration)) { store in
            let user = try await store.users.createUser(NewUser(username: "outside", email: "outside@example.org"))
            for sql in ["infinity", "-infinity", "294276-12-31 23:59:59.999999Z"] {
                try await withServerSession(configuration) { session in
                    try await session.runScript("UPDATE \"authUser\" SET created_at = '\(sql)' WHERE id = '\(user.id)'")
                }
                do throws(DataError) {
                    _ = try await store.users.user(user.id)
                    check(false, "\(sql) read")
                } catch {
                    check(error.kind == .internal && !error.isRetryable, "\(sql): \(error)")
                }
            }
        }
        return (count, wrong)
    }
}
