import DeployStackModels

/// A row of `oauth_team_consents`.
struct TeamConsentRow: TableRow {
    var consent: TeamConsent
    var isActive = true

    static let tableName = "oauth_team_consents"
    static var table: TablePath<TeamConsentRow> { \.teamConsents }
    static let policy: RowPolicy<TeamConsentRow> = .own { row, scope, _ in scope.isTeam(row.consent.teamID) }

    private static let user = Column<TeamConsentRow>("user_id") { $0.consent.userID.rawValue }
    private static let team = Column<TeamConsentRow>("team_id") { $0.consent.teamID.rawValue }

    static let clientKey = UniqueKey<TeamConsentRow>(
        "oauth_team_consents_user_id_team_id_client_id_key", user, team, Column("client_id") { $0.consent.clientID.rawValue })
    static let userReference = ForeignKey<TeamConsentRow>("oauth_team_consents_user_id_fkey", user, references: User.self, onDelete: .cascade)
    static let teamReference = ForeignKey<TeamConsentRow>("oauth_team_consents_team_id_fkey", team, references: Team.self, onDelete: .cascade)

    static let schema = TableSchema<TeamConsentRow>(
        primaryKey: "oauth_team_consents_pkey", Column("id") { $0.consent.id.rawValue },
        uniqueKeys: [clientKey],
        foreignKeys: [userReference, teamReference])
}
