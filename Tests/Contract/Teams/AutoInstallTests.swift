import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct AutoInstallTests {
    @Test(arguments: Backend.all)
    func aDefaultTeamGetsTheServersThatAreMeantForEveryOne(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let beta = try await scene.addServer(.fixture(name: "Beta", isAutoInstalled: true))
        let alpha = try await scene.addServer(.fixture(name: "Alpha", isAutoInstalled: true))
        _ = try await scene.addServer(.fixture(name: "Optional"))

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: scene.owner.username)

        let views = try await scene.store.installations.installationViews(team: report.team.id)
        let servers = Dictionary(uniqueKeysWithValues: views.map { ($0.id, $0.installation.serverID) })
        #expect(report.autoInstall.installed.map { servers[$0] } == [alpha.id, beta.id])
        #expect(report.autoInstall.failed.isEmpty)
        #expect(Set(views.map(\.installation.name)) == ["Alpha", "Beta"])
    }

    @Test(arguments: Backend.all)
    func serversThatAreDisabledOrATeamsOwnAreNotAmongThem(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(status: .disabled, isAutoInstalled: true))
        _ = try await scene.addServer(.fixture(status: .deprecated, isAutoInstalled: true))
        _ = try await scene.addServer(.fixture(status: .maintenance, isAutoInstalled: true))
        _ = try await scene.addServer(.fixture(ownerTeam: scene.team.id, isAutoInstalled: true))

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: scene.owner.username)

        #expect(report.autoInstall == AutoInstallReport())
    }

    @Test(arguments: Backend.all)
    func oneThatCannotBeInstalledIsReportedAndStopsNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.addServer(.fixture(name: "A", transport: .stdio, isAutoInstalled: true))
        let second = try await scene.addServer(.fixture(name: "B", transport: .stdio, isAutoInstalled: true))
        let third = try await scene.addServer(.fixture(name: "C", transport: .http, isAutoInstalled: true))

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: scene.owner.username)

        #expect(report.autoInstall.installed.count == 2)
        #expect(
            report.autoInstall.failed == [
                AutoInstallReport.Failure(serverID: second.id, error: .limitExceeded(.nonHttp, maximum: 1, current: 1))
            ])
        let views = try await scene.store.installations.installationViews(team: report.team.id)
        #expect(Set(views.map(\.installation.serverID)) == [first.id, third.id])
    }

    @Test(arguments: Backend.all)
    func oneThatTheDatabaseRefusesStopsNothingEither(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for name in ["A", "A", "B"] { _ = try await scene.addServer(.fixture(name: name, transport: .http, isAutoInstalled: true)) }

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: " \(scene.owner.username) ")

        #expect(report.autoInstall.installed.count == 2)
        #expect(report.autoInstall.failed.map(\.error.kind) == [.alreadyExists])
        let views = try await scene.store.installations.installationViews(team: report.team.id)
        #expect(Set(views.map(\.installation.name)) == ["A", "B"])
        #expect(report.team.name == scene.owner.username)
    }

    @Test(arguments: Backend.all)
    func aRegistrationSucceedsWhenNoneCanBeInstalled(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for _ in 1...7 { _ = try await scene.addServer(.fixture(isAutoInstalled: true)) }

        let user = try await scene.store.users.createUser(.fixture())

        let team = try #require(try await scene.store.teams.defaultTeam(of: user.id))
        #expect(try await scene.store.installations.usage(team: team.id)?.total == 5)
    }

    @Test(arguments: Backend.all)
    func aLongNameOfAServerIsCutForItsInstallation(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: String(repeating: "é", count: 150), isAutoInstalled: true))

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: scene.owner.username)

        let views = try await scene.store.installations.installationViews(team: report.team.id)
        #expect(views.map(\.installation.name) == [String(repeating: "é", count: 100)])
    }

    @Test(arguments: Backend.all)
    func aNameThatEndsInASpaceWhereItIsCutIsTrimmed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.addServer(.fixture(name: String(repeating: "x", count: 99) + " tail", isAutoInstalled: true))

        let report = try await scene.store.teams.createDefaultTeam(user: scene.owner.id, username: scene.owner.username)

        let views = try await scene.store.installations.installationViews(team: report.team.id)
        #expect(views.map(\.installation.name) == [String(repeating: "x", count: 99)])
    }
}
