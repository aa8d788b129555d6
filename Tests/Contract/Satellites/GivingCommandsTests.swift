import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct GivingCommandsTests {
    @Test(arguments: Backend.all)
    func aCommandWaitsForItsSatellite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let new = NewSatelliteCommand(
            .spawn, payload: ["server": "a"], priority: .high, targetTeam: scene.team.id, correlationID: "together", maxRetries: 1,
            createdBy: scene.owner.id, lifetime: .seconds(60))

        let command = try await scene.enqueue(new, for: satellite)

        let expected = SatelliteCommand(
            id: command.id, satelliteID: satellite.id, type: .spawn, priority: .high, payload: ["server": "a"], status: .pending,
            targetTeamID: scene.team.id, correlationID: "together", retryCount: 0, maxRetries: 1, errorMessage: nil, result: nil,
            createdBy: scene.owner.id, expiresAt: scene.clock.now() + .seconds(60), createdAt: scene.clock.now(), updatedAt: scene.clock.now())
        #expect(command == expected)
        #expect(try await scene.store.satelliteCommands.command(command.id) == expected)
        #expect(try await scene.store.satelliteCommands.commands(correlationID: "together") == [expected])
    }

    @Test(arguments: Backend.all)
    func whatIsNotSaidHasItsDefault(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")

        let command = try await scene.enqueue(NewSatelliteCommand(.healthCheck), for: satellite)

        #expect(command.expiresAt == command.createdAt + .seconds(300))
        #expect(command.maxRetries == 3 && command.priority == .normal && command.payload == [:])
        #expect(command.correlationID == nil && command.targetTeamID == nil && command.createdBy == nil)
    }

    @Test(arguments: Backend.all)
    func everyTypeAndPriorityIsStored(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")

        for type in SatelliteCommandType.known {
            for priority in SatelliteCommandPriority.allCases {
                let command = try await scene.enqueue(NewSatelliteCommand(type, priority: priority), for: satellite)
                let stored = try await scene.store.satelliteCommands.command(command.id)
                #expect(stored?.type == type && stored?.priority == priority)
            }
        }
    }

    @Test(arguments: Backend.all)
    func onlyAnActiveSatelliteGetsACommand(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let inactive = try await scene.addSatellite("satellite-1", isActive: false)
        let broken = try await scene.addSatellite("satellite-2")
        try await scene.store.satellites.setStatus(broken.id, .maintenance)

        for id in [inactive.id, broken.id, "unknown", "", "\0"] {
            #expect(try await scene.store.satelliteCommands.enqueue(NewSatelliteCommand(.configure), for: id) == nil)
        }
        #expect(try await scene.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure)).isEmpty)
        #expect(try await scene.store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.configure), team: scene.team.id).isEmpty)
        for team: TeamID in ["unknown", "", "\0"] {
            #expect(try await scene.store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.configure), team: team).isEmpty)
        }
    }

    @Test(arguments: Backend.all)
    func allActiveSatellitesOfEverybodyGetACommandEach(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var ids: [SatelliteID] = []
        for number in 0..<12 { ids.append(try await scene.addSatellite("satellite-\(number)").id) }
        try await scene.addSatellite("satellite-x", ofTeam: true)
        try await scene.addSatellite("satellite-y", isActive: false)

        let commands = try await scene.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure, priority: .immediate))

        #expect(commands.map(\.satelliteID) == ids.sorted())
        #expect(Set(commands.map(\.correlationID)).count == 1)
        let correlation = try #require(commands[0].correlationID)
        #expect(commands.allSatisfy { $0.priority == .immediate && $0.status == .pending && $0.targetTeamID == nil })
        #expect(try await scene.store.satelliteCommands.commands(correlationID: correlation) == commands)
    }

    @Test(arguments: Backend.all)
    func theActiveSatellitesOfATeamGetACommandEach(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id))
        try await scene.addSatellite("satellite-0")
        let own = [try await scene.addSatellite("satellite-1", ofTeam: true), try await scene.addSatellite("satellite-2", ofTeam: true)]
        try await scene.addSatellite("satellite-3", ofTeam: true, isActive: false)

        let commands = try await scene.store.satelliteCommands.enqueueForTeam(NewSatelliteCommand(.configure), team: scene.team.id)
        let about = try await scene.store.satelliteCommands.enqueueForTeam(
            NewSatelliteCommand(.configure, targetTeam: other.id, correlationID: "mine"), team: scene.team.id)

        #expect(commands.map(\.satelliteID) == own.map(\.id).sorted())
        #expect(commands.allSatisfy { $0.targetTeamID == scene.team.id && $0.correlationID != nil && $0.correlationID == commands[0].correlationID })
        #expect(about.count == 2 && about.allSatisfy { $0.targetTeamID == other.id && $0.correlationID == "mine" })
    }

    @Test(arguments: Backend.all)
    func anUnknownTeamOrUserIsMissing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")

        for team: TeamID in ["nowhere", "", "\0"] {
            await expectError(.referenceMissing(.team, constraint: "satelliteCommands_target_team_id_fkey")) {
                _ = try await scene.enqueue(NewSatelliteCommand(.configure, targetTeam: team), for: satellite)
            }
        }
        for user: UserID in ["nobody", "", "\0"] {
            await expectError(.referenceMissing(.user, constraint: "satelliteCommands_created_by_fkey")) {
                try await scene.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure, createdBy: user))
            }
        }
        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.isEmpty)
    }

    private static let refused: [(String, NewSatelliteCommand)] = [
        ("type", NewSatelliteCommand(.unknown("dance"))), ("payload", NewSatelliteCommand(.configure, payload: [])),
        ("correlationID", NewSatelliteCommand(.configure, correlationID: "")),
        ("correlationID", NewSatelliteCommand(.configure, correlationID: String(repeating: "x", count: 101))),
        ("maxRetries", NewSatelliteCommand(.configure, maxRetries: -1)), ("maxRetries", NewSatelliteCommand(.configure, maxRetries: 101)),
        ("lifetime", NewSatelliteCommand(.configure, lifetime: .zero)), ("lifetime", NewSatelliteCommand(.configure, lifetime: .nanoseconds(999))),
        ("lifetime", NewSatelliteCommand(.configure, lifetime: .seconds(Int64.max))),
    ]

    @Test(arguments: Backend.all)
    func aFieldThatIsNotAcceptableIsNamed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")

        for (field, command) in Self.refused {
            await expectInvalid(field) { try await scene.store.satelliteCommands.enqueue(command, for: satellite.id) }
            await expectInvalid(field) { try await scene.store.satelliteCommands.enqueueForAllGlobal(command) }
            await expectInvalid(field) { try await scene.store.satelliteCommands.enqueueForTeam(command, team: scene.team.id) }
        }
    }

    @Test(arguments: Backend.all)
    func whatBelongsTogetherIsFoundByTheLongestIdentifier(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let longest = String(repeating: "😀", count: 100)

        let command = try await scene.enqueue(NewSatelliteCommand(.configure, correlationID: longest), for: satellite)

        #expect(try await scene.store.satelliteCommands.commands(correlationID: longest) == [command])
    }

    @Test(arguments: Backend.all)
    func whatBelongsTogetherIsOrderedBySatelliteAndThenByIdentifier(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellites = [try await scene.addSatellite("satellite-1"), try await scene.addSatellite("satellite-2")]
        var given: [SatelliteCommand] = []
        for number in 0..<8 {
            given.append(try await scene.enqueue(NewSatelliteCommand(.configure, correlationID: "together"), for: satellites[number % 2]))
        }

        let found = try await scene.store.satelliteCommands.commands(correlationID: "together")

        #expect(found == given.sorted { ($0.satelliteID, $0.id) < ($1.satelliteID, $1.id) })
    }

    @Test(arguments: Backend.all)
    func anUnknownCommandOrCorrelationIsAbsent(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for text in ["unknown", "", "\0", String(repeating: "x", count: 300)] {
            #expect(try await store.satelliteCommands.command(SatelliteCommandID(text)) == nil)
            #expect(try await store.satelliteCommands.commands(correlationID: text).isEmpty)
        }
    }
}
