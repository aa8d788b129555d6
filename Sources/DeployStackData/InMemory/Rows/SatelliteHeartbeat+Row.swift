import DeployStackModels

extension SatelliteHeartbeat: TableRow {
    static let tableName = "satelliteHeartbeats"
    static var table: TablePath<SatelliteHeartbeat> { \.satelliteHeartbeats }
    static let policy: RowPolicy<SatelliteHeartbeat> = .own { heartbeat, scope, tables in tables.isSatellite(heartbeat.satelliteID, of: scope) }

    static let satelliteReference = ForeignKey<SatelliteHeartbeat>(
        "satelliteHeartbeats_satellite_id_fkey", Column("satellite_id") { $0.satelliteID.rawValue }, references: SatelliteRow.self,
        onDelete: .cascade)

    static let schema = TableSchema<SatelliteHeartbeat>(
        primaryKey: "satelliteHeartbeats_pkey", Column("id") { $0.id.rawValue },
        foreignKeys: [satelliteReference],
        checks: [
            CheckRule("satelliteHeartbeats_status_check", "status") { $0.health.isKnown },
            CheckRule("satelliteHeartbeats_system_metrics_check", "system_metrics", is: .object) { $0.systemMetrics },
        ])
}
