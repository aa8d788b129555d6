/// One user's copy of an installation. Whether something runs, and how, is a matter of instances alone.
public struct McpServerInstance: Sendable, Hashable, Identifiable, Codable {
    /// The instance's identifier.
    public var id: McpInstanceID
    /// The installation.
    public var installationID: McpInstallationID
    /// The user.
    public var userID: UserID
    /// The memorable part of the instance's address, such as `bold-penguin-42a3`, unique; `nil` when none was given.
    public var path: String?
    /// What the instance is doing.
    public var status: McpInstanceStatus
    /// When the status was set.
    public var statusUpdatedAt: Timestamp

    /// Creates an instance value.
    public init(
        id: McpInstanceID, installationID: McpInstallationID, userID: UserID, path: String?, status: McpInstanceStatus, statusUpdatedAt: Timestamp
    ) {
        self.id = id
        self.installationID = installationID
        self.userID = userID
        self.path = path
        self.status = status
        self.statusUpdatedAt = statusUpdatedAt
    }
}
