import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct InMemoryUniqueKeyTests {
    @Test func aSecondRowWithTheSameValueIsRefusedUnderTheDatabasesName() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("ada"))

        #expect(throws: DataError(.alreadyExists, entity: .user, field: "username", constraint: "authUser_username_key")) {
            try tables.insert(User.row("other", username: "ada"))
        }
    }

    @Test func textsThatOnlyLookAlikeAreDifferentValues() throws {
        var tables = InMemoryTables()

        try tables.insert(User.row("one", username: "caf\u{E9}"))
        try tables.insert(User.row("two", username: "cafe\u{301}"))

        #expect(tables.users.count == 2)
        #expect(tables.users.row(User.usernameKey, "cafe\u{301}")?.id == "two")
    }

    @Test func absentValuesAreNotEqualToEachOther() throws {
        var tables = InMemoryTables()

        try tables.insert([User.row("one"), User.row("two")])

        #expect(tables.users.count == 2)
    }

    @Test func presentValuesOfAnOptionalColumnAreUnique() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("one", githubID: "17"))

        #expect(throws: DataError(.alreadyExists, entity: .user, field: "githubID", constraint: "authUser_github_id_key")) {
            try tables.insert(User.row("two", githubID: "17"))
        }
    }

    @Test func addressesThatDifferInCaseAreOneAddress() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("one", email: "ada@example.org"))

        #expect(throws: DataError(.alreadyExists, entity: .user, field: "email", constraint: "idx_lowercase_email")) {
            try tables.insert(User.row("two", email: "Ada@example.org"))
        }
    }

    @Test func aPartialKeyHoldsOnlyTheRowsOfItsCondition() throws {
        var tables = InMemoryTables()
        try tables.insert(User.row("ada"))
        try tables.insert([
            Team.row("one", owner: "ada"), Team.row("two", owner: "ada"), Team.row("personal", owner: "ada", isDefault: true),
        ])

        let expected = DataError(.alreadyExists, entity: .team, field: "ownerID", constraint: "idx_teams_one_default_per_owner")
        #expect(throws: expected) { try tables.insert(Team.row("second", owner: "ada", isDefault: true)) }
    }

    @Test func aKeyOfTwoColumnsComparesBoth() throws {
        var tables = try InMemoryTables.populated()
        try tables.insert(TeamMembership.row("m3", "bob", in: "others"))

        let error = #expect(throws: DataError.self) { try tables.insert(TeamMembership.row("m4", "bob", in: "crew")) }
        #expect(error?.constraint == "teamMemberships_team_id_user_id_key")
        #expect(error?.entity == .membership)
    }

    @Test func aChangeOntoATakenValueIsRefused() throws {
        var tables = try InMemoryTables.populated()

        let error = #expect(throws: DataError.self) {
            try tables.update(Team.self, "crew") { $0.slug = "others" }
        }
        #expect(error?.constraint == "teams_slug_key")
    }

    @Test func aChangedValueIsFoundAndTheOldOneIsFree() throws {
        var tables = try InMemoryTables.populated()

        try tables.update(Team.self, "crew") { $0.slug = "sailors" }

        #expect(tables.teams.row(Team.slugKey, "sailors")?.id == "crew")
        #expect(tables.teams.row(Team.slugKey, "crew") == nil)
        try tables.insert(Team.row("third", owner: "ada", slug: "crew"))
    }
}
