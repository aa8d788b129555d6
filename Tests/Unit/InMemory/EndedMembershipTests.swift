import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct EndedMembershipTests {
    @Test func nothingOfTheUserIsLeftInTheTeamAndAllOfItInOthers() throws {
        var tables = try InMemoryTables.populated()
        try tables.insert(TeamMembership.row("m3", "bob", in: "others"))
        try tables.insert([InstanceRow.row("inst_2", of: "i2", "bob"), .row("inst_3", of: "i3", "bob"), .row("inst_4", of: "i1", "ada")])
        try tables.insert([
            UserConfigurationRow.row("c2", of: "i3", "bob"), .row("c3", of: "i1", "ada"),
        ])
        try tables.insert([AccessTokenRow.row("t2", "bob", in: "others"), .row("t3", "ada", in: "crew")])

        try tables.insert([
            RefreshTokenRow.row("r1", "bob", in: "crew"), .row("r2", "bob", in: "others"), .row("r3", "ada", in: "crew"),
        ])
        try tables.insert([
            AuthorizationCodeRow.row("a1", "bob", in: "crew"), .row("a2", "bob", in: "others"), .row("a3", "ada", in: "crew"),
        ])
        try tables.insert([
            TeamConsentRow.row("s1", "bob", in: "crew"), .row("s2", "bob", in: "others"), .row("s3", "ada", in: "crew"),
        ])

        try tables.endMembership(try #require(tables.membership(of: "bob", in: "crew")))

        #expect(Set(tables.memberships.all.map(\.id)) == ["m1", "m3"])
        #expect(Set(tables.instances.all.map(\.instance.id)) == ["inst_3", "inst_4"])
        #expect(Set(tables.userConfigurations.all.map(\.id)) == ["c2", "c3"])
        #expect(Set(tables.accessTokens.all.map(\.record.id)) == ["t2", "t3"])
        #expect(Set(tables.refreshTokens.all.map(\.record.id)) == ["r2", "r3"])
        #expect(Set(tables.authorizationCodes.all.map(\.request.id)) == ["a2", "a3"])
        #expect(Set(tables.teamConsents.all.map(\.consent.id)) == ["s2", "s3"])
    }

    @Test func whatGoesWithUsersAndWithTeamsGoesWithMembershipsToo() {
        func tables(deletedWith target: String) -> Set<String> {
            Set(InMemorySchema.constraints.filter { $0.kind == .foreignKey(table: target, onDelete: .cascade) }.map(\.table))
        }

        #expect(
            tables(deletedWith: "authUser").intersection(tables(deletedWith: "teams"))
                == ["oauth_access_tokens", "oauth_authorization_codes", "oauth_refresh_tokens", "oauth_team_consents", "teamMemberships"],
            """
            Rows of a new table that are a user's in a team end with the membership: delete them in `endMembership`, in PostgreSQL's `removeMember`, and \
            add the table here.
            """)
    }
}
