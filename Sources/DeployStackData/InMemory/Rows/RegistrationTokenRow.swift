import DeployStackModels

/// A row of `satelliteRegistrationTokens`.
struct RegistrationTokenRow: TableRow {
    var record: SatelliteRegistrationToken
    var hash: TokenHash

    static let tableName = "satelliteRegistrationTokens"
    static var table: TablePath<RegistrationTokenRow> { \.registrationTokens }
    static let policy: RowPolicy<RegistrationTokenRow> = .own { row, scope, _ in scope.isTeam(row.record.teamID) }

    static let hashKey = UniqueKey<RegistrationTokenRow>("satelliteRegistrationTokens_token_hash_key", Column("token_hash") { $0.hash.hexadecimal })
    static let teamReference = ForeignKey<RegistrationTokenRow>(
        "satelliteRegistrationTokens_team_id_fkey", Column("team_id", nullable: { $0.record.teamID?.rawValue }), references: Team.self,
        onDelete: .cascade)
    static let creatorReference = ForeignKey<RegistrationTokenRow>(
        "satelliteRegistrationTokens_created_by_fkey", Column("created_by", nullable: { $0.record.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.record.createdBy = nil })
    static let satelliteReference = ForeignKey<RegistrationTokenRow>(
        "satelliteRegistrationTokens_used_by_satellite_id_fkey", Column("used_by_satellite_id", nullable: { $0.record.usedBy?.rawValue }),
        references: SatelliteRow.self, onDelete: .setNull { $0.record.usedBy = nil })

    static let schema = TableSchema<RegistrationTokenRow>(
        primaryKey: "satelliteRegistrationTokens_pkey", Column("id") { $0.record.id.rawValue },
        uniqueKeys: [hashKey],
        foreignKeys: [teamReference, creatorReference, satelliteReference],
        checks: [
            CheckRule("satelliteRegistrationTokens_type_matches_team", "token_type", "team_id") {
                ($0.record.type == .team) == ($0.record.teamID != nil)
            }
        ])
}
