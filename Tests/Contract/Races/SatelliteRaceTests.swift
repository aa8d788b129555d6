import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SatelliteRaceTests {
    @Test(arguments: Backend.all)
    func howeverManyPollAtOnceEachCommandIsHandedOutOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        var given: Set<SatelliteCommandID> = []
        for number in 0..<60 {
            let priority = SatelliteCommandPriority.allCases[number % 4]
            given.insert(try await scene.enqueue(NewSatelliteCommand(.spawn, priority: priority), for: satellite).id)
        }

        let outcomes = await race(24) { _ in
            var claimed: [SatelliteCommandID] = []
            for _ in 0..<4 { claimed += try await scene.store.satelliteCommands.poll(satellite.id, limit: 3).commands.map(\.id) }
            return claimed
        }
        var claimed = outcomes.values.flatMap { $0 }
        // A poll passes over what another one holds, so a few may be left for who comes last.
        while case let rest = try await scene.store.satelliteCommands.poll(satellite.id, limit: 50).commands, !rest.isEmpty {
            claimed += rest.map(\.id)
        }

        #expect(outcomes.errors.isEmpty)
        #expect(claimed.count == 60)
        #expect(Set(claimed) == given)
    }

    @Test(arguments: Backend.all)
    func ofParallelRegistrationsOfOneNameThereIsOneSatelliteAndOneKey(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let outcomes = await race(20) { _ in try await store.satellites.register(NewSatellite(name: "satellite-1")) }

        #expect(outcomes.errors.isEmpty)
        #expect(Set(outcomes.values.map(\.satellite.id)).count == 1)
        #expect(try await store.satellites.list().total == 1)
        var valid = 0
        for registered in outcomes.values where try await store.satellites.authenticate(registered.apiKey.reveal()) != nil { valid += 1 }
        #expect(valid == 1)
    }

    @Test(arguments: Backend.all)
    func aCommandIsFinishedByOneReport(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.enqueue(NewSatelliteCommand(.spawn, maxRetries: 5), for: satellite)
        _ = try await scene.store.satelliteCommands.poll(satellite.id)

        let outcomes = await race(12) { number in
            try await scene.store.satelliteCommands.report(command.id, of: satellite.id, number % 2 == 0 ? .completed : .failed)
        }

        #expect(outcomes.errors.isEmpty)
        #expect(outcomes.values.count { $0 } == 1)
        let stored = try #require(try await scene.store.satelliteCommands.command(command.id))
        #expect(stored.status == .completed && stored.retryCount == 0 || stored.status == .pending && stored.retryCount == 1)
    }

    @Test(arguments: Backend.all)
    func deletingSatellitesWhileTheyAreBusyLeavesNothingOfThem(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var satellites: [Satellite] = []
        for number in 0..<4 { satellites.append(try await scene.addSatellite("satellite-\(number)")) }

        let outcomes = await race(60) { [satellites] number in
            let satellite = satellites[number % 4].id
            switch number % 5 {
            case 0: try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite)
            case 1: try await scene.store.satelliteCommands.enqueue(NewSatelliteCommand(.spawn), for: satellite)
            case 2: try await scene.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure))
            case 3: _ = try await scene.store.satelliteCommands.poll(satellite)
            default: if number > 30 { try await scene.store.satellites.delete(satellite) }
            }
        }

        #expect(outcomes.errors.isEmpty)
        for satellite in satellites where try await scene.store.satellites.satellite(satellite.id) == nil {
            #expect(try await scene.store.satellites.heartbeats(of: satellite.id).total == 0)
        }
    }
}
