import DeployStackModels

/// A row of `authUser`.
extension User: TableRow {
    static let tableName = "authUser"
    static var table: TablePath<User> { \.users }
    static let policy: RowPolicy<User> = RowPolicy(
        reads: { user, scope, tables in scope.isUser(user.id) || tables.isMember(user.id, of: scope) },
        changes: { user, scope, tables in scope.isUser(user.id) || tables.isMember(user.id, of: scope) },
        writes: { _, _, _ in false })

    static let usernameKey = UniqueKey<User>("authUser_username_key", Column("username") { $0.username })
    static let emailKey = UniqueKey<User>("authUser_email_key", Column("email") { $0.email })
    static let githubKey = UniqueKey<User>("authUser_github_id_key", Column("github_id", nullable: { $0.githubID }))
    static let lowercaseEmailKey = UniqueKey<User>(
        "idx_lowercase_email", Column("email") { EmailRule.lowercased($0.email) }, form: .index(expression: "lower(email)", predicate: nil))
    static let roleReference = ForeignKey<User>(
        "authUser_role_id_fkey", Column("role_id", nullable: { $0.roleID?.rawValue }), references: Role.self, onDelete: .restrict)

    static let schema = TableSchema<User>(
        primaryKey: "authUser_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [usernameKey, emailKey, githubKey, lowercaseEmailKey],
        foreignKeys: [roleReference],
        checks: [CheckRule("authUser_auth_type_check", "auth_type") { $0.authType.isKnown }])
}
