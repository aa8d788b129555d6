import DeployStackModels

/// The values of one tier in their four kinds, each as a whole.
protocol ConfiguredValues {
    /// Whether a kind that is given must have all of its required values. Where it need not, only those that are there must not be blank.
    static var needsAllRequired: Bool { get }

    var args: JSONValue? { get set }
    var env: JSONValue? { get set }
    var headers: JSONValue? { get set }
    var queryParams: JSONValue? { get set }

    init(args: JSONValue?, env: JSONValue?, headers: JSONValue?, queryParams: JSONValue?)
}

extension TeamConfiguration: ConfiguredValues {
    static let needsAllRequired = true
}

extension UserConfigurationValues: ConfiguredValues {
    static let needsAllRequired = false
}

extension ConfiguredValues {
    /// The configuration as it is stored: required values are there, and values that the schema calls secret are encrypted.
    ///
    /// A value that is written as the mask, `*****`, stays as it is stored. Each of the four kinds is taken as a whole, and one that is not set stays unset.
    ///
    /// - Parameters:
    ///   - schema: What may be configured.
    ///   - cipher: What encrypts, or `nil` when the store was opened without a secret.
    ///   - place: Where the configuration is stored.
    ///   - stored: What is stored until now, sealed; `nil` for a new configuration.
    /// - Throws: ``DataError`` of kind `.validation` that names the first required value that is blank, the first mask with no stored secret behind it, or the
    ///   kind in which there is a value that passes for an encrypted one; `.ruleViolation` with rule `encryptionSecretRequired` when there is a secret and
    ///   nothing to encrypt it with.
    func sealed(
        for schema: McpConfigurationSchemas.Tier, with cipher: SecretCipher?, at place: SecretPlace, keeping stored: Self? = nil
    ) throws(DataError) -> Self {
        func sealed(_ values: JSONValue?, _ stored: JSONValue?, _ schema: JSONValue, _ kind: String) throws(DataError) -> JSONValue? {
            guard let values else { return nil }
            return try ValueSealing(
                entries: SchemaEntry.entries(of: schema), field: "configuration.\(kind)", needsAllRequired: Self.needsAllRequired,
                cipher: cipher, place: place.within(kind)
            )
            .sealed(values, keeping: stored)
        }
        return Self(
            args: try sealed(args, stored?.args, schema.args, "args"), env: try sealed(env, stored?.env, schema.env, "env"),
            headers: try sealed(headers, stored?.headers, schema.headers, "headers"),
            queryParams: try sealed(queryParams, stored?.queryParams, schema.queryParams, "queryParams"))
    }

    /// The configuration as it is read: secrets are masked.
    var masked: Self {
        Self(args: args?.masked, env: env?.masked, headers: headers?.masked, queryParams: queryParams?.masked)
    }

    /// The configuration as it is read, with its secrets shown as a reader asks for.
    ///
    /// - Throws: ``DataError`` of kind `.undecryptable`, or `.ruleViolation` with rule `encryptionSecretRequired`, when a secret is to be decrypted and cannot.
    func revealed(_ reveal: SecretReveal, with cipher: SecretCipher?, at place: SecretPlace) throws(DataError) -> Self {
        guard reveal == .decrypted else { return masked }
        return try mapSealed(at: place) { text, place throws(DataError) in
            guard let cipher else { throw SecretCipher.secretRequiredToReveal }
            let text = try cipher.open(stored: text, at: place)
            return (try? JSONValue(stored: Array(text.utf8))) ?? .string(text)
        }
    }

    /// The stored configuration with all of its secrets encrypted with the current key; equal to what it was when they are already.
    func resealed(with cipher: SecretCipher, at place: SecretPlace) throws(DataError) -> Self {
        try mapSealed(at: place) { text, place throws(DataError) in
            try cipher.reseal(stored: text, at: place)?.json
        }
    }

    /// The stored configuration with everything encrypted that a schema calls secret, also what was stored before the schema did; equal to what it was when it
    /// is already.
    ///
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `encryptionSecretRequired` when there is a secret and nothing to encrypt it with.
    func sealedThroughout(
        for schema: McpConfigurationSchemas.Tier, with cipher: SecretCipher?, at place: SecretPlace
    ) throws(DataError) -> Self {
        func sealed(_ values: JSONValue?, _ schema: JSONValue, _ kind: String) throws(DataError) -> JSONValue? {
            let names = SchemaEntry.secretNames(of: schema)
            guard !names.isEmpty else { return values }
            return try values?.mapEntries { name, _, value throws(DataError) in
                guard names.contains(BytewiseString(name)), !value.isNull, !value.isSealed else { return value }
                guard let cipher else { throw SecretCipher.secretRequired }
                return try cipher.seal(value.text, at: place.within(kind).within(name)).json
            }
        }
        return Self(
            args: try sealed(args, schema.args, "args"), env: try sealed(env, schema.env, "env"),
            headers: try sealed(headers, schema.headers, "headers"), queryParams: try sealed(queryParams, schema.queryParams, "queryParams"))
    }

    /// Replaces each encrypted value by what a closure makes of it, or leaves it for `nil`.
    private func mapSealed(
        at place: SecretPlace, _ transform: (String?, SecretPlace) throws(DataError) -> JSONValue?
    ) throws(DataError) -> Self {
        func mapped(_ values: JSONValue?, _ kind: String) throws(DataError) -> JSONValue? {
            try values?.mapEntries { name, _, value throws(DataError) in
                guard let text = value.sealedText else { return value }
                return try transform(text, place.within(kind).within(name)) ?? value
            }
        }
        return Self(
            args: try mapped(args, "args"), env: try mapped(env, "env"), headers: try mapped(headers, "headers"),
            queryParams: try mapped(queryParams, "queryParams"))
    }
}

/// Seals the values of one kind.
private struct ValueSealing {
    let entries: [SchemaEntry]
    let field: String
    let needsAllRequired: Bool
    let cipher: SecretCipher?
    let place: SecretPlace

    func sealed(_ values: JSONValue, keeping stored: JSONValue?) throws(DataError) -> JSONValue {
        guard !values.holdsSealed else {
            throw .validation(field, "an object whose only member is \(SealedSecret.marker) stands for an encrypted value and cannot be handed in")
        }
        for entry in entries where entry.isRequired && (values.value(named: entry.name, 0)?.isBlank ?? needsAllRequired) {
            throw .validation("\(field).\(entry.name)", "it is required and must not be blank")
        }
        return try values.mapEntries { name, number, value throws(DataError) in
            let isMask = value.string == SealedSecret.mask
            if isMask, let kept = stored?.value(named: name, number), kept.isSealed { return kept }
            guard entries.first(where: { $0.name.hasSameBytes(as: name) })?.isSecret ?? false, !value.isNull else { return value }
            // Whoever read a configuration and sends it on has only the mask; stored, it would pass for the secret.
            guard !isMask else { throw .validation("\(field).\(name)", "it must be the secret itself and not its mask") }
            guard let cipher else { throw SecretCipher.secretRequired }
            return try cipher.seal(value.text, at: place.within(name)).json
        }
    }
}

// The values of one kind: the members of an object, or the elements of an array that have a `name` and a `value`. In an array, a name can stand more than once.
extension JSONValue {
    /// The value with a name, the first or one that stands further back.
    fileprivate func value(named name: String, _ number: Int) -> JSONValue? {
        guard let elements = array else { return number == 0 ? self[name] : nil }
        let named = elements.filter { $0["name"]?.string?.hasSameBytes(as: name) ?? false }
        return named.indices.contains(number) ? named[number]["value"] : nil
    }

    /// The values, each replaced by what a closure makes of its name, how many of that name stand before it, and itself.
    fileprivate func mapEntries(_ transform: (String, Int, JSONValue) throws(DataError) -> JSONValue) throws(DataError) -> JSONValue {
        switch kind {
        case .object(var members):
            for key in members.keys {
                if let value = members[key] { members[key] = try transform(key, 0, value) }
            }
            return .object(members)
        case .array(var elements):
            var seen: [BytewiseString: Int] = [:]
            for index in elements.indices {
                guard case .object(var members) = elements[index].kind, let name = members["name"]?.string else { continue }
                let number = seen[BytewiseString(name), default: 0]
                seen[BytewiseString(name)] = number + 1
                guard let value = members["value"] else { continue }
                members["value"] = try transform(name, number, value)
                elements[index] = .object(members)
            }
            return .array(elements)
        default: return self
        }
    }
}
