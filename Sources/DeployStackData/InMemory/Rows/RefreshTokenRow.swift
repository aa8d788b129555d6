import DeployStackModels

/// A row of `oauth_refresh_tokens`.
struct RefreshTokenRow: TableRow {
    var record: RefreshToken
    var hash: TokenHash

    static let tableName = "oauth_refresh_tokens"
    static var table: TablePath<RefreshTokenRow> { \.refreshTokens }
    static let policy: RowPolicy<RefreshTokenRow> = .own { row, scope, _ in scope.isTeam(row.record.teamID) }

    static let hashKey = UniqueKey<RefreshTokenRow>("oauth_refresh_tokens_token_hash_key", Column("token_hash") { $0.hash.hexadecimal })
    static let unusedKey = UniqueKey<RefreshTokenRow>(
        "idx_oauth_refresh_tokens_one_unused", Column("family_id") { $0.record.familyID.rawValue },
        form: .index(expression: nil, predicate: "(NOT used)"), covers: { !$0.record.isUsed })
    static let userReference = ForeignKey<RefreshTokenRow>(
        "oauth_refresh_tokens_user_id_fkey", Column("user_id") { $0.record.userID.rawValue }, references: User.self, onDelete: .cascade)
    static let teamReference = ForeignKey<RefreshTokenRow>(
        "oauth_refresh_tokens_team_id_fkey", Column("team_id") { $0.record.teamID.rawValue }, references: Team.self, onDelete: .cascade)

    static let schema = TableSchema<RefreshTokenRow>(
        primaryKey: "oauth_refresh_tokens_pkey", Column("id") { $0.record.id.rawValue },
        uniqueKeys: [hashKey, unusedKey],
        foreignKeys: [userReference, teamReference])
}
