/// A kind of value that can be configured.
public enum ConfigurationKind: String, Sendable, Hashable, CaseIterable {
    /// Arguments.
    case args
    /// Environment variables.
    case env
    /// Headers of requests.
    case headers
    /// Query parameters of the address.
    case queryParams
}

/// Where a configured value comes from.
public enum ConfigurationTier: String, Sendable, Hashable, CaseIterable {
    /// The server's entry in the catalog.
    case template
    /// The team's installation.
    case team
    /// The user.
    case user
}

/// What one user's instance of an installation runs with: the three tiers put together.
///
/// Arguments are those of the template, then the team's, then the user's. Of the other kinds a later tier replaces what an earlier one says. A value that the
/// template locks is replaced by nobody. Where no tier has a value for an entry of a schema, the entry's default stands in.
public struct ResolvedConfiguration: Sendable, Hashable {
    /// One argument.
    public struct Argument: Sendable, Hashable {
        /// The argument's name, or `nil` when it has none.
        public var name: String?
        /// The argument's value.
        public var value: JSONValue
        /// Where it comes from.
        public var tier: ConfigurationTier

        /// Creates an argument.
        public init(name: String?, value: JSONValue, tier: ConfigurationTier) {
            self.name = name
            self.value = value
            self.tier = tier
        }
    }

    /// A value that the user has yet to give.
    public struct MissingValue: Sendable, Hashable {
        /// The kind of value.
        public var kind: ConfigurationKind
        /// The name of the schema's entry.
        public var name: String

        /// Creates a missing value.
        public init(kind: ConfigurationKind, name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// The arguments, in order.
    public var args: [Argument]
    /// The environment variables, from name to value.
    public var env: JSONObject
    /// The headers, from name to value.
    public var headers: JSONObject
    /// The query parameters, from name to value.
    public var queryParams: JSONObject
    /// Entries of the user schema that are required, have no default, and have no value of the user's. In order of kinds, then of the schema.
    public var missingRequired: [MissingValue]

    /// Whether nothing is missing.
    public var isComplete: Bool { missingRequired.isEmpty }

    /// Creates a configuration; by default there is nothing in it.
    public init(
        args: [Argument] = [], env: JSONObject = [:], headers: JSONObject = [:], queryParams: JSONObject = [:], missingRequired: [MissingValue] = []
    ) {
        self.args = args
        self.env = env
        self.headers = headers
        self.queryParams = queryParams
        self.missingRequired = missingRequired
    }
}

/// What a satellite needs to run one instance.
public struct SatelliteConfiguration: Sendable, Identifiable {
    /// The instance.
    public var instance: McpServerInstance
    /// The team.
    public var teamID: TeamID
    /// The installation's name.
    public var installationName: String
    /// Settings of the installation, a JSON object.
    public var settings: JSONValue
    /// What is installed, with its packages and remote endpoints among the details.
    public var server: McpServer
    /// What it runs with, secrets decrypted, or why they could not be.
    public var configuration: Result<ResolvedConfiguration, DataError>

    /// The instance's identifier.
    public var id: McpInstanceID { instance.id }

    /// Creates a value.
    public init(
        instance: McpServerInstance, teamID: TeamID, installationName: String, settings: JSONValue, server: McpServer,
        configuration: Result<ResolvedConfiguration, DataError>
    ) {
        self.instance = instance
        self.teamID = teamID
        self.installationName = installationName
        self.settings = settings
        self.server = server
        self.configuration = configuration
    }
}

/// A program that reads its MCP servers from a configuration file.
public enum McpClientProgram: String, Sendable, Hashable, CaseIterable {
    /// Claude Desktop.
    case claudeDesktop = "claude-desktop"
    /// Visual Studio Code.
    case vscode
    /// Cursor.
    case cursor
}
