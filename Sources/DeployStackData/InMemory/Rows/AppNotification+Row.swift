import DeployStackModels

/// A row of `notifications`.
extension AppNotification: TableRow {
    static let tableName = "notifications"
    static var table: TablePath<AppNotification> { \.notifications }

    static let userReference = ForeignKey<AppNotification>(
        "notifications_user_id_fkey", Column("user_id") { $0.userID.rawValue }, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<AppNotification>(
        primaryKey: "notifications_pkey", Column("id") { $0.id.rawValue },
        foreignKeys: [userReference])
}
