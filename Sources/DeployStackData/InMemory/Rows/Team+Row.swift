import DeployStackModels

/// A row of `teams`.
extension Team: TableRow {
    static let tableName = "teams"
    static var table: TablePath<Team> { \.teams }
    static let policy: RowPolicy<Team> = .own { team, scope, _ in scope.isTeam(team.id) }

    static let slugKey = UniqueKey<Team>("teams_slug_key", Column("slug") { $0.slug })
    static let oneDefaultKey = UniqueKey<Team>(
        "idx_teams_one_default_per_owner", Column("owner_id") { $0.ownerID.rawValue }, form: .index(expression: nil, predicate: "is_default"),
        covers: { $0.isDefault })
    static let ownerReference = ForeignKey<Team>(
        "teams_owner_id_fkey", Column("owner_id") { $0.ownerID.rawValue }, references: User.self, onDelete: .cascade)

    static let schema = TableSchema<Team>(
        primaryKey: "teams_pkey", Column("id") { $0.id.rawValue },
        uniqueKeys: [slugKey, oneDefaultKey],
        foreignKeys: [ownerReference],
        checks: [
            CheckRule("teams_mcp_server_limit_check", "mcp_server_limit") { $0.limits.mcpServers >= 0 },
            CheckRule("teams_non_http_mcp_limit_check", "non_http_mcp_limit") { $0.limits.nonHttp >= 0 },
            CheckRule("teams_github_mcp_limit_check", "github_mcp_limit") { $0.limits.github >= 0 },
            CheckRule("teams_member_limit_check", "member_limit") { $0.limits.members >= 1 },
            CheckRule("teams_limits_consistent", "mcp_server_limit", "non_http_mcp_limit", "github_mcp_limit") {
                $0.limits.mcpServers >= $0.limits.nonHttp + $0.limits.github
            },
        ])
}
