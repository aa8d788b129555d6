import DeployStackModels
import PostgresDriver

/// Values that somebody configured, with their secrets, as they are stored: what a backend must know of a table to bring its secrets to another key.
protocol StoredValues: Sendable {
    associatedtype Tag
    associatedtype Values: ConfiguredValues & Equatable

    var id: Identifier<Tag> { get }
    var place: SecretPlace { get }
    var values: Values { get }

    /// The next rows after one that hold secrets, in the order of their identifiers.
    static func next(after id: Identifier<Tag>, limit: Int) -> Statement<Self>

    static func store(_ values: Values, in id: Identifier<Tag>) -> Statement<Void>

    /// All rows of the in-memory tables.
    static func all(in tables: InMemoryTables) -> [Self]

    static func store(_ values: Values, in id: Identifier<Tag>, of tables: inout InMemoryTables) throws(DataError)
}

/// What a team configured for an installation.
struct StoredConfiguration: StoredValues {
    var id: McpInstallationID
    var values: TeamConfiguration

    var place: SecretPlace { .installation(id) }

    static func next(after id: McpInstallationID, limit: Int) -> Statement<Self> { .sealedConfigurations(after: id, limit: limit) }

    static func store(_ values: TeamConfiguration, in id: McpInstallationID) -> Statement<Void> { .storeConfiguration(values, of: id) }

    static func all(in tables: InMemoryTables) -> [Self] { tables.installations.all.map { Self(id: $0.id, values: $0.configuration) } }

    static func store(_ values: TeamConfiguration, in id: McpInstallationID, of tables: inout InMemoryTables) throws(DataError) {
        try tables.update(McpInstallation.self, id.bytewise) { $0.configuration = values }
    }
}

/// What a user configured for an installation.
struct StoredUserValues: StoredValues {
    var id: McpUserConfigurationID
    var place: SecretPlace
    var values: UserConfigurationValues

    init(_ row: UserConfigurationRow) {
        self.init(id: row.id, place: .userConfiguration(of: row.userID, for: row.installationID), values: row.configuration.values)
    }

    init(id: McpUserConfigurationID, place: SecretPlace, values: UserConfigurationValues) {
        (self.id, self.place, self.values) = (id, place, values)
    }

    static func next(after id: McpUserConfigurationID, limit: Int) -> Statement<Self> { .sealedUserConfigurations(after: id, limit: limit) }

    static func store(_ values: UserConfigurationValues, in id: McpUserConfigurationID) -> Statement<Void> { .storeUserValues(values, in: id) }

    static func all(in tables: InMemoryTables) -> [Self] { tables.userConfigurations.all.map { Self($0) } }

    static func store(_ values: UserConfigurationValues, in id: McpUserConfigurationID, of tables: inout InMemoryTables) throws(DataError) {
        try tables.update(UserConfigurationRow.self, id.bytewise) { $0.configuration.values = values }
    }
}
