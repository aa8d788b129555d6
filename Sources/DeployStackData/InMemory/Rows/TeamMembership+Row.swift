import DeployStackModels

/// A row of `teamMemberships`.
extension TeamMembership: TableRow {
    static let tableName = "teamMemberships"
    static var table: TablePath<TeamMembership> { \.memberships }
    static let policy: RowPolicy<TeamMembership> = .own { membership, scope, _ in scope.isTeam(membership.teamID) }

    private static let team = Column<TeamMembership>("team_id") { $0.teamID.rawValue }
    private static let user = Column<TeamMembership>("user_id") { $0.userID.rawValue }

    static let memberKey = UniqueKey<TeamMembership>("teamMemberships_team_id_user_id_key", team, user)
    static let teamReference = ForeignKey<TeamMembership>(
        "teamMemberships_team_id_fkey", team, references: Team.self, onDelete: .cascade)
    static let userReference = ForeignKey<TeamMembership>(
        "teamMemberships_user_id_fkey", user, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<TeamMembership>(
        primaryKey: "teamMemberships_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [memberKey],
        foreignKeys: [teamReference, userReference])
}
