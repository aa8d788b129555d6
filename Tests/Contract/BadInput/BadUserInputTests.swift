import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadUserInputTests {
    static let examples: [(user: NewUser, field: String)] = [
        (.fixture(username: ""), "username"),
        (.fixture(username: "ab"), "username"),
        (.fixture(username: " ab "), "username"),
        (.fixture(username: "\u{3000}\u{3000}\u{3000}"), "username"),
        (.fixture(username: BadText.filled(31)), "username"),
        (.fixture(username: String(repeating: "x", count: 1_000_000)), "username"),
        (.fixture(username: "a\0b"), "username"),
        (.fixture(email: ""), "email"),
        (.fixture(email: "ada"), "email"),
        (.fixture(email: "@example.org"), "email"),
        (.fixture(email: "ada@"), "email"),
        (.fixture(email: "ada@home@example.org"), "email"),
        (.fixture(email: "ada lovelace@example.org"), "email"),
        (.fixture(email: "ada@example.org\0"), "email"),
        (.fixture(email: String(repeating: "x", count: 243) + "@example.org"), "email"),
        (.fixture(authType: .unknown("magic")), "authType"),
        (.fixture(firstName: BadText.filled(101)), "firstName"),
        (.fixture(firstName: "a\0"), "firstName"),
        (.fixture(lastName: BadText.filled(101)), "lastName"),
        (.fixture(lastName: "\0"), "lastName"),
        (.fixture(githubID: ""), "githubID"),
        (.fixture(githubID: BadText.filled(101)), "githubID"),
        (.fixture(githubID: "1\0"), "githubID"),
    ]

    @Test(arguments: Backend.all)
    func whatIsNotAcceptableIsRefusedWithItsFieldAndNothingIsStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for example in Self.examples {
            await expectInvalid(example.field) { try await store.users.createUser(example.user) }
        }

        let first = try await store.users.createUser(.fixture())
        #expect(first.isGlobalAdministrator, "A refused user was stored, because this one is not the first.")
    }

    @Test(arguments: Backend.all)
    func theLongestThatAreAllowedAreStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let email = String(repeating: "x", count: 242) + "@example.org"

        let user = try await store.users.createUser(
            NewUser(
                username: BadText.filled(30), email: email, firstName: BadText.filled(100), lastName: BadText.filled(100),
                githubID: BadText.filled(100)))

        #expect(user.email.utf8.count == 254)
        #expect(try await store.users.user(email: email) == user)
        #expect(try await store.users.user(user.id)?.username == BadText.filled(30))
    }

    @Test(arguments: Backend.all, ["", "\0", "a\0b", "a b", "@", String(repeating: "x", count: 10_000), "' OR 1 = 1 --@example.org"])
    func nobodyIsFoundUnderWhatCannotBeAnAddress(_ backend: Backend, _ email: String) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())

        #expect(try await store.users.user(email: email) == nil)
    }
}
