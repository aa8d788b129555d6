import DeployStackModels

/// A row of `satellites`.
struct SatelliteRow: TableRow {
    /// What lists show, without the details.
    var satellite: Satellite
    var details: SatelliteDetails
    /// The SHA-256 of the API key in hexadecimal.
    var apiKeyHash: String

    /// Makes a row; details in the satellite are moved to where rows keep them.
    init(_ satellite: Satellite, apiKeyHash: String) {
        self.satellite = satellite
        self.satellite.details = nil
        details = satellite.details ?? SatelliteDetails(config: [:], systemInfo: nil, mcpStatus: nil)
        self.apiKeyHash = apiKeyHash
    }

    /// The satellite with its details.
    var complete: Satellite {
        var satellite = satellite
        satellite.details = details
        return satellite
    }

    static let tableName = "satellites"
    static var table: TablePath<SatelliteRow> { \.satellites }
    static let policy: RowPolicy<SatelliteRow> = RowPolicy(
        reads: { row, scope, _ in row.satellite.teamID == nil || scope.isTeam(row.satellite.teamID) },
        writes: { row, scope, _ in scope.isTeam(row.satellite.teamID) })

    static let nameKey = UniqueKey<SatelliteRow>("satellites_name_key", Column("name") { $0.satellite.name })
    static let apiKeyKey = UniqueKey<SatelliteRow>("satellites_api_key_hash_key", Column("api_key_hash") { $0.apiKeyHash })
    static let teamReference = ForeignKey<SatelliteRow>(
        "satellites_team_id_fkey", Column("team_id", nullable: { $0.satellite.teamID?.rawValue }), references: Team.self, onDelete: .cascade)
    static let creatorReference = ForeignKey<SatelliteRow>(
        "satellites_created_by_fkey", Column("created_by", nullable: { $0.satellite.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.satellite.createdBy = nil })

    static let schema = TableSchema<SatelliteRow>(
        primaryKey: "satellites_pkey", Column("id") { $0.satellite.id.rawValue },
        uniqueKeys: [nameKey, apiKeyKey],
        foreignKeys: [teamReference, creatorReference],
        checks: [
            CheckRule("satellites_name_check", "name") { SatelliteRules.isName($0.satellite.name) },
            CheckRule("satellites_type_matches_team", "satellite_type", "team_id") {
                ($0.satellite.type == .team) == ($0.satellite.teamID != nil)
            },
            // The capabilities are an array by their type here; the name is declared so that the two schemas can be compared.
            CheckRule("satellites_capabilities_check", "capabilities") { _ in true },
            CheckRule("satellites_system_info_check", "system_info", is: .object) { $0.details.systemInfo },
            CheckRule("satellites_mcp_status_check", "mcp_status", is: .object) { $0.details.mcpStatus },
            CheckRule("satellites_config_check", "config", is: .object) { $0.details.config },
        ])
}
