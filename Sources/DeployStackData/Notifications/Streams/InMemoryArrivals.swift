import DeployStackModels

/// Reads for streams what has arrived in in-memory tables. A position is the number of the last transaction that was read.
struct InMemoryArrivals: ArrivalSource {
    let tables: any InMemoryAccess

    func present() async throws(DataError) -> Int {
        try await tables.read(\.transactionNumber)
    }

    func arrivals(_ topic: StreamTopic, since position: Int) async throws(DataError) -> Arrivals<Int> {
        try await tables.read { tables in
            let rows: [NotificationRow] =
                switch topic {
                case .user(let user): tables.notifications.rows(referringTo: user.rawValue, by: NotificationRow.userReference)
                case .team(let team): tables.notifications.all.filter { $0.sentToTeam == team }
                }
            let arrived = rows.filter { $0.arrivedIn > position }.sorted { $0.arrivalOrder < $1.arrivalOrder }
            return Arrivals(notifications: arrived.map(\.notification), next: tables.transactionNumber, hasMore: false)
        }
    }
}

/// The streams of a store on in-memory tables.
struct InMemoryNotificationStreams: Sendable {
    let arrivals: InMemoryArrivals
    let hub: StreamHub

    func open(_ topic: StreamTopic) async throws(DataError) -> NotificationStream {
        let (arrivals, hub, position) = (arrivals, hub, try await arrivals.present())
        return NotificationStream { ArrivalReader(source: arrivals, hub: hub, topic: topic, from: position) }
    }
}

extension NotificationRow {
    /// The order in which a stream tells of rows.
    fileprivate var arrivalOrder: (Int, Timestamp, BytewiseString) { (arrivedIn, notification.createdAt, notification.id.bytewise) }
}
