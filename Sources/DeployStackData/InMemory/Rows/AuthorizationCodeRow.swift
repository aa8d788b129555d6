import DeployStackModels

/// A row of `oauth_authorization_codes`.
struct AuthorizationCodeRow: TableRow {
    var request: AuthorizationRequest
    var codeHash: TokenHash?
    var isUsed = false

    var stored: GrantRules.StoredCode { GrantRules.StoredCode(request: request, isUsed: isUsed) }

    static let tableName = "oauth_authorization_codes"
    static var table: TablePath<AuthorizationCodeRow> { \.authorizationCodes }
    static let policy: RowPolicy<AuthorizationCodeRow> = .own { row, scope, _ in scope.isTeam(row.request.teamID) }

    static let hashKey = UniqueKey<AuthorizationCodeRow>(
        "oauth_authorization_codes_code_hash_key", Column("code_hash", nullable: { $0.codeHash?.hexadecimal }))
    static let userReference = ForeignKey<AuthorizationCodeRow>(
        "oauth_authorization_codes_user_id_fkey", Column("user_id") { $0.request.userID.rawValue }, references: User.self, onDelete: .cascade)
    static let teamReference = ForeignKey<AuthorizationCodeRow>(
        "oauth_authorization_codes_team_id_fkey", Column("team_id") { $0.request.teamID.rawValue }, references: Team.self, onDelete: .cascade)

    static let schema = TableSchema<AuthorizationCodeRow>(
        primaryKey: "oauth_authorization_codes_pkey", Column("id") { $0.request.id.rawValue },
        uniqueKeys: [hashKey],
        foreignKeys: [userReference, teamReference],
        checks: [
            CheckRule("oauth_authorization_codes_code_challenge_method_check", "code_challenge_method") { $0.request.codeChallengeMethod.isKnown }
        ])
}
