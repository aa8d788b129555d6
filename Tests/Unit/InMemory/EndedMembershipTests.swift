import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct EndedMembershipTests {
    @Test func nothingOfTheUserIsLeftInTheTeamAndAllOfItInOthers() throws {
        var tables = try InMemoryTables.populated()
        try tables.insert(TeamMembership.row("m3", "bob", in: "others"))
        try tables.insert([InstanceRow.row("inst_2", of: "i2", "bob"), .row("inst_3", of: "i3", "bob"), .row("inst_4", of: "i1", "ada")])
        try tables.insert([
            UserConfigurationRow(id: "c2", installationID: "i3", userID: "bob"), UserConfigurationRow(id: "c3", installationID: "i1", userID: "ada"),
        ])
        try tables.insert([AccessTokenRow.row("t2", "bob", in: "others"), .row("t3", "ada", in: "crew")])

        try tables.endMembership(try #require(tables.membership(of: "bob", in: "crew")))

        #expect(Set(tables.memberships.all.map(\.id)) == ["m1", "m3"])
        #expect(Set(tables.instances.all.map(\.instance.id)) == ["inst_3", "inst_4"])
        #expect(Set(tables.userConfigurations.all.map(\.id)) == ["c2", "c3"])
        #expect(Set(tables.accessTokens.all.map(\.record.id)) == ["t2", "t3"])
    }

    @Test func whatGoesWithUsersAndWithTeamsGoesWithMembershipsToo() {
        func tables(deletedWith target: String) -> Set<String> {
            Set(InMemorySchema.constraints.filter { $0.kind == .foreignKey(table: target, onDelete: .cascade) }.map(\.table))
        }

        #expect(
            tables(deletedWith: "authUser").intersection(tables(deletedWith: "teams")) == ["oauth_access_tokens", "teamMemberships"],
            """
            Rows of a new table that are a user's in a team end with the membership: delete them in `endMembership`, in PostgreSQL's `removeMember`, and \
            add the table here.
            """)
    }
}
