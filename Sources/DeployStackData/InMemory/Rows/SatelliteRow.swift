import DeployStackModels

/// A row of `satellites`. No service writes it yet; it is here because installations refer to it.
struct SatelliteRow: TableRow {
    var id: SatelliteID
    var name: String
    /// Whether it serves one team rather than all.
    var isOfTeam: Bool
    var teamID: TeamID?
    var apiKeyHash: String
    var capabilities: JSONValue = ["stdio", "http", "sse"]
    var systemInfo: JSONValue?
    var mcpStatus: JSONValue?
    var config: JSONValue = [:]
    var createdBy: UserID?

    static let tableName = "satellites"
    static var table: TablePath<SatelliteRow> { \.satellites }

    static let teamReference = ForeignKey<SatelliteRow>(
        "satellites_team_id_fkey", Column("team_id", nullable: { $0.teamID?.rawValue }), references: Team.self, onDelete: .cascade)
    static let creatorReference = ForeignKey<SatelliteRow>(
        "satellites_created_by_fkey", Column("created_by", nullable: { $0.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.createdBy = nil })

    static let schema = TableSchema<SatelliteRow>(
        primaryKey: "satellites_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [
            UniqueKey("satellites_name_key", Column("name") { $0.name }),
            UniqueKey("satellites_api_key_hash_key", Column("api_key_hash") { $0.apiKeyHash }),
        ],
        foreignKeys: [teamReference, creatorReference],
        checks: [
            CheckRule("satellites_name_check", "name") { hasValidName($0.name) },
            CheckRule("satellites_type_matches_team", "satellite_type", "team_id") { $0.isOfTeam == ($0.teamID != nil) },
            CheckRule("satellites_capabilities_check", "capabilities", is: .array) { $0.capabilities },
            CheckRule("satellites_system_info_check", "system_info", is: .object) { $0.systemInfo },
            CheckRule("satellites_mcp_status_check", "mcp_status", is: .object) { $0.mcpStatus },
            CheckRule("satellites_config_check", "config", is: .object) { $0.config },
        ])

    /// Whether a name matches `^[a-z0-9_-]{10,32}$`.
    private static func hasValidName(_ name: String) -> Bool {
        (10...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}
