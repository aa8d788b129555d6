import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct CreatingNotificationsTests {
    @Test(arguments: Backend.all)
    func aNotificationIsStoredAsGivenAndUnread(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let created = try await scene.store.notifications.create(user: scene.owner.id, title: " \tHello\u{2003}", message: " line 1\nline 2 ")

        #expect(created.title == "Hello")
        #expect(created.message == " line 1\nline 2 ")
        #expect(created.userID == scene.owner.id)
        #expect(!created.isRead)
        #expect(created.createdAt == scene.clock.now())
        #expect(try await scene.store.notifications.list(user: scene.owner.id).items == [created])
    }

    @Test(arguments: Backend.all)
    func anUnknownUserIsRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await expectError(.referenceMissing(.user, constraint: "notifications_user_id_fkey")) {
            try await store.notifications.create(user: "nobody", title: "Hello", message: "there")
        }
    }

    @Test(arguments: Backend.all)
    func aTeamsMembersAreNotifiedAndCounted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        let count = try await scene.store.notifications.notifyTeam(scene.team.id, title: " News ", message: "It works.")

        #expect(count == 2)
        for user in [scene.owner, member] {
            let list = try await scene.store.notifications.list(user: user.id)
            #expect(list.items.map(\.title) == ["News"])
            #expect(list.items.map(\.message) == ["It works."])
            #expect(list.items.map(\.createdAt) == [scene.clock.now()])
        }
        #expect(try await scene.store.notifications.unreadCount(user: scene.administrator.id) == 0)
    }

    @Test(arguments: Backend.all)
    func theMembersOfARoleAloneCanBeNotified(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember(role: .user)

        let count = try await scene.store.notifications.notifyTeam(scene.team.id, title: "News", message: "…", role: .user, excluding: nil)

        #expect(count == 1)
        #expect(try await scene.store.notifications.unreadCount(user: member.id) == 1)
        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 0)
    }

    @Test(arguments: Backend.all)
    func oneMemberCanBeLeftOut(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()

        #expect(try await scene.store.notifications.notifyTeam(scene.team.id, title: "A", message: "…", role: nil, excluding: scene.owner.id) == 1)
        #expect(try await scene.store.notifications.notifyTeam(scene.team.id, title: "B", message: "…", role: nil, excluding: "nobody") == 2)
        #expect(try await scene.store.notifications.notifyTeam(scene.team.id, title: "C", message: "…", role: .user, excluding: member.id) == 0)

        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 1)
        #expect(try await scene.store.notifications.unreadCount(user: member.id) == 2)
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamHasNobodyToNotify(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        #expect(try await store.notifications.notifyTeam("nothing", title: "News", message: "…") == 0)
    }

    @Test(arguments: Backend.all)
    func aRoleThatThisVersionDoesNotKnowIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await expectError(.validation("role", "it must be team_admin or team_user")) {
            try await scene.store.notifications.notifyTeam(scene.team.id, title: "News", message: "…", role: .unknown("emperor"), excluding: nil)
        }
    }
}
