/// The values that a user gives to an installation for himself, per kind; a kind that is not set is `nil`.
///
/// Each kind is a JSON object from name to value, the arguments too: a user fills in places by their names. An entry that the server's user schema declares
/// with `"type": "secret"` is encrypted before it is stored and reads as `*****`.
public struct UserConfigurationValues: Sendable, Hashable, Codable {
    /// The arguments: a JSON object from placeholder to value.
    public var args: JSONValue?
    /// The environment variables: a JSON object.
    public var env: JSONValue?
    /// The headers of requests: a JSON object.
    public var headers: JSONValue?
    /// The query parameters of the address: a JSON object.
    public var queryParams: JSONValue?

    /// Creates values; by default nothing is set.
    public init(args: JSONValue? = nil, env: JSONValue? = nil, headers: JSONValue? = nil, queryParams: JSONValue? = nil) {
        self.args = args
        self.env = env
        self.headers = headers
        self.queryParams = queryParams
    }
}

/// One user's configuration of an installation. There is at most one for each user and installation.
public struct McpUserConfiguration: Sendable, Hashable, Identifiable, Codable {
    /// The configuration's identifier.
    public var id: McpUserConfigurationID
    /// The installation.
    public var installationID: McpInstallationID
    /// The user.
    public var userID: UserID
    /// The user's values. Secrets read as `*****`.
    public var values: UserConfigurationValues
    /// When it was first saved.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// When it was last used, or `nil` when it never was.
    public var lastUsedAt: Timestamp?

    /// Creates a configuration value.
    public init(
        id: McpUserConfigurationID, installationID: McpInstallationID, userID: UserID, values: UserConfigurationValues, createdAt: Timestamp,
        updatedAt: Timestamp, lastUsedAt: Timestamp?
    ) {
        self.id = id
        self.installationID = installationID
        self.userID = userID
        self.values = values
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.lastUsedAt = lastUsedAt
    }
}

/// What to change about a user's configuration. A kind that is not mentioned stays as it is.
public struct UserConfigurationPatch: Sendable, Hashable {
    /// The arguments, a JSON object.
    public var args: FieldPatch<JSONValue>
    /// The environment variables, a JSON object.
    public var env: FieldPatch<JSONValue>
    /// The headers, a JSON object.
    public var headers: FieldPatch<JSONValue>
    /// The query parameters, a JSON object.
    public var queryParams: FieldPatch<JSONValue>

    /// Describes a change; by default nothing changes.
    public init(
        args: FieldPatch<JSONValue> = .unchanged, env: FieldPatch<JSONValue> = .unchanged, headers: FieldPatch<JSONValue> = .unchanged,
        queryParams: FieldPatch<JSONValue> = .unchanged
    ) {
        self.args = args
        self.env = env
        self.headers = headers
        self.queryParams = queryParams
    }
}
