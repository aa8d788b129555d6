import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct PollingCommandsTests {
    @Test(arguments: Backend.all)
    func theMostUrgentCommandsComeFirstAndOfThoseTheOldest(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        var given: [SatelliteCommand] = []
        for priority: SatelliteCommandPriority in [.low, .normal, .immediate, .high, .immediate, .low, .normal, .high] {
            given.append(try await scene.enqueue(NewSatelliteCommand(.spawn, priority: priority), for: satellite))
            scene.clock.advance(by: .microseconds(1))
        }

        let first = try await scene.store.satelliteCommands.poll(satellite.id, limit: 3)
        let rest = try await scene.store.satelliteCommands.poll(satellite.id)

        #expect(first.commands.map(\.id) == [2, 4, 3].map { given[$0].id })
        #expect(rest.commands.map(\.id) == [7, 1, 6, 0, 5].map { given[$0].id })
    }

    @Test(arguments: Backend.all)
    func commandsOfOneMomentAreHandedOutByTheBytesOfTheirIdentifiers(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        var given: [SatelliteCommandID] = []
        for _ in 1...8 { given.append(try await scene.enqueue(for: satellite).id) }

        let first = try await scene.store.satelliteCommands.poll(satellite.id, limit: 3)
        let rest = try await scene.store.satelliteCommands.poll(satellite.id)

        #expect((first.commands + rest.commands).map(\.id) == given.sorted())
    }

    @Test(arguments: Backend.all)
    func whatWasHandedOutIsAcknowledgedAndNotHandedOutAgain(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.enqueue(for: satellite)
        scene.clock.advance(by: .seconds(1))

        let poll = try await scene.store.satelliteCommands.poll(satellite.id)

        var expected = command
        expected.status = .acknowledged
        expected.updatedAt = scene.clock.now()
        #expect(poll.commands == [expected])
        #expect(try await scene.store.satelliteCommands.command(command.id) == expected)
        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.isEmpty)
    }

    @Test(arguments: Backend.all)
    func whatIsUrgentMakesTheSatelliteComeBackSoon(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let expected: [(SatelliteCommandPriority?, SatellitePoll.Mode, Int)] = [
            (.immediate, .immediate, 2), (.high, .fast, 10), (.normal, .normal, 30), (.low, .normal, 30), (nil, .idle, 60),
        ]

        for (priority, mode, seconds) in expected {
            if let priority { _ = try await scene.enqueue(NewSatelliteCommand(.spawn, priority: priority), for: satellite) }
            let poll = try await scene.store.satelliteCommands.poll(satellite.id)
            #expect(poll.commands.map(\.priority) == [priority].compactMap { $0 })
            #expect(poll.mode == mode && poll.nextPollSeconds == seconds)
        }
    }

    @Test(arguments: Backend.all)
    func aSatelliteGetsItsOwnCommandsOnly(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.addSatellite("satellite-1")
        let second = try await scene.addSatellite("satellite-2")
        let commands = try await scene.store.satelliteCommands.enqueueForAllGlobal(NewSatelliteCommand(.configure))

        #expect(try await scene.store.satelliteCommands.poll(first.id).commands.map(\.id) == commands.filter { $0.satelliteID == first.id }.map(\.id))
        #expect(try await scene.store.satelliteCommands.poll(second.id).commands.map(\.satelliteID) == [second.id])
    }

    @Test(arguments: Backend.all)
    func aSatelliteThatIsNotActiveGetsNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.enqueue(for: satellite)

        for status: SatelliteStatus in [.inactive, .maintenance, .error] {
            try await scene.store.satellites.setStatus(satellite.id, status)
            #expect(try await scene.store.satelliteCommands.poll(satellite.id) == SatellitePoll(commands: []))
        }
        for id: SatelliteID in ["unknown", "", "\0"] {
            #expect(try await scene.store.satelliteCommands.poll(id) == SatellitePoll(commands: []))
        }

        #expect(try await scene.store.satelliteCommands.command(command.id)?.status == .pending)
    }

    @Test(arguments: Backend.all)
    func aCommandIsHandedOutUntilTheMomentItExpires(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let first = try await scene.enqueue(for: satellite)
        let second = try await scene.enqueue(NewSatelliteCommand(.configure, lifetime: .seconds(299)), for: satellite)

        scene.clock.set(to: first.expiresAt - .microseconds(1))
        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.map(\.id) == [first.id])
        #expect(try await scene.store.satelliteCommands.command(second.id)?.status == .pending)

        let third = try await scene.enqueue(for: satellite)
        scene.clock.set(to: third.expiresAt)
        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.isEmpty)
    }

    @Test(arguments: Backend.all)
    func aLimitOutOfRangeIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        for _ in 0..<12 { _ = try await scene.enqueue(for: satellite) }

        for limit in [0, -1, 51, Int.max] {
            await expectInvalid("limit") { _ = try await scene.store.satelliteCommands.poll(satellite.id, limit: limit) }
        }
        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.count == 10)
        #expect(try await scene.store.satelliteCommands.poll(satellite.id, limit: 50).commands.count == 2)
    }

    @Test(arguments: Backend.all)
    func whatIsClaimedInATransactionThatFailsIsHandedOutAgain(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.enqueue(for: satellite)

        await #expect(throws: DataError(.validation)) {
            try await scene.store.transaction { store in
                #expect(try await store.satelliteCommands.poll(satellite.id).commands.count == 1)
                throw DataError(.validation)
            }
        }

        #expect(try await scene.store.satelliteCommands.poll(satellite.id).commands.map(\.id) == [command.id])
    }
}
