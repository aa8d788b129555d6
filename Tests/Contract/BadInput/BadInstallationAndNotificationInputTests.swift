import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct BadInstallationAndNotificationInputTests {
    @Test(arguments: Backend.all)
    func aBadNameOfAnInstallationIsRefusedAndNothingIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()

        for name in ["", " ", "\u{3000}", "a\0b", BadText.filled(101), String(repeating: "x", count: 1_000_000)] {
            await expectInvalid("name") { try await scene.install(server, name: name) }
        }
        await expectInvalid("name") {
            try await scene.store.installations.createInstallation(team: "nothing", user: "nobody", .fixture(serverID: "nothing", name: ""))
        }

        #expect(try await scene.store.installations.usage(team: scene.team.id)?.total == 0)
        #expect(try await scene.install(server, name: BadText.filled(100)).installation.name == BadText.filled(100))
    }

    @Test(arguments: Backend.all)
    func aBadTitleOrMessageIsRefusedAndNothingIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let notifications = scene.store.notifications

        for title in ["", " ", "\u{3000}", "a\0b", BadText.filled(201)] {
            await expectInvalid("title") { try await notifications.create(user: scene.owner.id, title: title, message: "x") }
            await expectInvalid("title") { try await notifications.create(user: "nobody", title: title, message: "x") }
            await expectInvalid("title") { try await notifications.notifyTeam(scene.team.id, title: title, message: "x") }
            await expectInvalid("title") { try await notifications.notifyTeam("nothing", title: title, message: "x") }
            await expectInvalid("title") { try await notifications.create(users: [scene.owner.id], title: title, message: "x") }
            await expectInvalid("title") { try await notifications.create(users: [], title: title, message: "x") }
        }
        for message in ["", "a\0b", BadText.filled(10_001)] {
            await expectInvalid("message") { try await notifications.create(user: scene.owner.id, title: "x", message: message) }
            await expectInvalid("message") { try await notifications.notifyTeam(scene.team.id, title: "x", message: message) }
            await expectInvalid("message") { try await notifications.create(users: [scene.owner.id], title: "x", message: message) }
        }

        #expect(try await notifications.list(user: scene.owner.id).total == 0)
    }

    @Test(arguments: Backend.all)
    func theLongestTitleAndMessageAreStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let created = try await scene.store.notifications.create(user: scene.owner.id, title: BadText.filled(200), message: BadText.filled(10_000))

        #expect(try await scene.store.notifications.list(user: scene.owner.id).items == [created])
        #expect(created.message.utf8.count == 40_000)
    }

    @Test(arguments: Backend.all)
    func badFieldsOfATokenAreRefusedAndNothingIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        func issue(_ token: NewAccessToken) async throws { _ = try await scene.store.tokens.issueAccessToken(token) }
        func token(clientID: String = "cursor", resource: String? = nil, familyID: String? = nil) -> NewAccessToken {
            .fixture(user: scene.owner.id, team: scene.team.id, clientID: clientID, resource: resource, familyID: familyID)
        }

        for text in ["", "a\0b", BadText.filled(2_049)] {
            await expectInvalid("clientID") { try await issue(token(clientID: text)) }
            await expectInvalid("resource") { try await issue(token(resource: text)) }
            await expectInvalid("familyID") { try await issue(token(familyID: text)) }
        }

        scene.clock.advance(by: .seconds(604_801))
        #expect(try await scene.store.tokens.revokeExpiredTokens() == 0)
    }
}
