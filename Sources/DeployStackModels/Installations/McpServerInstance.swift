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
    /// What the satellite said about the status, or `nil` when it said nothing.
    public var statusMessage: String?
    /// When the status was set.
    public var statusUpdatedAt: Timestamp
    /// When the instance was last found to be well or not, or `nil` when it never was looked at.
    public var lastHealthCheckAt: Timestamp?
    /// When the user's credentials were last tried, or `nil` when they never were.
    public var lastCredentialCheckAt: Timestamp?
    /// When the instance was made.
    public var createdAt: Timestamp
    /// When the instance was last changed.
    public var updatedAt: Timestamp

    /// Creates an instance value.
    public init(
        id: McpInstanceID, installationID: McpInstallationID, userID: UserID, path: String?, status: McpInstanceStatus, statusMessage: String?,
        statusUpdatedAt: Timestamp, lastHealthCheckAt: Timestamp?, lastCredentialCheckAt: Timestamp?, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.installationID = installationID
        self.userID = userID
        self.path = path
        self.status = status
        self.statusMessage = statusMessage
        self.statusUpdatedAt = statusUpdatedAt
        self.lastHealthCheckAt = lastHealthCheckAt
        self.lastCredentialCheckAt = lastCredentialCheckAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// An instance that was just made, with its token. The token's text is stored nowhere and cannot be had again.
public struct ProvisionedInstance: Sendable, Identifiable {
    /// The instance.
    public var instance: McpServerInstance
    /// What opens the instance to its user's clients.
    public var token: SecretText

    /// The instance's identifier.
    public var id: McpInstanceID { instance.id }

    /// Creates a result.
    public init(instance: McpServerInstance, token: SecretText) {
        self.instance = instance
        self.token = token
    }
}

/// An instance with the user whose it is, read in one statement.
public struct McpInstanceWithUser: Sendable, Hashable, Identifiable {
    /// The instance.
    public var instance: McpServerInstance
    /// The user's name.
    public var username: String
    /// The user's e-mail address.
    public var email: String

    /// The instance's identifier.
    public var id: McpInstanceID { instance.id }

    /// Creates a value.
    public init(instance: McpServerInstance, username: String, email: String) {
        self.instance = instance
        self.username = username
        self.email = email
    }
}
