/// What is needed to install a server for a team.
public struct NewInstallation: Sendable, Hashable {
    /// Who gets an instance of the installation at once.
    public enum Provisioning: Sendable, Hashable {
        /// Every member that the team has.
        case allMembers
        /// Nobody.
        case none
    }

    /// The server.
    public var serverID: McpServerID
    /// The installation's name, 1 to 100 characters after white space at its ends is removed.
    public var name: String
    /// Which satellites run it.
    public var type: McpInstallationType
    /// The satellite that runs it, or `nil` for any.
    public var satelliteID: SatelliteID?
    /// The team's values. A kind that is set must have a value for each required entry of the server's schema for that kind.
    public var configuration: TeamConfiguration
    /// Who gets an instance at once.
    public var provisioning: Provisioning

    /// Describes an installation to make.
    public init(
        serverID: McpServerID, name: String, type: McpInstallationType = .global, satelliteID: SatelliteID? = nil,
        configuration: TeamConfiguration = TeamConfiguration(), provisioning: Provisioning = .allMembers
    ) {
        self.serverID = serverID
        self.name = name
        self.type = type
        self.satelliteID = satelliteID
        self.configuration = configuration
        self.provisioning = provisioning
    }
}
