import DeployStackModels

extension UserConfigurationValues {
    /// Throws when a kind has another shape than it must.
    func validateShapes() throws(DataError) {
        try JSONRule(field: "configuration.args", shape: .object).validate(args)
        try JSONRule(field: "configuration.env", shape: .object).validate(env)
        try JSONRule(field: "configuration.headers", shape: .object).validate(headers)
        try JSONRule(field: "configuration.queryParams", shape: .object).validate(queryParams)
    }
}

extension UserConfigurationPatch {
    /// The kinds of value that are set.
    var given: UserConfigurationValues {
        UserConfigurationValues(args: args.value, env: env.value, headers: headers.value, queryParams: queryParams.value)
    }

    /// The stored values as the patch leaves them.
    func applied(to stored: UserConfigurationValues, sealed: UserConfigurationValues) -> UserConfigurationValues {
        UserConfigurationValues(
            args: args.applied(to: stored.args, sealed: sealed.args), env: env.applied(to: stored.env, sealed: sealed.env),
            headers: headers.applied(to: stored.headers, sealed: sealed.headers),
            queryParams: queryParams.applied(to: stored.queryParams, sealed: sealed.queryParams))
    }
}

extension McpUserConfiguration {
    /// The record of a new configuration.
    init(_ values: UserConfigurationValues, of installation: McpInstallationID, user: UserID, in environment: StoreEnvironment) {
        let now = environment.now()
        self.init(
            id: McpUserConfigurationID(environment.makeID()), installationID: installation, userID: user, values: values, createdAt: now,
            updatedAt: now, lastUsedAt: nil)
    }

    /// The configuration as it is read: secrets are masked.
    var masked: McpUserConfiguration {
        var configuration = self
        configuration.values = values.masked
        return configuration
    }

    /// The stored configuration as it is read, with its secrets shown as a reader asks for.
    func revealed(_ reveal: SecretReveal, with cipher: SecretCipher?) throws(DataError) -> McpUserConfiguration {
        var configuration = self
        configuration.values = try values.revealed(reveal, with: cipher, at: .userConfiguration(of: userID, for: installationID))
        return configuration
    }
}

/// Which way an instance's status goes when its user's configuration changed.
struct StatusMove: Sendable, Hashable {
    var from: McpInstanceStatus
    var to: McpInstanceStatus

    /// The move that a change makes, or `nil`.
    ///
    /// - Parameters:
    ///   - schema: What the user may set.
    ///   - old: The user's values until now, sealed.
    ///   - new: The user's values from now on, sealed.
    static func moves(
        _ schema: McpConfigurationSchemas.Tier, from old: UserConfigurationValues?, to new: UserConfigurationValues
    ) -> [StatusMove] {
        let isComplete = ConfigurationResolution.missing(schema, new).isEmpty
        var moves: [StatusMove] = []
        // An instance that runs must begin again with the new values, or stop when it lacks one.
        if old ?? UserConfigurationValues() != new {
            moves.append(StatusMove(from: .online, to: isComplete ? .restarting : .awaitingUserConfiguration))
        }
        if isComplete { moves.append(StatusMove(from: .awaitingUserConfiguration, to: .provisioning)) }
        return moves
    }
}
