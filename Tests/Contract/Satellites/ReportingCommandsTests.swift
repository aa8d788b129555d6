import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ReportingCommandsTests {
    @Test(arguments: Backend.all)
    func aCommandIsExecutedAndCompleted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.claimedCommand(of: satellite)
        let commands = scene.store.satelliteCommands
        scene.clock.advance(by: .seconds(1))

        #expect(try await commands.report(command.id, of: satellite.id, .executing))
        #expect(try await commands.command(command.id)?.status == .executing)
        #expect(try await commands.report(command.id, of: satellite.id, .completed, result: ["tools": 3], error: nil))

        var expected = command
        expected.status = .completed
        expected.result = ["tools": 3]
        expected.updatedAt = scene.clock.now()
        #expect(try await commands.command(command.id) == expected)
    }

    @Test(arguments: Backend.all)
    func aCommandThatFailsIsTriedAgainAsOftenAsItMayBe(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let commands = scene.store.satelliteCommands
        let command = try await scene.enqueue(NewSatelliteCommand(.spawn, maxRetries: 2), for: satellite)

        for attempt in 1...3 {
            #expect(try await commands.poll(satellite.id).commands.map(\.id) == [command.id])
            #expect(try await commands.report(command.id, of: satellite.id, .failed, result: nil, error: "attempt \(attempt)"))
            let stored = try await commands.command(command.id)
            #expect(stored?.status == (attempt < 3 ? .pending : .failed))
            #expect(stored?.retryCount == min(attempt, 2))
            #expect(stored?.errorMessage == "attempt \(attempt)")
        }

        #expect(try await commands.poll(satellite.id).commands.isEmpty)
    }

    @Test(arguments: Backend.all)
    func aCommandThatMayNotBeTriedAgainFailsAtOnce(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.claimedCommand(of: satellite, NewSatelliteCommand(.spawn, maxRetries: 0))

        #expect(try await scene.store.satelliteCommands.report(command.id, of: satellite.id, .failed))

        let stored = try await scene.store.satelliteCommands.command(command.id)
        #expect(stored?.status == .failed && stored?.retryCount == 0 && stored?.errorMessage == nil)
    }

    @Test(arguments: Backend.all)
    func whatIsNotSaidStaysAsItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.claimedCommand(of: satellite)
        let commands = scene.store.satelliteCommands

        #expect(try await commands.report(command.id, of: satellite.id, .executing, result: ["done": 1], error: "slow"))
        #expect(try await commands.report(command.id, of: satellite.id, .completed))

        let stored = try await commands.command(command.id)
        #expect(stored?.result == ["done": 1] && stored?.errorMessage == "slow")
    }

    @Test(arguments: Backend.all)
    func onlyACommandUnderWayCanBeReportedAndOnlyByItsSatellite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let other = try await scene.addSatellite("satellite-2")
        let commands = scene.store.satelliteCommands
        let waiting = try await scene.enqueue(for: satellite)

        #expect(try await commands.report(waiting.id, of: satellite.id, .completed) == false)
        _ = try await commands.poll(satellite.id)
        #expect(try await commands.report(waiting.id, of: other.id, .completed) == false)
        #expect(try await commands.report(waiting.id, of: satellite.id, .completed))
        for status in [SatelliteCommandStatus.executing, .completed, .failed] {
            #expect(try await commands.report(waiting.id, of: satellite.id, status) == false)
        }
        for text in ["unknown", "", "\0"] {
            #expect(try await commands.report(SatelliteCommandID(text), of: satellite.id, .completed) == false)
            #expect(try await commands.report(waiting.id, of: SatelliteID(text), .completed) == false)
        }

        #expect(try await commands.command(waiting.id)?.status == .completed)
    }

    @Test(arguments: Backend.all)
    func aReportThatIsNotAcceptableIsRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let command = try await scene.claimedCommand(of: satellite)
        let commands = scene.store.satelliteCommands

        for status: SatelliteCommandStatus in [.pending, .acknowledged, .unknown("lost")] {
            await expectInvalid("status") { try await commands.report(command.id, of: satellite.id, status) }
        }
        await expectInvalid("result") { try await commands.report(command.id, of: satellite.id, .completed, result: [], error: nil) }
        for error in ["", "a\0", String(repeating: "x", count: 10_001)] {
            await expectInvalid("error") { try await commands.report(command.id, of: satellite.id, .failed, result: nil, error: error) }
        }

        #expect(try await commands.command(command.id) == command)
    }

    @Test(arguments: Backend.all)
    func whatWasNotBegunInTimeFails(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let commands = scene.store.satelliteCommands
        let executing = try await scene.claimedCommand(of: satellite)
        #expect(try await commands.report(executing.id, of: satellite.id, .executing))
        let acknowledged = try await scene.claimedCommand(of: satellite)
        let pending = try await scene.enqueue(for: satellite)
        let later = try await scene.enqueue(NewSatelliteCommand(.configure, lifetime: .seconds(301)), for: satellite)

        scene.clock.set(to: pending.expiresAt - .microseconds(1))
        #expect(try await commands.expireCommands() == 0)
        scene.clock.set(to: pending.expiresAt)
        #expect(try await commands.expireCommands() == 2)
        #expect(try await commands.expireCommands() == 0)

        for command in [acknowledged, pending] {
            let stored = try await commands.command(command.id)
            #expect(stored?.status == .failed && stored?.updatedAt == scene.clock.now())
            #expect(stored?.errorMessage == "the command expired before its satellite began with it")
        }
        #expect(try await commands.command(executing.id)?.status == .executing)
        #expect(try await commands.command(later.id)?.status == .pending)
    }

    @Test(arguments: Backend.all)
    func oldCommandsThatAreOverAreDeleted(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        let commands = scene.store.satelliteCommands
        let completed = try await scene.claimedCommand(of: satellite)
        #expect(try await commands.report(completed.id, of: satellite.id, .completed))
        let stuck = try await scene.claimedCommand(of: satellite)
        let patient = try await scene.enqueue(NewSatelliteCommand(.configure, lifetime: .seconds(1_000_000)), for: satellite)
        scene.clock.advance(by: .seconds(604_800))
        let recent = try await scene.claimedCommand(of: satellite, NewSatelliteCommand(.spawn, priority: .immediate))
        #expect(try await commands.report(recent.id, of: satellite.id, .completed))

        #expect(try await commands.purgeCommands() == 0)
        scene.clock.advance(by: .microseconds(1))
        #expect(try await commands.purgeCommands() == 2)

        #expect(try await commands.command(completed.id) == nil)
        #expect(try await commands.command(stuck.id) == nil)
        #expect(try await commands.command(patient.id) != nil)
        #expect(try await commands.command(recent.id) != nil)
        #expect(try await commands.purgeCommands(olderThan: .zero) == 1)
        await expectInvalid("olderThan") { try await commands.purgeCommands(olderThan: .seconds(-1)) }
    }
}

extension TeamScene {
    /// Gives a satellite a command and lets it fetch the one that comes first.
    fileprivate func claimedCommand(
        of satellite: Satellite, _ command: NewSatelliteCommand = NewSatelliteCommand(.configure)
    ) async throws -> SatelliteCommand {
        let command = try await enqueue(command, for: satellite)
        let claimed = try await store.satelliteCommands.poll(satellite.id).commands
        return claimed.first { $0.id == command.id } ?? command
    }
}
