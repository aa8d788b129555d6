import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct FindingUsersTests {
    @Test(arguments: Backend.all)
    func aUserIsFoundByTheAddressInAnyCase(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(email: "ada@example.org"))

        #expect(try await store.users.user(email: "ada@example.org") == user)
        #expect(try await store.users.user(email: "ADA@Example.Org") == user)
    }

    @Test(arguments: Backend.all)
    func nobodyIsFoundUnderAnUnknownIdentifierOrAddress(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())

        #expect(try await store.users.user("nobody") == nil)
        #expect(try await store.users.user(email: "nobody@example.org") == nil)
    }

    @Test(arguments: Backend.all)
    func lettersOutsideOfASCIIAreComparedAsTheyAre(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let user = try await store.users.createUser(.fixture(email: "\u{e9}milie@example.org"))

        #expect(try await store.users.user(email: "\u{e9}milie@example.org") == user)
        #expect(try await store.users.user(email: "e\u{301}milie@example.org") == nil)
    }
}
