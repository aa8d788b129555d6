public import DeployStackModels

extension NewInstallation {
    /// An installation to make, with a name that no other has.
    ///
    /// - Parameters:
    ///   - serverID: The server.
    ///   - name: The name, or `nil` for a new one.
    ///   - type: Which satellites run it.
    ///   - satelliteID: The satellite that runs it.
    ///   - configuration: The team's values.
    ///   - provisioning: Who gets an instance at once.
    public static func fixture(
        serverID: McpServerID, name: String? = nil, type: McpInstallationType = .global, satelliteID: SatelliteID? = nil,
        configuration: TeamConfiguration = TeamConfiguration(), provisioning: Provisioning = .allMembers
    ) -> NewInstallation {
        NewInstallation(
            serverID: serverID, name: name ?? UniqueText.make("installation-"), type: type, satelliteID: satelliteID, configuration: configuration,
            provisioning: provisioning)
    }
}
