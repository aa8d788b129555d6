import DeployStackData
import DeployStackDataTesting
import PostgresDriver
import Testing

/// Policies stand when a statement forgets whose rows it means.
@Suite(.database)
struct ForgottenConditionTests {
    /// What a statement showed and changed that is not our team's.
    private struct Leak {
        var answer: String
        var isShown: Bool
        var hasChanged: Bool
    }

    @Test(.requiresServer) func noStatementWithoutItsConditionReachesAnotherTeam() async throws {
        let teams = try await TwoTeams.make()
        let mutants = StatementCatalogue.all.compactMap(StatementMutant.init)
        var dangerous: Set<String> = []
        var useless: [String] = []

        for mutant in mutants {
            let free = try await leak(of: mutant, in: teams, bound: false)
            let bound = try await leak(of: mutant, in: teams, bound: true)

            if free.isShown || free.hasChanged { dangerous.insert(mutant.name) } else { useless.append("\(mutant.name): \(free.answer.prefix(120))") }
            #expect(!bound.isShown, "\(mutant.name) shows another team's rows:\n\(mutant.sql)\n\(bound.answer)")
            #expect(!bound.hasChanged, "\(mutant.name) changes another team's rows:\n\(mutant.sql)")
        }

        print("Row security: \(mutants.count) statements without their conditions, \(dangerous.count) reach another team, 0 under policies")
        // Otherwise nothing was put to the test.
        #expect(dangerous.count >= 60, "\(useless.joined(separator: "\n"))")
        await teams.client.close()
    }

    @Test(.requiresServer) func withoutItsPolicyATableIsReached() async throws {
        let teams = try await TwoTeams.make()
        try await teams.database.run(#"ALTER TABLE "mcpTeamInstallations" DISABLE ROW LEVEL SECURITY"#)
        let statement = try #require(StatementCatalogue.all.first { $0.name == "installationViews" })
        let mutant = try #require(StatementMutant(statement))

        #expect(try await leak(of: mutant, in: teams, bound: true).isShown)
        await teams.client.close()
    }

    @Test(.requiresServer) func everyTableWithPoliciesHasARowOfBothTeamsOrOfThePlatform() async throws {
        let teams = try await TwoTeams.make()
        let statement: Statement<String> = """
            SELECT DISTINCT p."tablename"::text FROM pg_policies AS p WHERE p."policyname" <> 'of_platform' ORDER BY 1
            """
        for table in try await teams.client.run(statement).rows {
            let text = try await teams.database.text(of: table)
            #expect(text.contains(TwoTeams.ours) && text.contains(TwoTeams.theirs), "\(table)")
        }
        await teams.client.close()
    }

    private func leak(of mutant: StatementMutant, in teams: TwoTeams, bound: Bool) async throws -> Leak {
        struct TakeBack: Error {
            let leak: Leak
        }
        let (sql, theirs) = (mutant.sql, TwoTeams.theirs)
        let notOurs: Statement<String> = #"SELECT "not_ours"()"#
        do {
            try await teams.client.withTransaction(retry: .never) { transaction in
                let before = try await transaction.run(notOurs).rows
                if bound { try await teams.become(transaction) }
                let answer = try await transaction.run(#"SELECT "answer_of"(\#(sql))"# as Statement<String>).rows[0]
                if bound { try await teams.resign(transaction) }
                let after = try await transaction.run(notOurs).rows
                throw TakeBack(leak: Leak(answer: answer, isShown: answer.contains(theirs), hasChanged: before != after))
            }
            return Leak(answer: "", isShown: false, hasChanged: false)
        } catch let error as TakeBack {
            return error.leak
        }
    }
}
