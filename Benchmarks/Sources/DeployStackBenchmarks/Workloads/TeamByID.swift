import DeployStackData
import DeployStackModels

/// W1: one team by its identifier.
struct TeamByID: Workload {
    static let code = "W1"
    static let title = "a team by its identifier"
    static let shortTitle = "point read"
    static let decoding = "a Team with all 15 columns"

    static func rows(_ size: DatasetSize) -> Int { 1 }

    private let drawing: Drawing

    init(_ drawing: Drawing) { self.drawing = drawing }

    func call(_ store: DataStore, _ key: UInt64) async throws {
        guard try await store.teams.team(drawing.team(key)) != nil else { throw BenchmarkError("A team is missing.") }
    }

    let statement = RawStatement(
        name: "w1",
        sql: """
            SELECT \(Team.rawColumns)
            FROM "teams"
            WHERE "id" = $1
            """,
        parameterTypes: [RawStatement.text])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        parameters.append(drawing.team(key).rawValue)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        keep(try Self.team(in: result))
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let raw = try Self.team(in: try plainAnswer(connection, key))
        guard try await store.teams.team(drawing.team(key)) == raw else {
            throw BenchmarkError("W1: the library and the plain loop read different teams.")
        }
    }

    private static func team(in result: borrowing RawResult) throws(BenchmarkError) -> Team {
        guard result.rowCount == 1 else { throw BenchmarkError("W1: \(result.rowCount) rows instead of one.") }
        var row = result.row(0)
        return Team(raw: &row)
    }
}
