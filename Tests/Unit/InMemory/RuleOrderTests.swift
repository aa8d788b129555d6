import DeployStackModels
import Testing

@testable import DeployStackData

/// A row that breaks several rules gets the error of the one that PostgreSQL reports.
@Suite struct InMemoryRuleOrderTests {
    private func constraint(of body: () throws -> Void) -> String? {
        #expect(throws: DataError.self, performing: body)?.constraint
    }

    @Test func checksAreMetInTheOrderOfTheirNames() throws {
        var tables = try InMemoryTables.populated()
        let limits = TeamLimits(mcpServers: -5, nonHttp: -1, github: -1, members: 0)

        let name = constraint { try tables.insert(Team.row("new", owner: "ada", limits: limits)) }

        #expect(name == "teams_github_mcp_limit_check")
    }

    @Test func aCheckComesBeforeAKey() throws {
        var tables = try InMemoryTables.populated()

        let name = constraint { try tables.insert(Team.row("crew", owner: "ada", limits: TeamLimits(members: 0))) }

        #expect(name == "teams_member_limit_check")
    }

    @Test func thePrimaryKeyComesBeforeOtherKeys() throws {
        var tables = try InMemoryTables.populated()

        #expect(constraint { try tables.insert(Team.row("crew", owner: "ada", slug: "others")) } == "teams_pkey")
    }

    @Test func keysAreMetInTheOrderOfTheirCreation() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("ada", githubID: "17"))

        let name = constraint { try tables.insert(User.row("new", username: "ada", email: "ada@example.org", githubID: "17")) }

        #expect(name == "authUser_username_key")
    }

    @Test func aKeyComesBeforeAReference() throws {
        var tables = try InMemoryTables.populated()

        #expect(constraint { try tables.insert(Team.row("new", owner: "nobody", slug: "crew")) } == "teams_slug_key")
    }

    @Test func referencesAreMetInTheOrderOfTheirCreation() throws {
        var tables = try InMemoryTables.populated()

        let name = constraint { try tables.insert(McpInstallation.row("new", of: "nothing", in: "nowhere", creator: "nobody")) }

        #expect(name == "mcpTeamInstallations_team_id_fkey")
    }

    @Test func aKeyOfALaterRowComesBeforeAReferenceOfAnEarlierOne() throws {
        var tables = try InMemoryTables.populated()

        let name = constraint {
            try tables.insert([TeamMembership.row("new", "nobody", in: "crew"), TeamMembership.row("m1", "bob", in: "others")])
        }

        #expect(name == "teamMemberships_pkey")
    }

    @Test func aMissingReferenceSaysWhatIsMissing() throws {
        var tables = try InMemoryTables.populated()

        #expect(throws: DataError(.referenceMissing, entity: .user, constraint: "notifications_user_id_fkey")) {
            try tables.insert(NotificationRow.row("new", for: "nobody"))
        }
    }

    @Test func aDocumentOfTheWrongShapeIsRefused() throws {
        var tables = try InMemoryTables.populated()

        let name = constraint {
            try tables.update(ServerRow.self, "public") { $0.server.metadata = [] }
        }

        #expect(name == "mcpServerTemplates_metadata_check")
    }

    @Test func aTeamsServerMustHaveATeam() throws {
        var tables = try InMemoryTables.populated()

        let name = constraint {
            try tables.update(ServerRow.self, "own") { $0.server.ownerTeamID = nil }
        }

        #expect(name == "mcpServerTemplates_visibility_matches_owner")
    }
}
