import DeployStackModels

extension InstallationPatch {
    /// The patch as far as it can be checked without the installation, or a validation error.
    func validated() throws(DataError) -> InstallationPatch {
        var patch = self
        if let name { patch.name = try InstallationRules.name(name) }
        if let type, !type.isKnown { throw .validation("type", "it must be global or team") }
        try given.validateShapes()
        return patch
    }

    /// The installation as the patch leaves it.
    ///
    /// - Parameters:
    ///   - stored: The installation until now, its secrets encrypted.
    ///   - server: What is installed.
    ///   - environment: Where the time and the cipher come from.
    func applied(to stored: McpInstallation, of server: McpServer, in environment: StoreEnvironment) throws(DataError) -> McpInstallation {
        if case .set(let satellite) = satelliteID, !IdentifierRule.canExist(satellite) { throw InstallationRules.satelliteMissing }
        let schema = server.details?.configuration.team ?? McpConfigurationSchemas.Tier()
        let sealed = try given.sealed(for: schema, with: environment.cipher, at: .installation(stored.id), keeping: stored.configuration)
        var installation = stored
        if let name { installation.name = name }
        if let type { installation.type = type }
        installation.satelliteID = satelliteID.applied(to: stored.satelliteID)
        installation.configuration = TeamConfiguration(
            args: args.applied(to: stored.configuration.args, sealed: sealed.args),
            env: env.applied(to: stored.configuration.env, sealed: sealed.env),
            headers: headers.applied(to: stored.configuration.headers, sealed: sealed.headers),
            queryParams: queryParams.applied(to: stored.configuration.queryParams, sealed: sealed.queryParams))
        installation.updatedAt = environment.now()
        return installation
    }

    /// The kinds of value that are set.
    private var given: TeamConfiguration {
        TeamConfiguration(args: args.value, env: env.value, headers: headers.value, queryParams: queryParams.value)
    }
}

extension FieldPatch {
    /// The value that is set, or `nil`.
    var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }

    /// The new value, given the present one and the form in which a new one is stored.
    func applied(to current: Value?, sealed: Value?) -> Value? {
        switch self {
        case .unchanged: current
        case .clear: nil
        case .set: sealed
        }
    }
}

/// A change of an installation's settings: members to set, and keys to remove.
struct SettingsChange: Sendable {
    /// The key under which a team turns the logging of requests off.
    static let requestLogging = "request_logging_enabled"

    let set: JSONValue
    let removed: [String]

    /// Reads a change from a JSON object in which `null` removes a key.
    init(_ settings: JSONValue) throws(DataError) {
        try JSONRule(field: "settings", shape: .object).validate(settings)
        let members = settings.object ?? [:]
        if let flag = members[Self.requestLogging], flag.bool == nil, !flag.isNull {
            throw .validation("settings.\(Self.requestLogging)", "it must be true or false, or null to remove it")
        }
        set = .object(JSONObject(members.filter { !$0.value.isNull }.map { ($0.key, $0.value) }))
        removed = members.filter(\.value.isNull).map(\.key)
    }

    /// The settings as the change leaves them.
    func applied(to settings: JSONValue) -> JSONValue {
        var members = settings.object ?? [:]
        for (key, value) in set.object ?? [:] { members[key] = value }
        for key in removed { members[key] = nil }
        return .object(members)
    }
}
