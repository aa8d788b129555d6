import DeployStackModels

extension TeamConfiguration {
    /// The configuration as it is stored: required values are there, and values that the schema calls secret are encrypted.
    ///
    /// - Throws: ``DataError`` of kind `.validation` that names the first required value that is blank; `.ruleViolation` with rule
    ///   `encryptionSecretRequired` when there is a secret and nothing to encrypt it with.
    func sealed(for schema: McpConfigurationSchemas.Tier, with cipher: SecretCipher?) throws(DataError) -> TeamConfiguration {
        TeamConfiguration(
            args: try Self.sealed(args, schema.args, "configuration.args", cipher),
            env: try Self.sealed(env, schema.env, "configuration.env", cipher),
            headers: try Self.sealed(headers, schema.headers, "configuration.headers", cipher),
            queryParams: try Self.sealed(queryParams, schema.queryParams, "configuration.queryParams", cipher))
    }

    /// The configuration as it is read: secrets are masked.
    var masked: TeamConfiguration {
        TeamConfiguration(args: args?.masked, env: env?.masked, headers: headers?.masked, queryParams: queryParams?.masked)
    }

    private static func sealed(
        _ values: JSONValue?, _ schema: JSONValue, _ field: String, _ cipher: SecretCipher?
    ) throws(DataError) -> JSONValue? {
        guard var values else { return nil }
        for entry in SchemaEntry.entries(of: schema) {
            let value = Self.value(named: entry.name, in: values)
            if entry.isRequired, value.map(isBlank) ?? true {
                throw .validation("\(field).\(entry.name)", "it is required and must not be blank")
            }
            if entry.isSecret, let value, !value.isNull {
                // Whoever read a configuration and sends it on has only the mask; stored, it would pass for the secret.
                guard value.string != SecretCipher.mask else {
                    throw .validation("\(field).\(entry.name)", "it must be the secret itself and not its mask")
                }
                guard let cipher else {
                    throw .ruleViolation(.encryptionSecretRequired, "open the store with an encryption secret to store secrets")
                }
                values = replacing(entry.name, in: values, with: try cipher.seal(value.string ?? value.text))
            }
        }
        return values
    }

    /// The value of an entry: a member of an object, or the `value` of the array's element of that name.
    private static func value(named name: String, in values: JSONValue) -> JSONValue? {
        if let elements = values.array {
            return elements.first { $0["name"]?.string == name }?["value"]
        }
        return values[name]
    }

    private static func replacing(_ name: String, in values: JSONValue, with sealed: JSONValue) -> JSONValue {
        if let elements = values.array {
            return .array(elements.map { $0["name"]?.string == name ? $0.setting("value", to: sealed) : $0 })
        }
        return values.setting(name, to: sealed)
    }

    private static func isBlank(_ value: JSONValue) -> Bool {
        value.isNull || value.string.map { $0.trimmingWhitespace().isEmpty } ?? false
    }
}

extension JSONValue {
    /// The object with one member set.
    fileprivate func setting(_ key: String, to value: JSONValue) -> JSONValue {
        guard case .object(var object) = kind else { return self }
        object[key] = value
        return .object(object)
    }
}
