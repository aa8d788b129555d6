import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct InstanceStatusTests {
    @Test(arguments: Backend.all)
    func everyStatusMayFollowAnyOther(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let instances = scene.store.instances

        for status in McpInstanceStatus.known + McpInstanceStatus.known.reversed() {
            scene.clock.advance(by: .seconds(1))
            let happened = scene.clock.now() - .milliseconds(1)
            #expect(
                try await instances.updateStatus(
                    installation: detail.id, user: scene.owner.id, status: status, message: "\(status)", at: happened))

            let stored = try #require(try await instances.statuses(installation: detail.id, team: scene.team.id).first?.instance)
            #expect(stored.status == status && stored.statusMessage == "\(status)")
            #expect(stored.statusUpdatedAt == happened && stored.updatedAt == scene.clock.now())
        }
        #expect(McpInstanceStatus.known.count == 12)
    }

    @Test func everyStatusBelongsToAGroup() {
        let groups = Dictionary(grouping: McpInstanceStatus.known, by: \.group)

        #expect(groups[.online] == [.online])
        #expect(groups[.offline] == [.offline])
        #expect(groups[.error] == [.error, .requiresReauthentication, .permanentlyFailed])
        #expect(groups[.provisioning]?.count == 7)
        #expect(McpInstanceStatus.unknown("new").group == .provisioning)
    }

    @Test(arguments: Backend.all)
    func anEventThatIsOlderThanTheStatusChangesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let instances = scene.store.instances
        let moment = scene.clock.now() + .seconds(10)
        try await instances.updateStatus(installation: detail.id, user: scene.owner.id, status: .online, message: "here", at: moment)
        let before = try await instances.statuses(installation: detail.id, team: scene.team.id)
        scene.clock.advance(by: .seconds(20))

        #expect(
            try await !instances.updateStatus(installation: detail.id, user: scene.owner.id, status: .offline, at: moment - .microseconds(1)))
        #expect(try await instances.statuses(installation: detail.id, team: scene.team.id) == before)

        #expect(try await instances.updateStatus(installation: detail.id, user: scene.owner.id, status: .offline, at: moment))
        let after = try await instances.statuses(installation: detail.id, team: scene.team.id).map(\.instance)
        #expect(after.map(\.status) == [.offline] && after.map(\.statusMessage) == [nil])
    }

    @Test(arguments: Backend.all)
    func aStatusNeverMakesAnInstance(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let server = try await scene.addServer()
        let detail = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id, .fixture(serverID: server.id, provisioning: .none))

        for (installation, user) in [
            (detail.id, scene.owner.id), ("nothing", scene.owner.id), (detail.id, "nobody"), ("", scene.owner.id), (detail.id, "a\0b"),
        ] {
            #expect(
                try await !scene.store.instances.updateStatus(installation: installation, user: user, status: .online, at: scene.clock.now()))
        }
        #expect(try await scene.store.instances.statuses(installation: detail.id, team: scene.team.id).isEmpty)
    }

    @Test(arguments: Backend.all)
    func whatIsNoStatusOrMessageIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let now = scene.clock.now()

        for status in [McpInstanceStatus.unknown("sleeping"), .unknown(""), .unknown("a\0b")] {
            await expectInvalid("status") {
                try await scene.store.instances.updateStatus(installation: detail.id, user: scene.owner.id, status: status, at: now)
            }
        }
        for message in ["a\0b", String(repeating: "x", count: 2_001)] {
            await expectInvalid("message") {
                try await scene.store.instances.updateStatus(
                    installation: detail.id, user: scene.owner.id, status: .error, message: message, at: now)
            }
        }
        #expect(
            try await scene.store.instances.updateStatus(
                installation: detail.id, user: scene.owner.id, status: .error, message: String(repeating: "é", count: 2_000), at: now))
    }

    @Test(arguments: Backend.all)
    func statusesHaveTheirUsersInOrderOfTheirNames(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let zoe = try await scene.addMember(username: "zoe")
        let anna = try await scene.addMember(username: "anna")
        let detail = try await scene.install(try await scene.addServer())
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))

        let statuses = try await scene.store.instances.statuses(installation: detail.id, team: scene.team.id)

        let names = [zoe, anna, scene.owner].map(\.username).sorted()
        #expect(statuses.map(\.username) == names)
        #expect(statuses.first { $0.username == "zoe" }?.email == zoe.email)
        #expect(Set(statuses.map(\.instance)) == Set(detail.instances))
        #expect(try await scene.store.instances.statuses(installation: detail.id, team: other.id).isEmpty)
        #expect(try await scene.store.instances.statuses(installation: "nothing", team: scene.team.id).isEmpty)
        #expect(try await scene.store.instances.statuses(installation: "a\0b", team: "").isEmpty)
    }

    @Test(arguments: Backend.all)
    func theNewestOfManyEventsAtOnceStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let detail = try await scene.install(try await scene.addServer())
        let start = scene.clock.now()

        let outcomes = await race(24) { number in
            try await scene.store.instances.updateStatus(
                installation: detail.id, user: scene.owner.id, status: .error, message: "\(number)", at: start + .seconds(number))
        }

        let stored = try await scene.store.instances.statuses(installation: detail.id, team: scene.team.id).map(\.instance)
        #expect(outcomes.errors.isEmpty)
        #expect(stored.map(\.statusMessage) == ["23"] && stored.map(\.statusUpdatedAt) == [start + .seconds(23)])
    }
}
