import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct OnboardingTests {
    @Test(arguments: Backend.all)
    func aNewUserHasATeam(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let user = try await store.users.createUser(.fixture())

        #expect(try await store.teams.defaultTeam(of: user.id) != nil)
    }
}
