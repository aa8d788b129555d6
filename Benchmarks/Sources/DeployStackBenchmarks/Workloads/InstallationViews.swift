import DeployStackData
import DeployStackModels

/// W3: a team's installations with their servers and the team, twenty rows in one statement.
struct InstallationViews: Workload {
    static let code = "W3"
    static let title = "the joined view of a team's installations, 20 rows"
    static let shortTitle = "joined view, 20 rows"
    static let decoding = "20 × McpInstallationView with all 52 columns; tags as [String], other JSON as unchecked text (the library checks it)"

    static func rows(_ size: DatasetSize) -> Int { rows }

    /// How many installations each team has.
    static let rows = 20

    private let drawing: Drawing

    init(_ drawing: Drawing) { self.drawing = drawing }

    func call(_ store: DataStore, _ key: UInt64) async throws {
        let views = try await store.installations.installationViews(team: drawing.team(key))
        guard views.count == Self.rows else { throw BenchmarkError("A team has \(views.count) installations instead of \(Self.rows).") }
    }

    let statement = RawStatement(
        name: "w3",
        sql: """
            SELECT \(McpInstallation.rawColumns), \(McpServer.rawColumns(of: "s")), \(Team.rawColumns(of: "t"))
            FROM "mcpTeamInstallations" AS i
            LEFT JOIN "mcpServerTemplates" AS s ON s."id" = i."server_id"
            LEFT JOIN "teams" AS t ON t."id" = i."team_id"
            WHERE i."team_id" = $1
            ORDER BY i."created_at" DESC, i."id" COLLATE "C" DESC
            """,
        parameterTypes: [RawStatement.text])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        parameters.append(drawing.team(key).rawValue)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        keep(try Self.views(in: result))
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let raw = try Self.views(in: try plainAnswer(connection, key)).map { try $0.withParsedJSON() }
        guard try await store.installations.installationViews(team: drawing.team(key)) == raw else {
            throw BenchmarkError("W3: the library and the plain loop read different views.")
        }
    }

    private static func views(in result: borrowing RawResult) throws(BenchmarkError) -> [McpInstallationView] {
        guard result.rowCount == rows else { throw BenchmarkError("W3: \(result.rowCount) rows instead of \(rows).") }
        var views: [McpInstallationView] = []
        views.reserveCapacity(rows)
        for index in 0..<rows {
            var row = result.row(index)
            views.append(try McpInstallationView(raw: &row))
        }
        return views
    }
}
