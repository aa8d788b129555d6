import DeployStackData
import DeployStackModels

/// W5: a team gets another name; the answer is whether there was such a team.
struct TeamRename: Workload {
    static let code = "W5"
    static let title = "rename of a team"
    static let shortTitle = "update"
    static let decoding = "the number of changed rows"

    static func rows(_ size: DatasetSize) -> Int { 1 }
    static let isRead = false
    static let tidying: String? = "VACUUM \"teams\""

    private let drawing: Drawing

    init(_ drawing: Drawing) { self.drawing = drawing }

    func call(_ store: DataStore, _ key: UInt64) async throws {
        guard try await store.teams.updateTeamName(drawing.team(key), name(key)) else { throw BenchmarkError("A team is missing.") }
    }

    let statement = RawStatement(
        name: "w5",
        sql: """
            UPDATE "teams"
            SET "name" = $1, "updated_at" = $2
            WHERE "id" = $3 AND (NOT "is_default" OR "name" = $4)
            """,
        parameterTypes: [RawStatement.text, RawStatement.timestamptz, RawStatement.text, RawStatement.text])

    func write(_ key: UInt64, to parameters: inout RawParameters) {
        let name = name(key)
        parameters.append(name)
        parameters.append(Timestamp.now().microsecondsSinceEpoch - Timestamp.postgresEpoch)
        parameters.append(drawing.team(key).rawValue)
        parameters.append(name)
    }

    func read(_ result: borrowing RawResult) throws(BenchmarkError) {
        guard result.affectedRows == 1 else { throw BenchmarkError("W5: \(result.affectedRows) rows were changed instead of one.") }
    }

    func check(_ store: DataStore, _ connection: RawConnection, _ key: UInt64) async throws {
        let library = key
        // The same team, another name.
        let plain = key &+ UInt64(drawing.teams.count)
        try await call(store, library)
        guard try await store.teams.team(drawing.team(key))?.name == name(library) else {
            throw BenchmarkError("W5: the library has not renamed the team.")
        }
        try read(try plainAnswer(connection, plain))
        guard try await store.teams.team(drawing.team(plain))?.name == name(plain) else {
            throw BenchmarkError("W5: the loop has not renamed the team.")
        }
    }

    private func name(_ key: UInt64) -> String { "Renamed \(key % 1_000_000_007)" }
}
