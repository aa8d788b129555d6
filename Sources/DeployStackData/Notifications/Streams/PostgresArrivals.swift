import DeployStackModels
import PostgresDriver

/// Reads for streams what has arrived in a PostgreSQL database.
struct PostgresArrivals: ArrivalSource {
    let database: Database

    /// How many notifications are read at once.
    private static let portion = 256

    func present() async throws(DataError) -> ArrivalPosition {
        let row = try await database.one(.presentArrivals())
        guard let history = row.history else { throw Self.follower }
        return ArrivalPosition(history: history, snapshot: row.snapshot)
    }

    func arrivals(_ topic: StreamTopic, since position: ArrivalPosition) async throws(DataError) -> Arrivals<ArrivalPosition> {
        let rows = try await database.all(.arrivals(topic, since: position, limit: Self.portion))
        guard let first = rows.first, let history = first.history else { throw Self.follower }
        guard position.canBeFollowed(by: history, first.snapshot) else {
            return Arrivals(
                notifications: [], next: ArrivalPosition(history: history, snapshot: first.snapshot), hasMore: false, isContinuous: false)
        }
        let target = position.progress?.target ?? first.snapshot
        let notifications = rows.compactMap(\.notification)
        if notifications.count == Self.portion, let last = notifications.last, let transaction = rows.last?.transaction {
            let row = ArrivalPosition.Row(transaction: transaction, createdAt: last.createdAt, id: last.id)
            let next = ArrivalPosition(
                history: history, snapshot: position.snapshot, progress: ArrivalPosition.Progress(target: target, last: row))
            return Arrivals(notifications: notifications, next: next, hasMore: true)
        }
        // What became visible after the target is looked for from there.
        let isUpToDate = position.progress == nil
        return Arrivals(
            notifications: notifications, next: ArrivalPosition(history: history, snapshot: target), hasMore: !isUpToDate)
    }

    /// The first server may come back, or this one take its place.
    private static let follower = DataError(.unavailable, reason: "the server only follows another one", outcome: .failed)
}

/// The streams of a store on PostgreSQL.
struct PostgresNotificationStreams: Sendable {
    /// The channel on which the database says that notifications have arrived.
    static let channel = "deploystack_notifications"

    private(set) var arrivals: PostgresArrivals
    let hub: StreamHub
    private let route: PostgresDriver.ServerRoute

    init(client: PostgresClient, environment: StoreEnvironment) {
        arrivals = PostgresArrivals(database: Database(executor: .client(client), environment: environment))
        route = client.connection.route
        let connection = client.connection
        let logger = environment.options.logger
        hub = StreamHub { (deliver) throws(DataError) in
            do throws(PostgresError) {
                return try PostgresListener(on: Self.channel, of: connection, logger: logger) { deliver(StreamHub.Event($0)) }
            } catch {
                throw DataError(error)
            }
        }
    }

    /// The same streams, read by another database.
    func reading(_ database: Database) -> Self {
        var streams = self
        streams.arrivals = PostgresArrivals(database: database)
        return streams
    }

    func open(_ topic: StreamTopic) async throws(DataError) -> NotificationStream {
        guard route == .direct else {
            throw DataError(
                .configuration,
                reason: "a stream listens on a connection of its own, which a pooler in transaction mode does not give; open a store that "
                    + "connects to the server directly for it", outcome: .notSent)
        }
        let (arrivals, hub, position) = (arrivals, hub, try await arrivals.present())
        return NotificationStream { ArrivalReader(source: arrivals, hub: hub, topic: topic, from: position) }
    }
}

extension PostgresListener: WakeUpSource {}

extension StreamHub.Event {
    fileprivate init(_ event: ListenerEvent) {
        switch event {
        case .listening: self = .listening
        case .notified(let text): self = .wakeUp(StreamTopic(wakeUp: text))
        case .lost: self = .lost
        }
    }
}
