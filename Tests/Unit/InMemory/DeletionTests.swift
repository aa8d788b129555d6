import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct InMemoryDeletionTests {
    @Test func deletingATeamDeletesWhatBelongsToIt() throws {
        var tables = try InMemoryTables.populated()

        let count = try tables.delete(Team.self, ["crew"])

        #expect(count == 1)
        #expect(tables.memberships.count == 0)
        #expect(tables.servers["own" as McpServerID] == nil)
        #expect(Set(tables.installations.all.map(\.id)) == ["i3"])
        #expect(tables.instances.count == 0)
        #expect(tables.userConfigurations.count == 0)
        #expect(tables.accessTokens.count == 0)
        #expect(tables.satellites.count == 0)
        #expect(tables.notifications.count == 1)
    }

    @Test func deletingATeamClearsReferencesToItsSatellites() throws {
        var tables = try InMemoryTables.populated()

        try tables.delete(Team.self, ["crew"])

        let installation = try #require(tables.installations["i3" as McpInstallationID])
        #expect(installation.satelliteID == nil)
    }

    @Test func deletingAServerDeletesItsInstallationsInEveryTeam() throws {
        var tables = try InMemoryTables.populated()

        try tables.delete(ServerRow.self, ["public"])

        #expect(tables.installations.all.map(\.id) == ["i2"])
        #expect(tables.instances.count == 0)
    }

    @Test func deletingAUserKeepsWhatTheUserMadeForOthers() throws {
        var tables = try InMemoryTables.populated()

        try tables.delete(User.self, ["bob"])

        #expect(tables.servers["public" as McpServerID]?.details.createdBy == nil)
        #expect(tables.servers["public" as McpServerID] != nil)
        #expect(tables.installations["i1" as McpInstallationID] != nil)
        #expect(tables.installations["i1" as McpInstallationID]?.createdBy == nil)
        #expect(tables.teams["others" as TeamID] == nil)
        #expect(tables.memberships.all.map(\.userID) == ["ada"])
        #expect(tables.notifications.count == 0)
        #expect(tables.accessTokens.count == 0)
    }

    @Test func deletingACategoryClearsReferencesToIt() throws {
        var tables = try InMemoryTables.populated()

        try tables.delete(McpCategory.self, ["tools"])

        #expect(tables.servers["public" as McpServerID] != nil)
        #expect(tables.servers["public" as McpServerID]?.server.categoryID == nil)
    }

    @Test func aRoleThatAUserHasCannotBeDeleted() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("ada", role: .globalUser))

        #expect(throws: DataError(.inUse, entity: .role, constraint: "authUser_role_id_fkey")) {
            try tables.delete(Role.self, [RoleID.globalUser.bytewise])
        }
    }

    @Test func aRoleThatNobodyHasCanBeDeleted() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("ada", role: .globalUser))

        #expect(try tables.delete(Role.self, [RoleID.globalAdministrator.bytewise]) == 1)
    }

    @Test func deletingWhatDoesNotExistDeletesNothing() throws {
        var tables = try InMemoryTables.populated()

        #expect(try tables.delete(Team.self, ["nowhere"]) == 0)
        #expect(tables.teams.count == 2)
    }

    @Test func aKeyOfADeletedRowCanBeUsedAgain() throws {
        var tables = try InMemoryTables.populated()
        try tables.delete(Team.self, ["crew"])

        try tables.insert(Team.row("crew", owner: "ada"))

        #expect(tables.teams.row(Team.slugKey, "crew") != nil)
        #expect(tables.members(of: "crew").isEmpty)
        #expect(tables.installations(of: "crew").isEmpty)
    }

    @Test func aCopyKeepsWhatTheOriginalLoses() throws {
        var tables = try InMemoryTables.populated()
        let copy = tables

        try tables.delete(Team.self, ["crew"])

        #expect(copy.members(of: "crew").count == 2)
        #expect(copy.installations.count == 3)
    }
}
