import DeployStackModels

/// A row of `oauth_clients`.
struct OAuthClientRow: TableRow {
    var client: OAuthClient
    var secretHash: TokenHash?

    static let tableName = "oauth_clients"
    static var table: TablePath<OAuthClientRow> { \.oauthClients }
    static let policy: RowPolicy<OAuthClientRow> = .own { row, scope, _ in scope.isTeam(row.client.teamID) }

    static let teamReference = ForeignKey<OAuthClientRow>(
        "oauth_clients_team_id_fkey", Column("team_id", nullable: { $0.client.teamID?.rawValue }), references: Team.self, onDelete: .cascade)
    static let creatorReference = ForeignKey<OAuthClientRow>(
        "oauth_clients_created_by_user_id_fkey", Column("created_by_user_id", nullable: { $0.client.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.client.createdBy = nil })

    static let schema = TableSchema<OAuthClientRow>(
        primaryKey: "oauth_clients_pkey", Column("client_id") { $0.client.id.rawValue },
        foreignKeys: [teamReference, creatorReference],
        checks: [
            CheckRule("oauth_clients_registration_check", "registration") { row in
                ["static", "dynamic"].contains(row.client.registration.rawValue)
            }
        ])
}
