import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A store under row security opens only as a role that policies bind, and says otherwise what to do.
@Suite(.database)
struct RowSecurityOpeningTests {
    /// What makes a role unfit, and what the sentence about it says.
    struct Unfitness: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Statements by an administrator; `%` is the role, and `^` another one.
        let statements: [String]
        let reason: String
    }

    private static let unfitnesses = [
        Unfitness(testDescription: "a superuser", statements: ["ALTER ROLE % SUPERUSER"], reason: "is a superuser"),
        Unfitness(testDescription: "a role that bypasses", statements: ["ALTER ROLE % BYPASSRLS"], reason: "has BYPASSRLS"),
        Unfitness(testDescription: "an owner", statements: [#"ALTER TABLE "teams" OWNER TO %"#], reason: "owns tables"),
        Unfitness(
            testDescription: "a member of the owner",
            statements: ["CREATE ROLE ^ NOLOGIN", #"ALTER TABLE "teams" OWNER TO ^"#, "GRANT ^ TO %"], reason: "owns tables"),
        Unfitness(
            testDescription: "a table without policies in force", statements: [#"ALTER TABLE "mcpTeamInstallations" DISABLE ROW LEVEL SECURITY"#],
            reason: "no policies hold on mcpTeamInstallations"),
        Unfitness(
            testDescription: "a table without a policy", statements: [#"DROP POLICY "of_team" ON "teams""#], reason: "no policies hold on teams"),
        Unfitness(testDescription: "a missing table", statements: [#"DROP TABLE "userPreferences""#], reason: "no policies hold on userPreferences"),
        Unfitness(
            testDescription: "a table that it may not use", statements: [#"REVOKE UPDATE ON "teams" FROM %"#], reason: "may not use teams"),
    ]

    @Test(.requiresServer, arguments: unfitnesses)
    func aRoleThatPoliciesDoNotBindIsRefused(_ unfitness: Unfitness) async throws {
        let store = try await Backend.postgres.makeStore()
        _ = try await Backend.postgres.makeTenantStore(on: store)
        let database = try await TestDatabase.lent()
        var tenant = database.configuration
        tenant.user = "\(database.name)_tenant_1"

        let owner = "\(database.name)_tenant_9"
        for statement in unfitness.statements {
            try await database.run(statement.replacing("%", with: "\"\(tenant.user)\"").replacing("^", with: "\"\(owner)\""))
        }
        let error = await #expect(throws: DataError.self) { try await DataStore.postgres(tenant, rowSecurity: .enforced) }
        // The roles go when nothing belongs to them any more.
        try await database.run(#"REASSIGN OWNED BY "\#(tenant.user)" TO CURRENT_USER"#)
        if unfitness.statements.contains(where: { $0.contains("^") }) {
            try await database.run(#"REASSIGN OWNED BY "\#(owner)" TO CURRENT_USER"#)
            try await database.run(#"DROP ROLE "\#(owner)""#)
        }

        #expect(error?.kind == .configuration && error?.outcome == .notSent)
        #expect(error?.reason?.contains(unfitness.reason) == true, "\(error?.reason ?? "")")
        #expect(error?.reason?.contains("deploystack-db row-security") == true)
    }

    /// Nobody who does not ask for row security notices that there are policies: not a role with rights of its own, and not the owner.
    @Test(.requiresServer) func policiesThatNobodyEnabledBindNobody() async throws {
        let store = try await Backend.postgres.makeStore()
        _ = try await store.users.createUser(.fixture())
        let database = try await TestDatabase.lent()
        try await database.run(#"GRANT SELECT ON ALL TABLES IN SCHEMA public TO "pg_monitor""#)

        #expect(try await database.text(of: "authUser", first: #"SET ROLE "pg_monitor""#) != "")
    }

    /// pg_dump fails rather than leave rows out, so the owner must not be bound by policies that are in force.
    @Test(.requiresServer) func theOwnerIsNotBoundByPoliciesInForce() async throws {
        let store = try await Backend.postgres.makeStore()
        _ = try await Backend.postgres.makeTenantStore(on: store)
        let database = try await TestDatabase.lent()
        let tenant = "\(database.name)_tenant_1"
        try await database.run(#"ALTER TABLE "roles" OWNER TO "\#(tenant)""#)

        #expect(try await database.text(of: "roles", first: #"SET ROLE "\#(tenant)""#, "SET row_security = off") != "")
        try await database.run(#"ALTER TABLE "roles" OWNER TO CURRENT_USER"#)
    }

    @Test(.requiresServer) func whoEnablesItIsToldWhatIsWrong() async throws {
        let store = try await Backend.postgres.makeStore()
        let error = await #expect(throws: DataError.self) { try await store.enableRowSecurity(for: "nobody; DROP TABLE \"teams\"") }

        #expect(error?.kind == .configuration)
        #expect(error?.reason?.contains("there is no role") == true)
        #expect(try await store.teams.allTeams().total == 0)
    }
}
