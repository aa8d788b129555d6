import DeployStackData
import DeployStackDataTesting
import PostgresDriver
import Testing

/// Every policy is needed, and so is each of its conditions: without it, what keeps the table's rows apart is seen to fail.
@Suite(.database)
struct PolicyMutantTests {
    /// Conditions without which nothing more is seen or changed, because the policies of another table or the rest of the policy say the same.
    private static let doubled: Set<String> = [
        // A query in a policy sees what its reader sees, and of these tables that is the team's rows alone.
        "authUser.locks without m.team_id = deploystack_team()", "authUser.of_user_and_team without m.team_id = deploystack_team()",
        "mcpServerInstances.of_team without i.team_id = deploystack_team()", "mcpUserConfigurations.of_team without i.team_id = deploystack_team()",
        "notifications.to_members without m.team_id = deploystack_team()",
        // The other servers that can be seen are the team's own, whose versions it sees anyway.
        "mcpServerVersions.of_platform without s.owner_team_id IS NULL",
        // Accounts that are not seen are not locked either, and none is changed.
        "authUser.locks without id = ANY ((ARRAY( SELECT m.user_id FROM \"teamMemberships\" m WHERE (m.team_id = deploystack_team())) || deploystack_user()))",
    ]

    /// A statement of our team's, and what must not come of it.
    private struct Attempt: Sendable {
        let table: String
        let sql: String
        var isScopedToUser = true
        /// A statement that must change nothing at all, and not only nothing of others.
        var changesNothing = false
    }

    private static let hidden = ["bravo", "hidden"]

    private static func attempts(on table: String) -> [Attempt] {
        let all = [Attempt(table: table, sql: "SELECT * FROM \"\(table)\""), Attempt(table: table, sql: "DELETE FROM \"\(table)\"")]
        switch table {
        case "authUser": return all + [Attempt(table: table, sql: "UPDATE \"authUser\" SET \"first_name\" = 'changed'", changesNothing: true)]
        case "notifications":
            return all
                + [("alpha", "bravo"), ("bravo", "alpha")].map { user, team in
                    Attempt(
                        table: table,
                        sql: """
                            INSERT INTO "notifications" ("id", "user_id", "title", "message", "sent_to_team")
                            VALUES ('new', 'user-\(user)', 'Ready', 'Ready', 'team-\(team)')
                            """,
                        isScopedToUser: false, changesNothing: true)
                }
        default: return all
        }
    }

    /// Rows of the platform, some of which nobody of a team sees.
    private static let platformRows = [
        "INSERT INTO \"mcpServerTemplates\" (\"id\", \"name\", \"slug\", \"visibility\") VALUES ('server-platform', 'Server', 'server-platform', 'global')",
        "INSERT INTO \"mcpServerVersions\" (\"id\", \"server_id\", \"version\", \"is_latest\") VALUES ('version-platform', 'server-platform', '1.0.0', true)",
        """
        INSERT INTO "satellites" ("id", "name", "satellite_type", "status", "api_key_hash")
        VALUES ('satellite-platform', 'satellite-platform', 'global', 'active', 'key-platform')
        """,
        """
        INSERT INTO "satelliteHeartbeats" ("id", "satellite_id", "status", "system_metrics")
        VALUES ('heartbeat-hidden', 'satellite-platform', 'active', '{}')
        """,
        """
        INSERT INTO "satelliteCommands" ("id", "satellite_id", "command_type", "payload", "target_team_id", "expires_at")
        VALUES ('command-of-bravo', 'satellite-platform', 'spawn', '{}', 'team-bravo', '2100-01-01')
        """,
        "INSERT INTO \"globalSettings\" (\"key\", \"value\", \"is_encrypted\") VALUES ('key.hidden', 'hidden', true)",
        "INSERT INTO \"mcpCategories\" (\"id\", \"name\") VALUES ('category', 'Category')",
    ]

    @Test(.requiresServer) func withoutOneOfItsConditionsAPolicyLetsAnotherTeamIn() async throws {
        let teams = try await Self.teams()
        let policies = try await Self.policies(teams)
        let mutants = policies.flatMap(PolicyMutant.all)

        for table in Set(policies.map(\.table)).sorted() { #expect(try await Self.failures(of: table, in: teams) == [], "\(table)") }
        var unnoticed: Set<String> = []
        var noticed: Set<String> = []
        for mutant in mutants {
            let failures = try await Self.failures(of: mutant.table, in: teams, after: mutant.sql)
            if failures.isEmpty { unnoticed.insert(mutant.name) } else { noticed.insert(mutant.table) }
        }

        print("I3: \(mutants.count) policies of \(policies.count) without one condition; \(unnoticed.count) change nothing, the others are noticed")
        #expect(unnoticed == Self.doubled)
        // What is read by everybody has no condition to take away.
        #expect(Set(policies.map(\.table)).subtracting(noticed) == ["roles", "mcpCategories", "globalSettingGroups"])
        await teams.client.close()
    }

    /// What a table without row security shows is noticed for every table that has something to hide.
    @Test(.requiresServer) func withoutRowSecurityATableIsSeen() async throws {
        let teams = try await Self.teams()
        let policies = try await Self.policies(teams)
        var open: [String] = []

        for table in Set(policies.map(\.table)).sorted() {
            let failures = try await Self.failures(of: table, in: teams, after: "ALTER TABLE \"\(table)\" DISABLE ROW LEVEL SECURITY")
            if failures.isEmpty { open.append(table) }
        }

        // Everybody may read roles, and those that are in use cannot be deleted.
        #expect(open.filter { $0 != "roles" } == [])
        await teams.client.close()
    }

    /// A policy that is gone takes something away that the team may see or do.
    @Test(.requiresServer) func withoutAPolicyTheTeamMissesSomething() async throws {
        let teams = try await Self.teams()
        var unnoticed: [String] = []

        for policy in try await Self.policies(teams) {
            var same = true
            for sql in Self.rights(on: policy.table) {
                let drop = "DROP POLICY \"\(policy.name)\" ON \"\(policy.table)\""
                for isScopedToUser in [true, false] {
                    let before = try await Self.answer(sql, in: teams, isScopedToUser: isScopedToUser)
                    let after = try await Self.answer(sql, in: teams, isScopedToUser: isScopedToUser, after: drop)
                    if before != after { same = false }
                }
            }
            if same { unnoticed.append("\(policy.table).\(policy.name)") }
        }

        #expect(unnoticed == [])
        await teams.client.close()
    }

    private static func rights(on table: String) -> [String] {
        let read = "SELECT * FROM \"\(table)\""
        switch table {
        case "authUser": return [read, "SELECT \"id\" FROM \"authUser\" FOR KEY SHARE"]
        case "notifications":
            return [
                read,
                """
                INSERT INTO "notifications" ("id", "user_id", "title", "message", "sent_to_team")
                VALUES ('new', 'user-alpha', 'Ready', 'Ready', 'team-alpha')
                """,
            ]
        default: return [read]
        }
    }

    private static func teams() async throws -> TwoTeams {
        let teams = try await TwoTeams.make()
        try await teams.client.withConnection { session in
            for statement in platformRows { _ = try await session.runScript(statement) }
        }
        return teams
    }

    private static func policies(_ teams: TwoTeams) async throws -> [StoredPolicy] {
        let statement = Statement(
            """
            SELECT p."tablename"::text, p."policyname"::text, p."qual", p."with_check"
            FROM pg_policies AS p
            ORDER BY p."tablename" COLLATE "C", p."policyname" COLLATE "C"
            """
        ) { row in StoredPolicy(table: try row.read(), name: try row.read(), using: try row.read(), check: try row.read()) }
        return try await teams.client.run(statement).rows
    }

    /// What of another team, and of what the platform hides, can be seen or changed in a table.
    private static func failures(of table: String, in teams: TwoTeams, after change: String? = nil) async throws -> [String] {
        var failures: [String] = []
        let everything: Statement<String> = """
            SELECT "answer_of"(\("SELECT t.* FROM \"\(table)\" AS t ORDER BY t::text"))
            """
        let notOurs: Statement<String> = #"SELECT "not_ours"()"#
        for attempt in attempts(on: table) {
            let state = attempt.changesNothing ? everything : notOurs
            let (answer, before, after) = try await undone(teams) { transaction in
                if let change { try await apply(change, transaction) }
                let before = try await transaction.run(state).rows
                try await teams.become(transaction, isScopedToUser: attempt.isScopedToUser)
                let answer = try await transaction.run(#"SELECT "answer_of"(\#(attempt.sql))"# as Statement<String>).rows[0]
                try await teams.resign(transaction)
                return (answer, before, try await transaction.run(state).rows)
            }
            if !answer.hasPrefix("error"), hidden.contains(where: answer.contains) { failures.append("\(attempt.sql) shows \(answer)") }
            if before != after { failures.append("\(attempt.sql) changes what it must not") }
        }
        return failures
    }

    private static func answer(_ sql: String, in teams: TwoTeams, isScopedToUser: Bool, after change: String? = nil) async throws -> String {
        try await undone(teams) { transaction in
            if let change { try await apply(change, transaction) }
            try await teams.become(transaction, isScopedToUser: isScopedToUser)
            return try await transaction.run(#"SELECT "answer_of"(\#(sql))"# as Statement<String>).rows[0]
        }
    }

    private static func apply(_ change: String, _ transaction: PostgresTransaction) async throws {
        #expect(try await transaction.run(#"SELECT "answer_of"(\#(change))"# as Statement<String>).rows == [""], "\(change)")
    }

    /// Runs something in a transaction that is taken back.
    private static func undone<Value: Sendable>(
        _ teams: TwoTeams, _ body: @escaping @Sendable (PostgresTransaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await teams.client.withTransaction(retry: .never) { transaction -> Value in
                throw TakeBack(value: try await body(transaction))
            }
        } catch let error as TakeBack<Value> {
            return error.value
        }
    }

    private struct TakeBack<Value: Sendable>: Error {
        let value: Value
    }
}
