import DeployStackModels

extension SatelliteCommand: TableRow {
    static let tableName = "satelliteCommands"
    static var table: TablePath<SatelliteCommand> { \.satelliteCommands }
    static let policy: RowPolicy<SatelliteCommand> = .own { command, scope, tables in
        scope.isTeam(command.targetTeamID) || tables.isSatellite(command.satelliteID, of: scope)
    }

    static let satelliteReference = ForeignKey<SatelliteCommand>(
        "satelliteCommands_satellite_id_fkey", Column("satellite_id") { $0.satelliteID.rawValue }, references: SatelliteRow.self, onDelete: .cascade)
    static let teamReference = ForeignKey<SatelliteCommand>(
        "satelliteCommands_target_team_id_fkey", Column("target_team_id", nullable: { $0.targetTeamID?.rawValue }), references: Team.self,
        onDelete: .setNull { $0.targetTeamID = nil })
    static let creatorReference = ForeignKey<SatelliteCommand>(
        "satelliteCommands_created_by_fkey", Column("created_by", nullable: { $0.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.createdBy = nil })

    static let schema = TableSchema<SatelliteCommand>(
        primaryKey: "satelliteCommands_pkey", Column("id") { $0.id.rawValue },
        foreignKeys: [satelliteReference, teamReference, creatorReference],
        checks: [
            CheckRule("satelliteCommands_command_type_check", "command_type") { $0.type.isKnown },
            // Every priority has one of the four numbers by its type; the name is declared so that the two schemas can be compared.
            CheckRule("satelliteCommands_priority_check", "priority") { _ in true },
            CheckRule("satelliteCommands_status_check", "status") { $0.status.isKnown },
            CheckRule("satelliteCommands_payload_check", "payload", is: .object) { $0.payload },
            CheckRule("satelliteCommands_result_check", "result", is: .object) { $0.result },
        ])
}
