import DeployStackData
import DeployStackModels

/// W7: all notifications of a user, a million of them, one after the other and never all at once in memory.
struct AllNotifications: Workload {
    static let code = "W7"
    static let title = "all notifications of a user as a stream, 1 000 000 rows"
    static let shortTitle = "rows streamed"
    static let decoding = "an AppNotification with all 6 columns for each row, in single-row mode"

    static func rows(_ size: DatasetSize) -> Int { size.notifications }
    static let isBulk = true

    static func preparation(_ size: DatasetSize) -> [String] { FeedScript.statements(count: rows(size)) }

    private let user: UserID
    private let rows: Int

    init(_ drawing: Drawing) {
        user = drawing.users.first ?? UserID("")
        rows = Self.rows(drawing.size)
    }

    func call(_ store: DataStore, _ key: UInt64) async throws {
        var count = 0
        for try await notification in store.notifications.allNotifications(user: user) {
            keep(notification)
            count += 1
        }
        try checkCount(count)
    }

    let statement = RawStatement(
        name: "w7",
        sql: """
            SELECT \(AppNotification.rawColumns)
            FROM "notifications"
            WHERE "user_id" = $1
            ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
            """,
        parameterTypes: [RawStatement.text])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        parameters.append(user.rawValue)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        for index in 0..<result.rowCount {
            var row = result.row(index)
            keep(AppNotification(raw: &row))
        }
        try checkCount(result.rowCount)
    }

    /// All rows in single-row mode, each decoded and dropped before the next one.
    func stream(from connection: RawConnection) throws(BenchmarkError) {
        var parameters = RawParameters()
        write(0, to: &parameters)
        try connection.send(statement.name, parameters)
        try connection.receiveSingleRows()
        var count = 0
        while let result = connection.nextResult() {
            if result.isSingleRow {
                var row = result.row(0)
                keep(AppNotification(raw: &row))
                count += 1
            } else if !result.succeeded {
                throw BenchmarkError("W7 failed: \(result.message)")
            }
        }
        try checkCount(count)
    }

    private func checkCount(_ count: Int) throws(BenchmarkError) {
        guard count == rows else { throw BenchmarkError("W7: \(count) rows came instead of \(rows).") }
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let answer = try plainAnswer(connection, key)
        try checkCount(answer.rowCount)
        let raw = (0..<answer.rowCount).map { index in
            var row = answer.row(index)
            return AppNotification(raw: &row)
        }
        var streamed: [AppNotification] = []
        for try await notification in store.notifications.allNotifications(user: user) { streamed.append(notification) }
        guard streamed == raw else { throw BenchmarkError("W7: the library and the plain loop read different notifications.") }
    }
}
