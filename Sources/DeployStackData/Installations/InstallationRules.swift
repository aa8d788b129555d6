import DeployStackModels

/// What the fields of an installation may be, and what a team may install.
enum InstallationRules {
    static func name(_ name: String) throws(DataError) -> String {
        try TextRule(field: "name", characters: 1...100, isTrimmed: true).checked(name)
    }

    /// Throws when a team may not install a server, given what it has already.
    static func validate(_ server: McpServer, usage: TeamUsage) throws(DataError) {
        let limits = usage.limits
        guard usage.total < limits.mcpServers else {
            throw .limitExceeded(.mcpServers, maximum: limits.mcpServers, current: usage.total)
        }
        if server.source == .github {
            guard limits.allowsGitHubServers else {
                throw .ruleViolation(.gitHubServersNotAllowed, "the team may not deploy servers from GitHub")
            }
            guard usage.github < limits.github else { throw .limitExceeded(.github, maximum: limits.github, current: usage.github) }
        } else if server.transport == .stdio {
            guard usage.nonHttp < limits.nonHttp else { throw .limitExceeded(.nonHttp, maximum: limits.nonHttp, current: usage.nonHttp) }
        }
    }

    /// Throws when a server cannot be installed, or the team cannot see it.
    static func validate(_ server: McpServer, for team: TeamID) throws(DataError) {
        guard server.visibility == .global || server.ownerTeamID == team else { throw .notFound(.server) }
        guard server.status != .disabled else { throw .ruleViolation(.serverDisabled, "a disabled server cannot be installed") }
    }

    /// How much later than the stored one a time of use must be to be written.
    static let touchInterval = Duration.seconds(60)

    /// The moment after which a stored time of use is young enough to stay.
    static func touchedBefore(_ time: Timestamp) -> Timestamp { time.subtracting(touchInterval) ?? .earliest }

    /// Throws when a list is asked for something that no server can have.
    static func validate(source: McpServerSource?) throws(DataError) {
        if let source, !source.isKnown { throw .validation("source", "it must be official_registry, manual or github") }
    }

    static let satelliteMissing = DataError.referenceMissing(.satellite, constraint: "mcpTeamInstallations_satellite_id_fkey")

    /// The name of an installation that is made without a person naming it.
    static func automaticName(of server: McpServer) -> String {
        String(String.UnicodeScalarView(server.name.unicodeScalars.prefix(100)))
    }

    /// The status of a new instance: it waits for its user when the server has a required personal value that the user has not given.
    ///
    /// - Parameters:
    ///   - server: The server with its schemas.
    ///   - values: What the user has given, sealed or not, or `nil` when that is nothing.
    static func initialStatus(for server: McpServer, given values: UserConfigurationValues?) -> McpInstanceStatus {
        guard let schema = server.details?.configuration.user else { return .provisioning }
        return ConfigurationResolution.missing(schema, values ?? UserConfigurationValues()).isEmpty ? .provisioning : .awaitingUserConfiguration
    }
}

/// One configurable element of a server.
struct SchemaEntry: Sendable {
    var name: String
    var isRequired: Bool
    var isSecret: Bool
    /// What stands in where nobody gave a value, or `nil`.
    var defaultValue: JSONValue?
    var hasDefault: Bool { defaultValue != nil }

    /// The entries of a schema; elements without a name are passed over.
    static func entries(of schema: JSONValue) -> [SchemaEntry] {
        (schema.array ?? []).compactMap { element in
            guard let name = element["name"]?.string else { return nil }
            return SchemaEntry(
                name: name, isRequired: element["required"]?.bool ?? false, isSecret: element["type"]?.string == "secret",
                defaultValue: element["default"].flatMap { $0.isNull ? nil : $0 })
        }
    }
}

extension NewInstallation {
    /// The installation as far as it can be checked without the server, or a validation error.
    func validated() throws(DataError) -> NewInstallation {
        var installation = self
        installation.name = try InstallationRules.name(name)
        guard type.isKnown else { throw .validation("type", "it must be global or team") }
        try configuration.validateShapes()
        return installation
    }

    /// The configuration as it is stored in an installation of a server.
    func sealedConfiguration(
        for server: McpServer, id: McpInstallationID, in environment: StoreEnvironment
    ) throws(DataError) -> TeamConfiguration {
        let schema = server.details?.configuration.team ?? McpConfigurationSchemas.Tier()
        return try configuration.sealed(for: schema, with: environment.cipher, at: .installation(id))
    }
}

extension TeamConfiguration {
    /// Throws when a kind has another shape than it must.
    func validateShapes() throws(DataError) {
        try JSONRule(field: "configuration.args", shape: .array).validate(args)
        try JSONRule(field: "configuration.env", shape: .object).validate(env)
        try JSONRule(field: "configuration.headers", shape: .object).validate(headers)
        try JSONRule(field: "configuration.queryParams", shape: .object).validate(queryParams)
    }
}

extension McpInstallation {
    /// The record of a new installation, its secrets encrypted.
    init(_ new: NewInstallation, of server: McpServer, team: TeamID, user: UserID, in environment: StoreEnvironment) throws(DataError) {
        let now = environment.now()
        let id = McpInstallationID(environment.makeID())
        self.init(
            id: id, teamID: team, serverID: server.id, createdBy: user, name: new.name, type: new.type,
            configuration: try new.sealedConfiguration(for: server, id: id, in: environment), settings: [:],
            satelliteID: new.satelliteID, createdAt: now, updatedAt: now, lastUsedAt: nil)
    }
}

extension McpInstallation {
    /// The installation as it is read: secrets are masked.
    var masked: McpInstallation {
        var installation = self
        installation.configuration = configuration.masked
        return installation
    }

    /// The stored installation as it is read, with its secrets shown as a reader asks for.
    func revealed(_ reveal: SecretReveal, with cipher: SecretCipher?) throws(DataError) -> McpInstallation {
        var installation = self
        installation.configuration = try configuration.revealed(reveal, with: cipher, at: .installation(id))
        return installation
    }
}

extension DataError {
    /// Whether the error is about one thing that was asked for, so that something else may still succeed; not about the connection, the transaction or the task.
    var isAboutTheRequest: Bool {
        switch kind {
        case .notFound, .alreadyExists, .limitExceeded, .validation, .ruleViolation, .referenceMissing, .inUse, .internal, .undecryptable: true
        default: false
        }
    }
}
