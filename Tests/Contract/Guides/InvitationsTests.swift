import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

struct InvitationsTests {
    let fake = FakeDataStore()

    /// A team of Bob's, to which Ada is invited.
    private func prepare(places: Int = 3) async throws -> (ada: UserID, bob: UserID, team: TeamID) {
        let ada = try await fake.store.users.createUser(.fixture(email: "ada@example.org"))
        let bob = try await fake.store.users.createUser(.fixture())
        let limits = TeamLimits(mcpServers: 5, nonHttp: 1, github: 0, members: places)
        let team = try await fake.store.teams.createTeam(.fixture(owner: bob.id, limits: limits))
        fake.clearCalls()
        return (ada.id, bob.id, team.id)
    }

    private func invite(_ team: TeamID) async throws -> Invitations.Outcome {
        try await Invitations(store: fake.store).invite("ada@example.org", to: team)
    }

    @Test
    func whoJoinsAndTheTeamAreTold() async throws {
        let (ada, bob, team) = try await prepare()

        #expect(try await invite(team) == .joined)

        #expect(try await fake.store.teams.isMember(ada, of: team))
        #expect(try await fake.store.notifications.list(user: ada).items.map(\.title) == ["Welcome"])
        #expect(try await fake.store.notifications.list(user: bob).items.map(\.title) == ["New member"])
    }

    @Test
    func aFullTeamIsSaidToBeFull() async throws {
        let (_, _, team) = try await prepare(places: 1)

        // No fault is needed: the fake holds the rules of the database.
        #expect(try await invite(team) == .teamIsFull)
    }

    @Test
    func nobodyJoinsWhoCannotBeTold() async throws {
        let (ada, _, team) = try await prepare()
        fake.failNext(.notifications.create, with: DataError(.timeout, outcome: .failed))

        await #expect(throws: DataError.self) { try await invite(team) }

        #expect(try await !fake.store.teams.isMember(ada, of: team))
    }

    @Test
    func lookingForTheUserIsTriedOnceMore() async throws {
        let (_, _, team) = try await prepare()
        fake.failNext(.users.user, with: DataError(.unavailable, outcome: .failed))

        #expect(try await invite(team) == .joined)

        #expect(fake.calls(of: .users.user).map { $0.argument("email") } == ["ada@example.org", "ada@example.org"])
    }

    @Test
    func anInvitationWhoseAnswerIsLostIsNotMadeTwice() async throws {
        let (ada, _, team) = try await prepare()
        fake.failNext(.transaction.commit, with: DataError(.outcomeUnknown, outcome: .unknown), .afterTheCall)

        #expect(try await invite(team) == .joined)

        #expect(fake.calls(of: .teams.addMember).count == 1)
        #expect(try await fake.store.notifications.unreadCount(user: ada) == 1)
    }

    @Test
    func whoGivesUpLeavesNothingBehind() async throws {
        let (ada, _, team) = try await prepare()
        let held = fake.holdNext(.teams.addMember)
        let invitation = Task { try await invite(team) }
        await held.arrival()

        invitation.cancel()

        await #expect(throws: DataError.self) { try await invitation.value }
        #expect(try await !fake.store.teams.isMember(ada, of: team))
    }
}
