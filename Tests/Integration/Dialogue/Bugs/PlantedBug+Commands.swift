import DeployStackDataTesting
import DeployStackModels

@testable import DeployStackData

extension PlantedBug {
    /// What is to be seen of commands and satellites only after several of their steps.
    static let commands = [
        PlantedBug("a command that was handed out is handed out again") { services, backend in
            services.satelliteCommands = HandedOutAgain(base: services.satelliteCommands, backend: backend)
        },
        PlantedBug("a command is handed out at the moment at which it expires") { services, backend in
            services.satelliteCommands = LatePoll(base: services.satelliteCommands, backend: backend)
        },
        PlantedBug("a command that failed is not tried again") { services, _ in
            services.satelliteCommands = TriedOnce(base: services.satelliteCommands)
        },
        PlantedBug("a command that has expired stays as it is once its satellite has it") { services, backend in
            services.satelliteCommands = LeftAcknowledged(base: services.satelliteCommands, backend: backend)
        },
        PlantedBug("a satellite that registers anew keeps its old key") { services, backend in
            services.satellites = OldKey(base: services.satellites, backend: backend)
        },
        PlantedBug("a heartbeat wakes a satellite that is being maintained") { services, _ in
            services.satellites = Woken(base: services.satellites)
        },
    ]

    /// What is to be seen of secrets and instances only when they are shown, written back or presented again.
    static let secrets = [
        PlantedBug("a mask that is written back takes the place of the secret") { services, _ in
            services.userConfigurations = WrittenMask(base: services.userConfigurations)
        },
        PlantedBug("what a schema makes secret stays as it was") { services, backend in
            services.catalog = LeftInClear(base: services.catalog, backend: backend)
        },
        PlantedBug("the old token of an instance still opens it") { services, backend in
            services.instances = OldInstanceToken(base: services.instances, backend: backend)
        },
        PlantedBug("an event that comes late is taken for news") { services, _ in services.instances = LateNews(base: services.instances) },
    ]
}

private struct HandedOutAgain: ForwardingSatelliteCommandQueue {
    let base: any SatelliteCommandQueue
    let backend: PlantedBackend

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        try await backend.forgetting(\.satelliteCommands) { () async throws(DataError) in try await base.poll(satellite, limit: limit) }
    }
}

private struct LatePoll: ForwardingSatelliteCommandQueue {
    let base: any SatelliteCommandQueue
    let backend: PlantedBackend

    func poll(_ satellite: SatelliteID, limit: Int) async throws(DataError) -> SatellitePoll {
        let now = backend.clock.now()
        guard try await backend.tables().satelliteCommands.all.contains(where: { $0.expiresAt == now }) else {
            return try await base.poll(satellite, limit: limit)
        }
        backend.clock.set(to: now + .microseconds(-1))
        defer { backend.clock.set(to: now) }
        return try await base.poll(satellite, limit: limit)
    }
}

private struct TriedOnce: ForwardingSatelliteCommandQueue {
    let base: any SatelliteCommandQueue

    func report(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?
    ) async throws(DataError) -> Bool {
        guard status == .failed, let command = try await base.command(id), command.retryCount > 0 else {
            return try await base.report(id, of: satellite, status, result: result, error: error)
        }
        return try await base.report(id, of: satellite, .completed, result: result, error: error)
    }
}

private struct LeftAcknowledged: ForwardingSatelliteCommandQueue {
    let base: any SatelliteCommandQueue
    let backend: PlantedBackend

    func expireCommands() async throws(DataError) -> Int {
        try await backend.forgetting(
            \.satelliteCommands, after: { () async throws(DataError) in try await base.expireCommands() },
            when: { _, before in before.satelliteCommands.all.contains { $0.status == .acknowledged } })
    }
}

private struct OldKey: ForwardingSatelliteRepository {
    let base: any SatelliteRepository
    let backend: PlantedBackend

    func register(_ satellite: NewSatellite) async throws(DataError) -> RegisteredSatellite {
        try await backend.forgetting(
            \.satellites, after: { () async throws(DataError) in try await base.register(satellite) },
            when: { registered, before in before.satellites[registered.satellite.id] != nil })
    }
}

private struct Woken: ForwardingSatelliteRepository {
    let base: any SatelliteRepository

    func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, of satellite: SatelliteID) async throws(DataError) -> Bool {
        let isThere = try await base.recordHeartbeat(heartbeat, of: satellite)
        if try await base.satellite(satellite)?.status == .maintenance { _ = try await base.setStatus(satellite, .active) }
        return isThere
    }
}

private struct WrittenMask: ForwardingUserConfigurationRepository {
    let base: any UserConfigurationRepository

    func save(
        _ installation: McpInstallationID, user: UserID, team: TeamID, _ configuration: UserConfigurationValues
    ) async throws(DataError) -> McpUserConfiguration {
        let saved = try await base.save(installation, user: user, team: team, configuration)
        guard configuration.env?["TOKEN"]?.string == "*****" || configuration.env?["KEY"]?.string == "*****" else { return saved }
        var values = configuration
        values.env = values.env.flatMap { env in
            env.object.map { .object(JSONObject($0.map { ($0.key, $0.value.string == "*****" ? "stars" : $0.value) })) }
        }
        return try await base.save(installation, user: user, team: team, values)
    }
}

private struct LeftInClear: ForwardingMcpServerCatalog {
    let base: any McpServerCatalog
    let backend: PlantedBackend

    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer? {
        try await backend.forgetting(\.installations) { () async throws(DataError) in
            try await backend.forgetting(\.userConfigurations) { () async throws(DataError) in try await base.update(id, patch, by: editor) }
        }
    }
}

private struct OldInstanceToken: ForwardingInstanceRepository {
    let base: any InstanceRepository
    let backend: PlantedBackend

    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText? {
        try await backend.forgetting(\.instances) { () async throws(DataError) in
            try await base.resetToken(installation: installation, user: user)
        }
    }
}

private struct LateNews: ForwardingInstanceRepository {
    let base: any InstanceRepository

    func updateStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp
    ) async throws(DataError) -> Bool {
        let isTaken = try await base.updateStatus(installation: installation, user: user, status: status, message: message, at: time)
        guard !isTaken, time > .epoch, time < .latest + .seconds(-8_640_000) else { return isTaken }
        return try await base.updateStatus(
            installation: installation, user: user, status: status, message: message, at: time + .seconds(8_640_000))
    }
}
