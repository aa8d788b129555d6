import DeployStackModels

/// A row of `oauth_access_tokens`.
struct AccessTokenRow: TableRow {
    var record: AccessToken
    var hash: TokenHash

    static let tableName = "oauth_access_tokens"
    static var table: TablePath<AccessTokenRow> { \.accessTokens }
    static let policy: RowPolicy<AccessTokenRow> = .own { row, scope, _ in scope.isTeam(row.record.teamID) }

    static let hashKey = UniqueKey<AccessTokenRow>(
        "oauth_access_tokens_token_hash_key", Column("token_hash") { $0.hash.hexadecimal },
        form: .index(expression: "lower(token_hash)", predicate: nil))
    static let userReference = ForeignKey<AccessTokenRow>(
        "oauth_access_tokens_user_id_fkey", Column("user_id") { $0.record.userID.rawValue }, references: User.self, onDelete: .cascade)
    static let teamReference = ForeignKey<AccessTokenRow>(
        "oauth_access_tokens_team_id_fkey", Column("team_id") { $0.record.teamID.rawValue }, references: Team.self, onDelete: .cascade)

    static let schema = TableSchema<AccessTokenRow>(
        primaryKey: "oauth_access_tokens_pkey", Column("id") { $0.record.id.rawValue },
        uniqueKeys: [hashKey],
        foreignKeys: [userReference, teamReference])
}
