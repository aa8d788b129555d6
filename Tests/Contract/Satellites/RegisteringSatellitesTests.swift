import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RegisteringSatellitesTests {
    @Test(arguments: Backend.all)
    func aRegisteredSatelliteIsStoredAndInactive(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let new = NewSatellite(
            name: "satellite-eu-1", type: .team, team: scene.team.id, capabilities: [" stdio ", "", "http", "stdio"], systemInfo: ["os": "linux"],
            url: "https://eu.example.org", region: "eu", createdBy: scene.owner.id)

        let registered = try await scene.store.satellites.register(new)

        let expected = Satellite(
            id: registered.satellite.id, name: "satellite-eu-1", type: .team, teamID: scene.team.id, status: .inactive,
            capabilities: ["stdio", "http"], lastHeartbeatAt: nil, url: "https://eu.example.org", region: "eu", createdBy: scene.owner.id,
            createdAt: scene.clock.now(), updatedAt: scene.clock.now(),
            details: SatelliteDetails(config: [:], systemInfo: ["os": "linux"], mcpStatus: nil))
        #expect(registered.satellite == expected)
        #expect(try await scene.store.satellites.satellite(expected.id) == expected)
    }

    @Test(arguments: Backend.all)
    func whatIsNotSaidHasItsDefault(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let satellite = try await store.satellites.register(NewSatellite(name: "satellite_0")).satellite

        #expect(satellite.url == "http://127.0.0.1:3001")
        #expect(satellite.capabilities == ["stdio", "http", "sse"])
        #expect(satellite.type == .global && satellite.teamID == nil && satellite.region == nil && satellite.createdBy == nil)
        #expect(satellite.details == SatelliteDetails(config: [:], systemInfo: nil, mcpStatus: nil))
    }

    @Test(arguments: Backend.all)
    func anAPIKeyTellsItsKindAndBelongsToItsSatellite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        let global = try await scene.store.satellites.register(NewSatellite(name: "satellite-1"))
        let teams = try await scene.store.satellites.register(NewSatellite(name: "satellite-2", type: .team, team: scene.team.id))

        #expect(global.apiKey.reveal().wholeMatch(of: /deploystack_satellite_api_global_[A-Za-z0-9_-]{32}/) != nil)
        #expect(teams.apiKey.reveal().wholeMatch(of: /deploystack_satellite_api_team_[A-Za-z0-9_-]{32}/) != nil)
        #expect(try await scene.store.satellites.authenticate(global.apiKey.reveal()) == global.satellite.withoutDetails)
        #expect(try await scene.store.satellites.authenticate(teams.apiKey.reveal()) == teams.satellite.withoutDetails)
    }

    @Test(arguments: Backend.all)
    func whoRegistersAgainIsTheSameSatelliteWithANewKey(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.store.satellites.register(
            NewSatellite(name: "satellite-1", systemInfo: ["os": "linux"], url: "https://one.example.org", region: "eu", createdBy: scene.owner.id))
        try await scene.store.satellites.updateConfig(first.satellite.id, ["level": 3])
        try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(mcpStatus: ["servers": []]), of: first.satellite.id)
        let heartbeatAt = scene.clock.now()
        scene.clock.advance(by: .seconds(60))

        let second = try await scene.store.satellites.register(NewSatellite(name: "satellite-1", capabilities: ["http"]))

        var expected = first.satellite
        expected.capabilities = ["http"]
        expected.lastHeartbeatAt = heartbeatAt
        expected.updatedAt = scene.clock.now()
        expected.details = SatelliteDetails(config: ["level": 3], systemInfo: ["os": "linux"], mcpStatus: ["servers": []])
        #expect(second.satellite == expected)
        #expect(second.satellite.status == .inactive)
        #expect(try await scene.store.satellites.authenticate(first.apiKey.reveal()) == nil)
        #expect(try await scene.store.satellites.authenticate(second.apiKey.reveal())?.id == first.satellite.id)
    }

    @Test(arguments: Backend.all)
    func whatIsSaidAgainReplacesWhatWasSaid(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        _ = try await scene.store.satellites.register(
            NewSatellite(name: "satellite-1", systemInfo: ["os": "linux"], url: "https://one.example.org", region: "eu", createdBy: scene.owner.id))

        let second = try await scene.store.satellites.register(
            NewSatellite(
                name: "satellite-1", systemInfo: ["os": "macos"], url: "https://two.example.org", region: "us",
                createdBy: scene.administrator.id)
        ).satellite

        #expect(second.url == "https://two.example.org" && second.region == "us" && second.createdBy == scene.administrator.id)
        #expect(second.details?.systemInfo == ["os": "macos"])
    }

    @Test(arguments: Backend.all)
    func aNameOfAnotherTypeOrTeamIsTaken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        let first = try await scene.store.satellites.register(NewSatellite(name: "satellite-1", type: .team, team: scene.team.id))

        for (type, team) in [(SatelliteType.global, TeamID?.none), (.team, other.id), (.team, "nowhere")] {
            await expectError(.alreadyExists(.satellite, "name", constraint: "satellites_name_key")) {
                _ = try await scene.store.satellites.register(NewSatellite(name: "satellite-1", type: type, team: team))
            }
        }

        #expect(try await scene.store.satellites.authenticate(first.apiKey.reveal())?.teamID == scene.team.id)
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamOrUserIsMissing(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for team: TeamID in ["nowhere", "", "\0"] {
            await expectError(.referenceMissing(.team, constraint: "satellites_team_id_fkey")) {
                _ = try await store.satellites.register(NewSatellite(name: "satellite-1", type: .team, team: team))
            }
        }
        for user: UserID in ["nobody", "", "\0"] {
            await expectError(.referenceMissing(.user, constraint: "satellites_created_by_fkey")) {
                _ = try await store.satellites.register(NewSatellite(name: "satellite-1", createdBy: user))
            }
        }
        #expect(try await store.satellites.list().total == 0)
    }

    @Test(arguments: Backend.all)
    func aFieldThatIsNotAcceptableIsNamed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let long = String(repeating: "x", count: 2_049)
        let refused: [(String, NewSatellite)] =
            ["", "satellite", "Satellite-1", "satellite 1", "satellit\u{e9}-1", "satellite-1\n", "satellite-1\0", String(repeating: "x", count: 33)]
            .map { ("name", NewSatellite(name: $0)) } + [
                ("type", NewSatellite(name: "satellite-1", type: .unknown("moon"))),
                ("team", NewSatellite(name: "satellite-1", type: .team)),
                ("team", NewSatellite(name: "satellite-1", type: .global, team: scene.team.id)),
                ("capabilities", NewSatellite(name: "satellite-1", capabilities: [String(repeating: "x", count: 101)])),
                ("capabilities", NewSatellite(name: "satellite-1", capabilities: (0...100).map { "\($0)" })),
                ("capabilities", NewSatellite(name: "satellite-1", capabilities: ["a\0"])),
                ("systemInfo", NewSatellite(name: "satellite-1", systemInfo: [])),
                ("systemInfo", NewSatellite(name: "satellite-1", systemInfo: .null)),
                ("url", NewSatellite(name: "satellite-1", url: "")), ("url", NewSatellite(name: "satellite-1", url: long)),
                ("region", NewSatellite(name: "satellite-1", region: "")), ("region", NewSatellite(name: "satellite-1", region: "\0")),
            ]

        for (field, satellite) in refused {
            await expectInvalid(field) { _ = try await scene.store.satellites.register(satellite) }
        }
        for name in ["0123456789", "satellite-1", String(repeating: "_", count: 32)] {
            #expect(try await scene.store.satellites.register(NewSatellite(name: name)).satellite.name == name)
        }
    }

    private static let garbage = [
        "", "deploystack_satellite_api_global_", "deploystack_satellite_api_global_" + String(repeating: "A", count: 32),
        "deploystack_satellite_api_moon_" + String(repeating: "A", count: 32), "deploystack_satellite_api_team_" + String(repeating: "A", count: 31),
        "deploystack_satellite_api_team_" + String(repeating: "A", count: 31) + "\0", "'; DROP TABLE \"satellites\"; --",
        String(repeating: "x", count: 10_000),
    ]

    @Test(arguments: Backend.all)
    func anythingElseIsNobodysKey(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let registered = try await store.satellites.register(NewSatellite(name: "satellite-1"))
        let key = registered.apiKey.reveal()

        for text in Self.garbage + [key + " ", " " + key, key.uppercased(), registered.satellite.id.rawValue] {
            #expect(try await store.satellites.authenticate(text) == nil)
        }

        #expect(try await store.satellites.authenticate(key) != nil)
    }

    @Test(arguments: Backend.all)
    func aKeyIsNotPrinted(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let registered = try await store.satellites.register(NewSatellite(name: "satellite-1"))

        var dumped = ""
        dump(registered, to: &dumped)
        let key = registered.apiKey.reveal()
        #expect(!"\(registered)\(String(reflecting: registered))\(dumped)".contains(key.suffix(32)))
    }
}

extension Satellite {
    /// The satellite as lists show it.
    var withoutDetails: Satellite {
        var satellite = self
        satellite.details = nil
        return satellite
    }
}
