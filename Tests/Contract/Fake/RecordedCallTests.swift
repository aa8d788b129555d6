import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// A fake records what is called, with what and with which outcome, and no secret.
struct RecordedCallTests {
    private let fake = FakeDataStore(
        options: .reproducible(encryptionSecret: try? EncryptionSecret("only for tests, never elsewhere")))

    private func addTeam() async throws -> (user: UserID, team: TeamID) {
        let user = try await fake.store.users.createUser(NewUser(username: "ada", email: "ada@example.org"), withDefaultTeam: false)
        return (user.id, try await fake.store.teams.createTeam(NewTeam(name: "Analytics", owner: user.id)).id)
    }

    @Test
    func callsAreInTheOrderInWhichTheyBegan() async throws {
        let (user, team) = try await addTeam()
        _ = try await fake.store.teams.members(of: team)
        _ = try await fake.store.users.user(user)

        #expect(fake.calls.map(\.operation) == [.users.createUser, .teams.createTeam, .teams.members, .users.user])
        #expect(fake.calls.map(\.method) == ["createUser(_:withDefaultTeam:)", "createTeam(_:)", "members(of:page:)", "user(_:)"])
        #expect(fake.calls.allSatisfy { $0.outcome == .succeeded && !$0.isInTransaction })
    }

    @Test
    func argumentsHaveTheirTypes() async throws {
        let (user, team) = try await addTeam()
        _ = try? await fake.store.teams.addMember(user, to: team, role: .administrator)

        let call = try #require(fake.calls(of: .teams.addMember).first)

        #expect(call.arguments.map(\.name) == ["user", "team", "role"])
        #expect(call.argument("user", as: UserID.self) == user)
        #expect(call.argument("team", as: TeamID.self) == team)
        #expect(call.argument("role", as: TeamRole.self) == .administrator)
        #expect(call.argument("team", as: UserID.self) == nil)
        #expect(call.argument("page", as: Page.self) == nil)
    }

    @Test
    func absentAndPresentOptionalsAreToldApart() async throws {
        let (_, team) = try await addTeam()
        _ = try await fake.store.teams.members(of: team)
        _ = try await fake.store.teams.members(of: team, page: Page(limit: 3))

        #expect(fake.calls(of: .teams.members).map { $0.argument("page", as: Page.self) } == [nil, Page(limit: 3)])
    }

    @Test
    func failuresAreRecordedWithTheirErrors() async throws {
        let (user, team) = try await addTeam()
        _ = try? await fake.store.teams.addMember(user, to: team)

        #expect(isFailed(fake, .alreadyExists))
        let description = fake.calls.last?.description ?? ""
        #expect(description.hasPrefix("teams.addMember(user: \(user), team: \(team), role: team_user) failed: "))
    }

    private func isFailed(_ fake: FakeDataStore, _ kind: DataError.Kind) -> Bool {
        if case .failed(let error) = fake.calls.last?.outcome { error.kind == kind } else { false }
    }

    @Test
    func callsThatAreRefusedBeforeTheTablesAreLookedAtAreRecorded() async throws {
        _ = try await fake.store.users.user("")
        _ = try? await fake.store.teams.members(of: "team", page: Page(limit: 0))

        #expect(fake.calls.map(\.operation) == [.users.user, .teams.members])
    }

    @Test
    func callsInTransactionsAreMarked() async throws {
        let (user, _) = try await addTeam()
        fake.clearCalls()

        try await fake.store.transaction { store in _ = try await store.teams.teams(of: user) }

        #expect(fake.calls.map(\.operation) == [.transaction.begin, .teams.teams, .transaction.commit])
        #expect(fake.calls.map(\.isInTransaction) == [false, true, false])
    }

    @Test
    func clearedCallsAreGone() async throws {
        _ = try await addTeam()
        fake.clearCalls()
        #expect(fake.calls.isEmpty)

        _ = try await fake.store.users.user("somebody")
        #expect(fake.calls.map(\.operation) == [.users.user])
    }

    @Test
    func aCallThatEndsAfterClearingChangesNoOther() async throws {
        let held = fake.holdNext(.users.user)
        let store = fake.store
        let call = Task { try await store.users.user("somebody") }
        await held.arrival()
        fake.clearCalls()
        _ = try await fake.store.teams.teams(of: "somebody")

        held.release()
        _ = try await call.value

        #expect(fake.calls.map(\.operation) == [.teams.teams])
    }

    @Test
    func aStreamIsOneCallFromItsFirstValueToItsEnd() async throws {
        let (user, _) = try await addTeam()
        for number in 0..<3 { try await fake.store.notifications.create(user: user, title: "\(number)", message: "…") }
        fake.clearCalls()

        var iterator = fake.store.notifications.allNotifications(user: user).makeAsyncIterator()
        #expect(fake.calls.isEmpty)
        _ = try await iterator.next()
        #expect(fake.calls.map(\.outcome) == [.underWay])
        while try await iterator.next() != nil {}

        #expect(fake.calls.map(\.outcome) == [.succeeded])
    }

    @Test
    func secretsAreInNoPartOfTheRecording() async throws {
        let canary = "canary5ecret"
        let (user, team) = try await addTeam()
        let server = try await fake.store.catalog.create(NewServer(name: "Server", transport: .http), by: .system)
        var new = NewInstallation(serverID: server.id, name: "sealed")
        new.configuration = TeamConfiguration(env: ["TOKEN": .string(canary)], headers: ["Authorization": .string("Bearer \(canary)")])
        _ = try? await fake.store.installations.createInstallation(team: team, user: user, new)
        let issued = try await fake.store.tokens.issueAccessToken(NewAccessToken(user: user, team: team, clientID: "client"))
        _ = try await fake.store.tokens.verify(issued.token.reveal())

        var text = ""
        dump(fake.calls, to: &text)
        text += "\(fake.calls)" + String(reflecting: fake.calls)

        #expect(!text.contains(canary))
        #expect(!text.contains(issued.token.reveal()))
        #expect(text.contains("sealed"))
        #expect(fake.calls(of: .tokens.verify).first?.arguments.first?.value == nil)
        #expect(fake.calls(of: .tokens.issueAccessToken).first?.argument("token", as: NewAccessToken.self)?.user == user)
    }
}
