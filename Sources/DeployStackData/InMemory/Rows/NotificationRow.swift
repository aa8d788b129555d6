import DeployStackModels

/// A row of `notifications`.
struct NotificationRow: TableRow {
    var notification: AppNotification
    /// The number of the transaction that inserted it.
    var arrivedIn: Int
    /// The team whose members were notified together, if it came like that.
    var sentToTeam: TeamID?

    static let tableName = "notifications"
    static var table: TablePath<NotificationRow> { \.notifications }
    static let policy: RowPolicy<NotificationRow> = RowPolicy(
        reads: { row, scope, _ in scope.isUser(row.notification.userID) || scope.isTeam(row.sentToTeam) },
        changes: { row, scope, _ in scope.isUser(row.notification.userID) },
        writes: { row, scope, tables in
            scope.isUser(row.notification.userID) || scope.isTeam(row.sentToTeam) && tables.isMember(row.notification.userID, of: scope)
        },
        deletes: { row, scope, _ in scope.isUser(row.notification.userID) })

    static let userReference = ForeignKey<NotificationRow>(
        "notifications_user_id_fkey", Column("user_id") { $0.notification.userID.rawValue }, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<NotificationRow>(
        primaryKey: "notifications_pkey", Column("id") { $0.notification.id.rawValue },
        foreignKeys: [userReference])
}
