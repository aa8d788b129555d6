import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import Testing

/// The code of the README, as it stands there but for the line that opens the store. Migrations and streams are refused behind a pooler.
@Suite(
    .database, .timeLimit(.minutes(2)),
    .enabled("Migrations and streams need a direct connection.") { ProcessInfo.processInfo.environment["TEST_POSTGRES_POOLER"] != "1" })
struct ReadmeExampleTests {
    @Test(arguments: Backend.all)
    func theFourStepsWork(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.migrate()

        let ada = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let hits = try await store.catalog.search("\"vector search\" -legacy", viewer: .member(of: []))
        try await store.transaction { store in
            let team = try await store.teams.createTeam(NewTeam(name: "Analytics", owner: ada.id))
            try await store.notifications.notifyTeam(team.id, title: "Welcome", message: "Your team is ready.")
        }

        #expect(hits.total == 0)
        #expect(try await store.notifications.unreadCount(user: ada.id) == 1)
        #expect(try await store.teams.teams(of: ada.id).map(\.name) == ["ada", "Analytics"])
        await store.close()
    }

    @Test(arguments: Backend.all)
    func changesSayWhetherTheyHappened(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let owner = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let team = try await store.teams.createTeam(NewTeam(name: "Analytics", owner: owner.id)).id
        let server = try await store.catalog.create(NewServer(name: "Server", transport: .http), by: .system)
        let installation = try await store.installations.createInstallation(
            team: team, user: owner.id, NewInstallation(serverID: server.id, name: "server")
        ).installation.id
        _ = try await store.tokens.issueAccessToken(NewAccessToken(user: owner.id, team: team, clientID: "client"))
        clock.advance(by: .seconds(1_000_000))

        let isDeleted = try await store.installations.deleteInstallation(installation)
        let isRenamed = try await store.teams.updateTeamName(team, "Data science")
        let revoked = try await store.tokens.revokeExpiredTokens()

        #expect(isDeleted && isRenamed && revoked == 1)
        #expect(try await store.teams.team(team)?.name == "Data science")
    }

    @Test(arguments: Backend.all)
    func notificationsHaveAnInbox(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let ada = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org")).id

        let notification = try await store.notifications.create(user: ada, title: "Deployed", message: "Your server is up.")
        let unread = try await store.notifications.list(user: ada, unreadOnly: true)
        try await store.notifications.markRead(notification.id, user: ada)

        #expect(unread.items == [notification])
        #expect(try await store.notifications.unreadCount(user: ada) == 0)
    }

    @Test
    func aServiceIsTestedWithTheFake() async throws {
        let fake = FakeDataStore()
        let owner = try await fake.store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let team = try await fake.store.teams.createTeam(NewTeam(name: "Analytics", owner: owner.id)).id
        try await fake.store.users.createUser(NewUser(username: "bob", email: "bob@example.org"))

        fake.failNext(.notifications.create, with: DataError(.timeout, outcome: .failed))

        await #expect(throws: DataError.self) { try await Invitations(store: fake.store).invite("bob@example.org", to: team) }

        #expect(fake.calls(of: .transaction.rollback).count == 1)
        #expect(try await fake.store.teams.members(of: team).map(\.username) == ["ada"])
    }

    @Test(arguments: Backend.all)
    func anInboxIsFollowed(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let ada = try await store.users.createUser(.fixture())
        try await store.notifications.create(user: ada.id, title: "before", message: "…")
        let screen = Screen()

        let loop = Task {
            let stream = try await store.notifications.stream(user: ada.id)
            screen.show(try await store.notifications.list(user: ada.id).items)
            for try await event in stream {
                switch event {
                case .notification(let notification): screen.add(notification)
                case .resumed: continue
                case .gap: screen.show(try await store.notifications.list(user: ada.id).items)
                }
            }
        }
        await screen.shown.wait()
        try await store.notifications.create(user: ada.id, title: "after", message: "…")
        await screen.added.wait()
        await store.close()

        await expectError(DataError(.unavailable, reason: "the store is closed", outcome: .notSent)) { try await loop.value }
        #expect(screen.titles.values == ["before", "after"])
    }

    @Test(arguments: Backend.all)
    func aTeamFindsItsOwnRows(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let ada = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let team = try await store.teams.createTeam(NewTeam(name: "Analytics", owner: ada.id)).id
        let server = try await store.catalog.create(NewServer(name: "Server", transport: .http), by: .system)
        try await store.installations.createInstallation(team: team, user: ada.id, NewInstallation(serverID: server.id, name: "server"))

        let tenants = try await backend.makeTenantStore(on: store)
        let views = try await tenants.scoped(to: team).installations.installationViews(team: team)

        #expect(views.map(\.installation.name) == ["server"])
    }

    /// The README's code that calls a store stands in the tests of this folder, but for imports, comments, and the lines that open and close the store.
    @Test
    func theReadmeShowsWhatIsTested() throws {
        let sources = try ["ReadmeExampleTests.swift", "OnboardingTests.swift"].map { try PackageFolder.text("Tests/Contract/Readme/\($0)") }
        let blocks = MarkdownCode(try PackageFolder.text("README.md")).blocks.filter { $0.contains("await ") }

        #expect(blocks.count == 8)
        for block in blocks {
            let lines = MarkdownCode.lines(of: block).filter { line in
                !["import ", "//", "let store = try await DataStore.", "let tenants = try await DataStore.", "await store.close()"].contains {
                    line.hasPrefix($0)
                }
            }
            #expect(sources.contains { MarkdownCode.lines(of: $0).contains(lines) }, "The README shows this, and no test has it:\n\(block)")
        }
    }

    /// The part on tokens; what stands around it here is the service's own.
    @Test(arguments: Backend.all)
    func theStepsOfAGrantWork(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let ada = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"))
        let team = try await store.teams.createTeam(NewTeam(name: "Analytics", owner: ada.id))
        let (state, verifier, challenge) = ("xyz", Proof.verifier, Proof.challenge)

        let request = try await store.tokens.createAuthorizationRequest(
            NewAuthorizationRequest(
                user: ada.id, team: team.id, client: "cursor_mcp_client", redirectURI: "http://127.0.0.1:51234/callback", state: state,
                codeChallenge: challenge))
        let code = try await store.tokens.approve(request.id)
        let pair = try await store.tokens.exchangeCode(
            code.reveal(), verifier: verifier, client: request.clientID, redirectURI: request.redirectURI)
        let renewed = try await store.tokens.refresh(pair.refresh?.token.reveal() ?? "", client: request.clientID)
        let context = try await store.tokens.verify(renewed.access.token.reveal())

        #expect(context?.username == "ada" && context?.teamName == "Analytics" && context?.teamRole == .administrator)
        await expectError(.reusedRefreshToken) {
            _ = try await store.tokens.refresh(pair.refresh?.token.reveal() ?? "", client: request.clientID)
        }
        #expect(try await store.tokens.verify(renewed.access.token.reveal()) == nil)
    }
}

/// What a client shows of an inbox.
private final class Screen: Sendable {
    let titles = Recorder<String>()
    let shown = Signal()
    let added = Signal()

    func show(_ notifications: [AppNotification]) {
        for notification in notifications { titles.record(notification.title) }
        shown.send()
    }

    func add(_ notification: AppNotification) {
        titles.record(notification.title)
        added.send()
    }
}
