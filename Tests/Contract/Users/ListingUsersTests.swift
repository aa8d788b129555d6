import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ListingUsersTests {
    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        for (username, email, first, last) in [
            ("zoe", "zoe@example.org", "Zoé", nil), ("Bob", "bob@percent%.org", nil, "O'Brien"), ("ada_l", "ada@example.org", "Ada", "King"),
            ("éva", "eva@example.org", nil, "100%"),
        ] {
            try await store.users.createUser(.fixture(username: username, email: email, firstName: first, lastName: last), withDefaultTeam: false)
        }
        return store
    }

    @Test(arguments: Backend.all)
    func everybodyIsListedByTheBytesOfTheUsernameWithTheRole(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        let page = try await store.users.list()

        #expect(page.total == 4)
        #expect(page.items.map(\.user.username) == ["Bob", "ada_l", "zoe", "éva"])
        #expect(page.items.map { $0.role?.id } == [.globalUser, .globalUser, .globalAdministrator, .globalUser])
        let administrator = try await store.roles.role(.globalAdministrator)
        #expect(page.items[2].role == administrator)
        #expect(try await store.users.userWithRole(page.items[2].id) == page.items[2])
        #expect(try await store.users.userWithRole("nobody") == nil)
        #expect(try await store.users.userWithRole("a\0b") == nil)
    }

    @Test(arguments: Backend.all)
    func theListIsPaged(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        let page = try await store.users.list(page: Page(limit: 2, offset: 1))

        #expect(page.items.map(\.user.username) == ["ada_l", "zoe"])
        #expect(page.total == 4 && page.hasMore)
        let beyond = try await store.users.list(page: Page(limit: 2, offset: 9))
        #expect(beyond.items.isEmpty && beyond.total == 4)
        await expectInvalid("page.limit") { _ = try await store.users.list(page: Page(limit: 0)) }
        await expectInvalid("page.offset") { _ = try await store.users.users(withRole: .globalUser, page: Page(offset: -1)) }
    }

    @Test(arguments: Backend.all)
    func theSearchIsForNamesAndAddressesWithoutWildcards(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        let expected: [(String?, [String])] = [
            ("ADA", ["ada_l"]), ("king", ["ada_l"]), ("o'b", ["Bob"]), ("%", ["Bob", "éva"]), ("_", ["ada_l"]), ("zoé", ["zoe"]), ("ZOÉ", []),
            ("example.org", ["ada_l", "zoe", "éva"]), ("\\", []), ("nobody", []), (" ", ["Bob", "ada_l", "zoe", "éva"]),
        ]

        for (search, usernames) in expected {
            let page = try await store.users.list(search: search)

            #expect(page.items.map(\.user.username) == usernames, "\(search ?? "nil")")
            #expect(page.total == usernames.count)
        }
        await expectInvalid("search") { _ = try await store.users.list(search: "a\0b") }
        await expectInvalid("search") { _ = try await store.users.list(search: String(repeating: "x", count: 256)) }
    }

    @Test(arguments: Backend.all)
    func theListIsNarrowedByRole(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        #expect(try await store.users.list(search: nil, role: .globalAdministrator, page: .first).items.map(\.user.username) == ["zoe"])
        #expect(try await store.users.list(search: "b", role: .globalUser, page: .first).items.map(\.user.username) == ["Bob"])
        #expect(try await store.users.list(search: nil, role: "nothing", page: .first).total == 0)
        #expect(try await store.users.list(search: nil, role: "a\0b", page: .first).total == 0)
    }

    @Test(arguments: Backend.all)
    func usersAreListedAndCountedByRole(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        let role = try await store.roles.create(NewRole(name: "Auditor"))

        #expect(try await store.users.users(withRole: .globalUser).map(\.username) == ["Bob", "ada_l", "éva"])
        #expect(try await store.users.users(withRole: .globalUser, page: Page(limit: 1, offset: 1)).map(\.username) == ["ada_l"])
        #expect(try await store.users.users(withRole: "nothing").isEmpty)
        #expect(try await store.users.users(withRole: "a\0b").isEmpty)
        let counts = try await store.users.countByRole()
        #expect(counts.map(\.role) == (try await store.roles.all()))
        #expect(counts.map(\.role.id) == [role.id, "global_admin", "global_user", "team_admin", "team_user"])
        #expect(counts.map(\.userCount) == [0, 1, 3, 0, 0])
    }

    @Test(arguments: Backend.all)
    func aUserIsFoundByUsernameAndByTheIdentifierAtGitHubExactly(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(username: "caf\u{e9}", githubID: "Octo"))

        #expect(try await store.users.user(username: "caf\u{e9}") == user)
        #expect(try await store.users.user(githubID: "Octo") == user)
        for name in ["cafe\u{301}", "CAF\u{e9}", "", "a\0b"] { #expect(try await store.users.user(username: name) == nil) }
        for id in ["octo", "", "a\0b"] { #expect(try await store.users.user(githubID: id) == nil) }
    }
}
