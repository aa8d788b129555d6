import DeployStackModels

/// A row of `mcpTeamInstallations`. Secrets in it are encrypted, as in the database; they are masked when a row is read.
extension McpInstallation: TableRow {
    static let tableName = "mcpTeamInstallations"
    static var table: TablePath<McpInstallation> { \.installations }
    static let policy: RowPolicy<McpInstallation> = .own { installation, scope, _ in scope.isTeam(installation.teamID) }

    private static let team = Column<McpInstallation>("team_id") { $0.teamID.rawValue }

    static let nameKey = UniqueKey<McpInstallation>(
        "mcpTeamInstallations_team_id_installation_name_key", team, Column("installation_name") { $0.name })
    static let teamReference = ForeignKey<McpInstallation>(
        "mcpTeamInstallations_team_id_fkey", team, references: Team.self, onDelete: .cascade)
    static let serverReference = ForeignKey<McpInstallation>(
        "mcpTeamInstallations_server_id_fkey", Column("server_id") { $0.serverID.rawValue }, references: ServerRow.self, onDelete: .cascade)
    static let creatorReference = ForeignKey<McpInstallation>(
        "mcpTeamInstallations_created_by_fkey", Column("created_by", nullable: { $0.createdBy?.rawValue }), references: User.self,
        onDelete: .setNull { $0.createdBy = nil })
    static let satelliteReference = ForeignKey<McpInstallation>(
        "mcpTeamInstallations_satellite_id_fkey", Column("satellite_id", nullable: { $0.satelliteID?.rawValue }), references: SatelliteRow.self,
        onDelete: .setNull { $0.satelliteID = nil })

    static let schema = TableSchema<McpInstallation>(
        primaryKey: "mcpTeamInstallations_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [nameKey],
        foreignKeys: [teamReference, serverReference, creatorReference, satelliteReference],
        checks: [
            CheckRule("mcpTeamInstallations_installation_type_check", "installation_type") { $0.type.isKnown },
            CheckRule("mcpTeamInstallations_team_args_check", "team_args", is: .array) { $0.configuration.args },
            CheckRule("mcpTeamInstallations_team_env_check", "team_env", is: .object) { $0.configuration.env },
            CheckRule("mcpTeamInstallations_team_headers_check", "team_headers", is: .object) { $0.configuration.headers },
            CheckRule("mcpTeamInstallations_team_url_query_params_check", "team_url_query_params", is: .object) { $0.configuration.queryParams },
            CheckRule("mcpTeamInstallations_settings_check", "settings", is: .object) { $0.settings },
        ])
}
