import DeployStackData
import DeployStackDataTesting
import DeployStackModels

extension TeamScene {
    /// Registers a satellite of everybody's, or of the team; an active one has sent a heartbeat.
    @discardableResult
    func addSatellite(_ name: String, ofTeam isOfTeam: Bool = false, isActive: Bool = true) async throws -> Satellite {
        let new = NewSatellite(name: name, type: isOfTeam ? .team : .global, team: isOfTeam ? team.id : nil)
        let satellite = try await store.satellites.register(new).satellite
        guard isActive else { return satellite }
        try await store.satellites.recordHeartbeat(NewSatelliteHeartbeat(), of: satellite.id)
        return try await store.satellites.satellite(satellite.id) ?? satellite
    }

    /// Gives a satellite a command, which must be active.
    func enqueue(_ command: NewSatelliteCommand = NewSatelliteCommand(.configure), for satellite: Satellite) async throws -> SatelliteCommand {
        guard let command = try await store.satelliteCommands.enqueue(command, for: satellite.id) else {
            throw DataError(.notFound, entity: .satellite)
        }
        return command
    }
}
