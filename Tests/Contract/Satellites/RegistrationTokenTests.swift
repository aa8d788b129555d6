import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RegistrationTokenTests {
    @Test(arguments: Backend.all)
    func aTokenForEverybodysSatelliteLastsAnHourAndATeamsADay(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens

        let global = try await tokens.create(NewSatelliteRegistrationToken(permissions: ["a", "b"], createdBy: scene.owner.id))
        let teams = try await tokens.create(NewSatelliteRegistrationToken(type: .team, team: scene.team.id))

        #expect(global.token.reveal().wholeMatch(of: /deploystack_satellite_global_[A-Za-z0-9_-]{43}/) != nil)
        #expect(teams.token.reveal().wholeMatch(of: /deploystack_satellite_team_[A-Za-z0-9_-]{43}/) != nil)
        #expect(global.record.prefix == String(global.token.reveal().prefix("deploystack_satellite_global_".count + 6)))
        #expect(global.record.expiresAt == scene.clock.now() + .seconds(3_600))
        #expect(teams.record.expiresAt == scene.clock.now() + .seconds(86_400))
        #expect(global.record.permissions == ["a", "b"] && global.record.createdBy == scene.owner.id && global.record.teamID == nil)
        #expect(teams.record.teamID == scene.team.id && teams.record.usedAt == nil && teams.record.usedBy == nil)
        #expect(Set(try await tokens.list().items) == [global.record, teams.record])
        #expect(try await tokens.list(team: scene.team.id).items == [teams.record])
    }

    @Test(arguments: Backend.all)
    func tokensAreListedNewestFirstAndByPage(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        var records: [SatelliteRegistrationToken] = []
        for number in 0..<6 {
            if number % 2 == 0 { scene.clock.advance(by: .seconds(1)) }
            records.append(try await tokens.create(NewSatelliteRegistrationToken()).record)
        }
        records.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }

        #expect(try await tokens.list().items == records)
        let page = try await tokens.list(team: nil, page: Page(limit: 2, offset: 3))
        #expect(page.items == Array(records[3...4]) && page.total == 6 && page.hasMore)
        let beyond = try await tokens.list(team: nil, page: Page(limit: 2, offset: 6))
        #expect(beyond.items.isEmpty && beyond.total == 6)
    }

    @Test(arguments: Backend.all)
    func whoIsNamedAsTheCreatorOfASatelliteIsItAndNotThatOfTheToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.registrationTokens.create(NewSatelliteRegistrationToken(createdBy: scene.owner.id))

        let registered = try await scene.store.registrationTokens.register(
            NewSatellite(name: "satellite-1", createdBy: scene.administrator.id), with: issued.token.reveal())

        #expect(registered.satellite.createdBy == scene.administrator.id)
        #expect(try await scene.store.satellites.satellite(registered.satellite.id)?.createdBy == scene.administrator.id)
    }

    @Test(arguments: Backend.all)
    func aTokenRegistersOneSatellite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.registrationTokens.create(
            NewSatelliteRegistrationToken(type: .team, team: scene.team.id, createdBy: scene.owner.id))
        let new = NewSatellite(name: "satellite-1", type: .team, team: scene.team.id)
        scene.clock.advance(by: .seconds(1))

        let registered = try await scene.store.registrationTokens.register(new, with: issued.token.reveal())

        #expect(registered.satellite.createdBy == scene.owner.id)
        #expect(try await scene.store.satellites.authenticate(registered.apiKey.reveal())?.id == registered.satellite.id)
        var expected = issued.record
        expected.usedAt = scene.clock.now()
        expected.usedBy = registered.satellite.id
        #expect(try await scene.store.registrationTokens.list().items == [expected])
        await expectRule(.invalidRegistrationToken) {
            _ = try await scene.store.registrationTokens.register(new, with: issued.token.reveal())
        }
        #expect(try await scene.store.satellites.authenticate(registered.apiKey.reveal()) != nil)
    }

    @Test(arguments: Backend.all)
    func aTokenIsValidUntilTheMomentItExpires(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        let first = try await tokens.create(NewSatelliteRegistrationToken())
        let second = try await tokens.create(NewSatelliteRegistrationToken())

        scene.clock.set(to: first.record.expiresAt - .microseconds(1))
        _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: first.token.reveal())
        scene.clock.set(to: second.record.expiresAt)
        await expectRule(.invalidRegistrationToken) {
            _ = try await tokens.register(NewSatellite(name: "satellite-2"), with: second.token.reveal())
        }

        #expect(try await scene.store.satellites.list().items.map(\.name) == ["satellite-1"])
    }

    @Test(arguments: Backend.all)
    func aTokenIsForItsTypeAndTeamAlone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let tokens = scene.store.registrationTokens
        let global = try await tokens.create(NewSatelliteRegistrationToken())
        let teams = try await tokens.create(NewSatelliteRegistrationToken(type: .team, team: scene.team.id))

        for (new, token) in [
            (NewSatellite(name: "satellite-1", type: .team, team: scene.team.id), global.token),
            (NewSatellite(name: "satellite-1"), teams.token), (NewSatellite(name: "satellite-1", type: .team, team: other.id), teams.token),
        ] {
            await expectRule(.invalidRegistrationToken) { _ = try await tokens.register(new, with: token.reveal()) }
        }

        _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: global.token.reveal())
    }

    @Test(arguments: Backend.all)
    func aRegistrationThatFailsLeavesTheToken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        let issued = try await tokens.create(NewSatelliteRegistrationToken())
        try await scene.addSatellite("satellite-1", ofTeam: true)

        await expectError(.alreadyExists(.satellite, "name", constraint: "satellites_name_key")) {
            _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: issued.token.reveal())
        }
        await expectInvalid("name") { _ = try await tokens.register(NewSatellite(name: "x"), with: issued.token.reveal()) }
        await expectError(.referenceMissing(.user, constraint: "satellites_created_by_fkey")) {
            _ = try await tokens.register(NewSatellite(name: "satellite-2", createdBy: "nobody"), with: issued.token.reveal())
        }

        #expect(try await tokens.list().items == [issued.record])
        _ = try await tokens.register(NewSatellite(name: "satellite-2"), with: issued.token.reveal())
    }

    @Test(arguments: Backend.all)
    func onlyATokenThatWasNotUsedIsRevoked(_ backend: Backend) async throws {
        let tokens = try await backend.makeStore().registrationTokens
        let (used, unused) = (try await tokens.create(NewSatelliteRegistrationToken()), try await tokens.create(NewSatelliteRegistrationToken()))
        _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: used.token.reveal())

        #expect(try await tokens.revoke(used.record.id) == false)
        #expect(try await tokens.revoke(unused.record.id))
        #expect(try await tokens.revoke(unused.record.id) == false)
        for id: SatelliteRegistrationTokenID in ["unknown", "", "\0"] { #expect(try await tokens.revoke(id) == false) }

        await expectRule(.invalidRegistrationToken) {
            _ = try await tokens.register(NewSatellite(name: "satellite-2"), with: unused.token.reveal())
        }
        #expect(try await tokens.list().items.map(\.id) == [used.record.id])
    }

    @Test(arguments: Backend.all)
    func expiredTokensAreDeletedUsedOrNot(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        let used = try await tokens.create(NewSatelliteRegistrationToken())
        _ = try await tokens.create(NewSatelliteRegistrationToken())
        let later = try await tokens.create(NewSatelliteRegistrationToken(type: .team, team: scene.team.id))
        _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: used.token.reveal())

        scene.clock.set(to: used.record.expiresAt - .microseconds(1))
        #expect(try await tokens.deleteExpired() == 0)
        scene.clock.set(to: used.record.expiresAt)
        #expect(try await tokens.deleteExpired() == 2)

        #expect(try await tokens.list().items.map(\.id) == [later.record.id])
    }

    @Test(arguments: Backend.all)
    func whatDoesNotFitIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        let refused: [(String, NewSatelliteRegistrationToken)] = [
            ("type", NewSatelliteRegistrationToken(type: .unknown("moon"))), ("team", NewSatelliteRegistrationToken(type: .team)),
            ("team", NewSatelliteRegistrationToken(team: scene.team.id)), ("permissions", NewSatelliteRegistrationToken(permissions: [""])),
            ("permissions", NewSatelliteRegistrationToken(permissions: (0...100).map { "\($0)" })),
            ("permissions", NewSatelliteRegistrationToken(permissions: ["a\0"])),
        ]

        for (field, token) in refused { await expectInvalid(field) { _ = try await tokens.create(token) } }
        for team: TeamID in ["nowhere", "\0"] {
            await expectError(.referenceMissing(.team, constraint: "satelliteRegistrationTokens_team_id_fkey")) {
                _ = try await tokens.create(NewSatelliteRegistrationToken(type: .team, team: team))
            }
            #expect(try await tokens.list(team: team).total == 0)
        }
        await expectError(.referenceMissing(.user, constraint: "satelliteRegistrationTokens_created_by_fkey")) {
            _ = try await tokens.create(NewSatelliteRegistrationToken(createdBy: "nobody"))
        }
        for text in ["", "\0", "deploystack_satellite_global_", "deploystack_satellite_global_" + String(repeating: "A", count: 43)] {
            await expectRule(.invalidRegistrationToken) { _ = try await tokens.register(NewSatellite(name: "satellite-1"), with: text) }
        }
        await expectInvalid("page.limit") { _ = try await tokens.list(team: nil, page: Page(limit: 0)) }
    }

    @Test(arguments: Backend.all)
    func tokensGoWithTheirTeamAndForgetWhoIsGone(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let tokens = scene.store.registrationTokens
        let member = try await scene.addMember()
        let global = try await tokens.create(NewSatelliteRegistrationToken(createdBy: member.id))
        _ = try await tokens.create(NewSatelliteRegistrationToken(type: .team, team: scene.team.id))
        let registered = try await tokens.register(NewSatellite(name: "satellite-1"), with: global.token.reveal())

        _ = try await scene.store.teams.deleteTeam(scene.team.id, force: true)
        _ = try await scene.store.users.deleteUser(member.id)
        #expect(try await scene.store.satellites.delete(registered.satellite.id))

        let left = try await tokens.list().items
        #expect(left.map(\.id) == [global.record.id])
        #expect(left[0].createdBy == nil && left[0].usedBy == nil && left[0].usedAt != nil)
    }

    @Test(arguments: Backend.all)
    func ofManyWhoTryOneTokenAtOnceOneSucceeds(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let issued = try await scene.store.registrationTokens.create(NewSatelliteRegistrationToken())

        let outcomes = await race(16) { number in
            try await scene.store.registrationTokens.register(NewSatellite(name: "satellite-\(number)"), with: issued.token.reveal()).satellite.id
        }

        #expect(outcomes.values.count == 1)
        #expect(outcomes.errors.count == 15 && outcomes.errors.allSatisfy { $0.rule == .invalidRegistrationToken })
        #expect(try await scene.store.satellites.list().items.map(\.id) == outcomes.values)
    }
}
