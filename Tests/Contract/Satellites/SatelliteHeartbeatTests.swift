import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct SatelliteHeartbeatTests {
    @Test(arguments: Backend.all)
    func aHeartbeatIsStoredAndChangesItsSatellite(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)
        scene.clock.advance(by: .seconds(30))
        let heartbeat = NewSatelliteHeartbeat(
            health: .degraded, systemMetrics: ["cpu": 0.5], processCount: 7, healthyProcessCount: 6, errorCount: 3,
            responseTime: .microseconds(12_999), uptime: .milliseconds(3_999), version: "1.2.3", url: "https://new.example.org",
            mcpStatus: ["servers": ["a"]])

        #expect(try await scene.store.satellites.recordHeartbeat(heartbeat, of: satellite.id))

        var expected = satellite
        expected.status = .active
        expected.lastHeartbeatAt = scene.clock.now()
        expected.updatedAt = scene.clock.now()
        expected.url = "https://new.example.org"
        expected.details?.mcpStatus = ["servers": ["a"]]
        #expect(try await scene.store.satellites.satellite(satellite.id) == expected)
        let stored = try await scene.store.satellites.heartbeats(of: satellite.id)
        #expect(stored.total == 1)
        #expect(
            stored.items
                == stored.items.map {
                    SatelliteHeartbeat(
                        id: $0.id, satelliteID: satellite.id, health: .degraded, systemMetrics: ["cpu": 0.5], processCount: 7, healthyProcessCount: 6,
                        errorCount: 3, responseTime: .milliseconds(12), uptime: .seconds(3), version: "1.2.3", receivedAt: scene.clock.now())
                })
    }

    @Test(arguments: Backend.all)
    func whatAHeartbeatDoesNotSayStaysAsItIs(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        try await scene.store.satellites.recordHeartbeat(
            NewSatelliteHeartbeat(url: "https://new.example.org", mcpStatus: ["a": 1]), of: satellite.id)

        try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite.id)

        let now = try await scene.store.satellites.satellite(satellite.id)
        #expect(now?.url == "https://new.example.org" && now?.details?.mcpStatus == ["a": 1])
        let newest = try await scene.store.satellites.heartbeats(of: satellite.id).items[0]
        #expect(newest.responseTime == nil && newest.uptime == nil && newest.version == nil && newest.systemMetrics == [:])
    }

    @Test(arguments: [SatelliteStatus.maintenance, .error], Backend.all)
    func aHeartbeatDoesNotWakeASatelliteThatIsOutOfService(_ status: SatelliteStatus, _ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1")
        try await scene.store.satellites.setStatus(satellite.id, status)
        scene.clock.advance(by: .seconds(30))

        #expect(try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite.id))

        let now = try await scene.store.satellites.satellite(satellite.id)
        #expect(now?.status == status && now?.lastHeartbeatAt == scene.clock.now())
        #expect(try await scene.store.satellites.heartbeats(of: satellite.id).total == 2)
    }

    @Test(arguments: Backend.all)
    func aHeartbeatOfAnUnknownSatelliteIsNotStored(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for id: SatelliteID in ["unknown", "", "\0"] {
            #expect(try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: id) == false)
            #expect(try await store.satellites.heartbeats(of: id) == PageResult(items: [], total: 0, page: .first))
        }
    }

    private static let refused: [(String, NewSatelliteHeartbeat)] = [
        ("health", NewSatelliteHeartbeat(health: .unknown("fine"))), ("systemMetrics", NewSatelliteHeartbeat(systemMetrics: [])),
        ("processCount", NewSatelliteHeartbeat(processCount: -1)), ("healthyProcessCount", NewSatelliteHeartbeat(healthyProcessCount: 2_147_483_648)),
        ("errorCount", NewSatelliteHeartbeat(errorCount: -1)), ("responseTime", NewSatelliteHeartbeat(responseTime: .milliseconds(-1))),
        ("responseTime", NewSatelliteHeartbeat(responseTime: .milliseconds(2_147_483_648))),
        ("uptime", NewSatelliteHeartbeat(uptime: .seconds(2_147_483_648))), ("version", NewSatelliteHeartbeat(version: "")),
        ("url", NewSatelliteHeartbeat(url: "")), ("mcpStatus", NewSatelliteHeartbeat(mcpStatus: .null)),
    ]

    @Test(arguments: Backend.all)
    func aFieldThatIsNotAcceptableIsNamed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)

        for (field, heartbeat) in Self.refused {
            await expectInvalid(field) { try await scene.store.satellites.recordHeartbeat(heartbeat, of: satellite.id) }
        }

        #expect(try await scene.store.satellites.satellite(satellite.id) == satellite)
        let largest = NewSatelliteHeartbeat(
            processCount: 2_147_483_647, responseTime: .milliseconds(2_147_483_647), uptime: .seconds(2_147_483_647))
        #expect(try await scene.store.satellites.recordHeartbeat(largest, of: satellite.id))
        #expect(try await scene.store.satellites.heartbeats(of: satellite.id).items.map(\.uptime) == [.seconds(2_147_483_647)])
    }

    @Test(arguments: Backend.all)
    func durationsAreCutAndNeverRounded(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)
        let heartbeats = [
            NewSatelliteHeartbeat(
                responseTime: .milliseconds(2_147_483_648) - .nanoseconds(10), uptime: .seconds(2_147_483_648) - .nanoseconds(10)),
            NewSatelliteHeartbeat(responseTime: .nanoseconds(999_999), uptime: .nanoseconds(999_999_999)),
        ]

        for heartbeat in heartbeats {
            #expect(try await scene.store.satellites.recordHeartbeat(heartbeat, of: satellite.id))
            scene.clock.advance(by: .seconds(30))
        }

        let stored = try await scene.store.satellites.heartbeats(of: satellite.id).items
        #expect(stored.map(\.uptime) == [.zero, .seconds(2_147_483_647)])
        #expect(stored.map(\.responseTime) == [.zero, .milliseconds(2_147_483_647)])
    }

    @Test(arguments: Backend.all)
    func heartbeatsAreListedNewestFirst(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)
        for number in 0..<5 {
            try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(processCount: number), of: satellite.id)
            scene.clock.advance(by: .seconds(30))
        }

        let page = try await scene.store.satellites.heartbeats(of: satellite.id, page: Page(limit: 2, offset: 1))

        #expect(page.items.map(\.processCount) == [3, 2])
        #expect(page.total == 5)
        await expectInvalid("page.offset") { _ = try await scene.store.satellites.heartbeats(of: satellite.id, page: Page(offset: -1)) }
    }

    @Test(arguments: Backend.all)
    func heartbeatsOfOneMomentAreOrderedByTheBytesOfTheirIdentifiersAndKeptSo(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let satellite = try await scene.addSatellite("satellite-1", isActive: false)
        for _ in 1...7 { try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite.id) }

        let all = try await scene.store.satellites.heartbeats(of: satellite.id).items
        #expect(try await scene.store.satellites.heartbeats(of: satellite.id, page: Page(limit: 2, offset: 1)).items == Array(all[1...2]))
        #expect(try await scene.store.satellites.pruneHeartbeats(keepGlobal: 3, keepTeam: 0) == 4)

        #expect(all.map(\.id) == all.map(\.id).sorted().reversed())
        #expect(try await scene.store.satellites.heartbeats(of: satellite.id).items == Array(all.prefix(3)))
    }

    @Test(arguments: Backend.all)
    func whoHasBeenSilentEquallyLongIsOrderedByTheBytesOfTheIdentifier(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var ids: [SatelliteID] = []
        for number in 1...6 { ids.append(try await scene.addSatellite("satellite-\(number)").id) }
        scene.clock.advance(by: .seconds(100))

        #expect(try await scene.store.satellites.stale().map(\.id) == ids.sorted())
    }

    @Test(arguments: Backend.all)
    func activeSatellitesThatAreSilentAreStale(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let first = try await scene.addSatellite("satellite-1")
        scene.clock.advance(by: .seconds(1))
        let second = try await scene.addSatellite("satellite-2", ofTeam: true)
        try await scene.addSatellite("satellite-3", isActive: false)
        let broken = try await scene.addSatellite("satellite-4")
        try await scene.store.satellites.setStatus(broken.id, .maintenance)

        scene.clock.advance(by: .seconds(89))
        #expect(try await scene.store.satellites.stale().isEmpty)
        scene.clock.advance(by: .microseconds(1))
        #expect(try await scene.store.satellites.stale().map(\.id) == [first.id])
        scene.clock.advance(by: .seconds(1))
        #expect(try await scene.store.satellites.stale() == [first.withoutDetails, second.withoutDetails])
        #expect(try await scene.store.satellites.stale(olderThan: .seconds(91)).map(\.id) == [first.id])
        #expect(try await scene.store.satellites.stale(olderThan: .seconds(Int64.max)).isEmpty)
        await expectInvalid("olderThan") { _ = try await scene.store.satellites.stale(olderThan: .seconds(-1)) }
    }

    @Test(arguments: Backend.all)
    func onlyTheNewestHeartbeatsOfEachSatelliteAreKept(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let global = try await scene.addSatellite("satellite-1", isActive: false)
        let teams = try await scene.addSatellite("satellite-2", ofTeam: true, isActive: false)
        for number in 0..<6 {
            for satellite in [global, teams] {
                try await scene.store.satellites.recordHeartbeat(NewSatelliteHeartbeat(processCount: number), of: satellite.id)
            }
            if number % 2 == 1 { scene.clock.advance(by: .seconds(30)) }
        }

        #expect(try await scene.store.satellites.pruneHeartbeats() == 0)
        #expect(try await scene.store.satellites.pruneHeartbeats(keepGlobal: 4, keepTeam: 2) == 6)

        #expect(Set(try await scene.store.satellites.heartbeats(of: global.id).items.map(\.processCount)) == [5, 4, 3, 2])
        #expect(Set(try await scene.store.satellites.heartbeats(of: teams.id).items.map(\.processCount)) == [5, 4])
        #expect(try await scene.store.satellites.pruneHeartbeats(keepGlobal: 4, keepTeam: 0) == 2)
        #expect(try await scene.store.satellites.heartbeats(of: teams.id).total == 0)
        await expectInvalid("keepGlobal") { try await scene.store.satellites.pruneHeartbeats(keepGlobal: -1, keepTeam: 0) }
        await expectInvalid("keepTeam") { try await scene.store.satellites.pruneHeartbeats(keepGlobal: 0, keepTeam: -1) }
    }
}
