import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver

/// A store on PostgreSQL with one user.
struct StreamScene {
    let store: DataStore
    let clock: ManualTimeSource
    let user: UserID

    static func make() async throws -> StreamScene {
        let clock = ManualTimeSource()
        let store = try await Backend.postgres.makeStore(options: StoreOptions(timeSource: clock))
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        return StreamScene(store: store, clock: clock, user: user)
    }

    func notify(_ title: String) async throws {
        _ = try await store.notifications.create(user: user, title: title, message: "…")
    }

    /// Begins a transaction that notifies the user, and leaves it open until ``HeldTransaction/commit()``.
    func begin(_ title: String) async throws -> HeldTransaction {
        try await HeldTransaction.begin(store) { store in
            _ = try await store.notifications.create(user: user, title: title, message: "…")
        }
    }
}

/// A transaction that has done its work and stays open until it is told to commit.
struct HeldTransaction: Sendable {
    private let mayCommit: AsyncStream<Void>.Continuation
    private let task: Task<Void, any Error>

    static func begin(_ store: DataStore, _ body: @escaping @Sendable (DataStore) async throws -> Void) async throws -> HeldTransaction {
        let (commits, mayCommit) = AsyncStream<Void>.makeStream()
        let (begun, hasBegun) = AsyncThrowingStream<Void, any Error>.makeStream()
        let task = Task {
            do {
                try await store.transaction { store in
                    try await body(store)
                    hasBegun.finish()
                    for await _ in commits { break }
                }
            } catch {
                hasBegun.finish(throwing: error)
                throw error
            }
        }
        for try await _ in begun {}
        return HeldTransaction(mayCommit: mayCommit, task: task)
    }

    func commit() async throws {
        mayCommit.finish()
        try await task.value
    }
}

/// Looks at a test's database from beside, for sessions that listen.
struct ListeningObserver {
    private static let name = "observer"
    private let client: PostgresClient

    static func make() async throws -> ListeningObserver {
        var connection = try await TestDatabase.lent().configuration.connection
        connection.applicationName = name
        return ListeningObserver(client: try PostgresClient(connection: connection))
    }

    private init(client: PostgresClient) {
        self.client = client
    }

    /// The processes of the sessions that listen.
    func listeners() async throws -> [Int32] {
        try await client.run(
            Statement<Int32>(
                """
                SELECT "pid"
                FROM "pg_stat_activity"
                WHERE "datname" = current_database() AND "query" LIKE 'LISTEN %' AND "state" = 'idle'
                ORDER BY "pid"
                """)
        ).rows
    }

    /// Ends the sessions that listen, and returns how many there were.
    func killListeners() async throws -> Int { try await kill(try await listeners()) }

    /// A statement of its own: beside other conditions the server may ask this one first, and end sessions that are none of the test's.
    private func kill(_ processes: [Int32]) async throws -> Int {
        try await client.run(Statement<Int>("SELECT count(*) FROM unnest(\(processes)) AS \"pid\" WHERE pg_terminate_backend(\"pid\")")).rows[0]
    }

    /// Waits until something holds, with a round trip to the server between two looks.
    func wait(for what: String, until condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw TestServerError("This never came: \(what)") }
            _ = try await client.run(Statement<Int32>("SELECT 1"))
        }
    }

    func close() async {
        await client.close()
    }
}

extension NotificationEvent {
    /// The title of the notification that it tells of, if it tells of one.
    var title: String? {
        if case .notification(let notification) = self { notification.title } else { nil }
    }
}
