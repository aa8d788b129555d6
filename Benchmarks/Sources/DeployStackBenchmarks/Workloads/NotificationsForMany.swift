import DeployStackData
import DeployStackModels

/// W6: one message to ten thousand users, a row for each, in one call.
struct NotificationsForMany: Workload {
    static let code = "W6"
    static let title = "a message to 10 000 users, a row for each"
    static let shortTitle = "10 000 rows inserted"
    static let decoding = "the number of new rows"

    static func rows(_ size: DatasetSize) -> Int { min(10_000, size.teams) }
    static let isBulk = true
    static let isRead = false
    static let tidying: String? = "TRUNCATE \"notifications\""

    /// The columns of a new row, in their order.
    static let columns = AppNotification.rawColumns
    private static let messageTitle = "Maintenance"
    private static let message = "The satellites in eu-central-1 are updated tonight at 22:00 UTC and are back after some minutes."

    private let users: [UserID]

    init(_ drawing: Drawing) { users = drawing.users }

    func call(_ store: DataStore, _ key: UInt64) async throws {
        let count = try await store.notifications.create(users: users, title: Self.messageTitle, message: Self.message)
        guard count == users.count else { throw BenchmarkError("\(count) users were notified instead of \(users.count).") }
    }

    let statement = RawStatement(
        name: "w6",
        sql: """
            INSERT INTO "notifications" (\(Self.columns))
            SELECT $1 || '-' || row_number() OVER (ORDER BY "user_id" COLLATE "C"), "user_id", $2, $3, false, $4
            FROM (SELECT DISTINCT "user_id" FROM unnest($5) AS i ("user_id")) AS "users"
            """,
        parameterTypes: [RawStatement.text, RawStatement.text, RawStatement.text, RawStatement.timestamptz, RawStatement.textArray])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        parameters.append("\(key)")
        parameters.append(Self.messageTitle)
        parameters.append(Self.message)
        parameters.append(Timestamp.now().microsecondsSinceEpoch - Timestamp.postgresEpoch)
        parameters.append(users.map(\.rawValue))
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) { try checkCount(result.affectedRows) }

    /// The same rows in one COPY.
    func copy(_ key: UInt64, to connection: RawConnection) throws(BenchmarkError) {
        try connection.beginCopy("COPY \"notifications\" (\(Self.columns)) FROM STDIN (FORMAT binary)")
        var bytes = Self.copyHeader
        let now = Timestamp.now().microsecondsSinceEpoch - Timestamp.postgresEpoch
        for (index, user) in users.enumerated() {
            bytes.append(bigEndian: Int16(6))
            bytes.append(withLength: "\(key)-\(index + 1)")
            bytes.append(withLength: user.rawValue)
            bytes.append(withLength: Self.messageTitle)
            bytes.append(withLength: Self.message)
            bytes.append(contentsOf: [0, 0, 0, 1, 0])
            bytes.append(bigEndian: Int32(8))
            bytes.append(bigEndian: now)
            if bytes.count > 65_536 {
                try connection.copy(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        bytes.append(bigEndian: Int16(-1))
        try connection.copy(bytes)
        try checkCount(try connection.endCopy())
    }

    /// The signature, no flags, and no extension of the header.
    private static let copyHeader: [UInt8] = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] + [0, 0, 0, 0] + [0, 0, 0, 0]

    private func checkCount(_ count: Int) throws(BenchmarkError) {
        guard count == users.count else { throw BenchmarkError("W6: \(count) rows were written instead of \(users.count).") }
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        try await call(store, key)
        let library = try takeRows(from: connection)
        try read(try plainAnswer(connection, key))
        let plain = try takeRows(from: connection)
        try copy(key, to: connection)
        guard library == plain, try takeRows(from: connection) == library else {
            throw BenchmarkError("W6: the library, the plain statement and COPY wrote different rows.")
        }
    }

    /// A digest of all rows, without identifiers and times. They are removed.
    private func takeRows(from connection: RawConnection) throws(BenchmarkError) -> [String] {
        let rows = try connection.execute(
            """
            SELECT count(*) || ' ' || md5(string_agg("user_id" || "title" || "message" || "read", ',' ORDER BY "user_id"))
            FROM "notifications"
            """)
        try connection.execute("TRUNCATE \"notifications\"")
        return rows
    }
}
