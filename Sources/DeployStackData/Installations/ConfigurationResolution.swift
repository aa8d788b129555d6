import DeployStackModels

/// Puts the three tiers of a configuration together.
struct ConfigurationResolution {
    let schemas: McpConfigurationSchemas
    /// The team's values, their secrets as a reader shall see them.
    let team: TeamConfiguration
    /// The user's values, their secrets as a reader shall see them.
    let user: UserConfigurationValues

    func resolved() -> ResolvedConfiguration {
        ResolvedConfiguration(
            args: arguments(),
            env: named(schemas.template.env, schemas.team.env, schemas.user.env, team.env, user.env),
            headers: named(schemas.template.headers, schemas.team.headers, schemas.user.headers, team.headers, user.headers),
            queryParams: named(
                schemas.template.queryParams, schemas.team.queryParams, schemas.user.queryParams, team.queryParams, user.queryParams),
            missingRequired: Self.missing(schemas.user, user))
    }

    /// What a user has yet to give: required entries without a default for which there is no value, or a blank one.
    static func missing(_ schema: McpConfigurationSchemas.Tier, _ values: UserConfigurationValues) -> [ResolvedConfiguration.MissingValue] {
        let kinds: [(ConfigurationKind, JSONValue, JSONValue?)] = [
            (.args, schema.args, values.args), (.env, schema.env, values.env), (.headers, schema.headers, values.headers),
            (.queryParams, schema.queryParams, values.queryParams),
        ]
        return kinds.flatMap { kind, schema, values in
            SchemaEntry.entries(of: schema)
                .filter { $0.isRequired && !$0.hasDefault && (values?[$0.name]?.isBlank ?? true) }
                .map { ResolvedConfiguration.MissingValue(kind: kind, name: $0.name) }
        }
    }

    /// The values of a kind that is looked up by name.
    private func named(
        _ template: JSONValue, _ teamSchema: JSONValue, _ userSchema: JSONValue, _ team: JSONValue?, _ user: JSONValue?
    ) -> JSONObject {
        var result = JSONObject()
        var locked: Set<BytewiseString> = []
        for value in TemplateValue.values(of: template) {
            guard let name = value.name else { continue }
            result[name] = value.value
            if value.isLocked { locked.insert(BytewiseString(name)) }
        }
        for (name, value) in (team?.object ?? [:]).map({ $0 }) + (user?.object ?? [:]).map({ $0 })
        where !value.isNull && !locked.contains(BytewiseString(name)) {
            result[name] = value
        }
        for entry in SchemaEntry.entries(of: userSchema) + SchemaEntry.entries(of: teamSchema) where result[entry.name] == nil {
            result[entry.name] = entry.defaultValue
        }
        return result
    }

    /// The arguments of the template, the team and the user, one after the other.
    private func arguments() -> [ResolvedConfiguration.Argument] {
        let fixed = TemplateValue.values(of: schemas.template.args)
        let locked = Set(fixed.filter(\.isLocked).compactMap { $0.name.map { BytewiseString($0) } })
        let ofTeam = TemplateValue.values(of: team.args ?? []).filter { !$0.isNamed(in: locked) }
        let ofUser = userArguments().filter { !$0.isNamed(in: locked) }
        let given = Set((fixed + ofTeam + ofUser).compactMap { $0.name.map { BytewiseString($0) } })
        let userDefaults = TemplateValue.defaults(of: schemas.user.args, except: given)
        let named = given.union(userDefaults.compactMap { $0.name.map { BytewiseString($0) } })
        let teamDefaults = TemplateValue.defaults(of: schemas.team.args, except: named)
        return fixed.map { $0.argument(.template) } + (ofTeam + teamDefaults).map { $0.argument(.team) }
            + (ofUser + userDefaults).map { $0.argument(.user) }
    }

    /// The user's arguments, in the order of the schema; those that it does not mention follow.
    private func userArguments() -> [TemplateValue] {
        var rest = (user.args?.object ?? [:]).filter { !$0.value.isNull }
        var arguments: [(key: String, value: JSONValue)] = []
        for entry in SchemaEntry.entries(of: schemas.user.args) {
            guard let index = rest.firstIndex(where: { $0.key.hasSameBytes(as: entry.name) }) else { continue }
            arguments.append(rest.remove(at: index))
        }
        return (arguments + rest).map { TemplateValue(name: $0.key, value: $0.value, isLocked: false) }
    }
}

/// A value that is written down in an array: an element `{"name", "value", "locked"}`, or the value alone.
private struct TemplateValue {
    var name: String?
    var value: JSONValue
    var isLocked: Bool

    /// The values in an array; elements without a value are passed over.
    static func values(of array: JSONValue) -> [TemplateValue] {
        (array.array ?? []).compactMap { element in
            guard let members = element.object else { return element.isNull ? nil : TemplateValue(name: nil, value: element, isLocked: false) }
            guard let value = members["value"], !value.isNull else { return nil }
            return TemplateValue(name: members["name"]?.string, value: value, isLocked: members["locked"]?.bool ?? false)
        }
    }

    /// The defaults of a schema's entries, without those that somebody gave a value.
    static func defaults(of schema: JSONValue, except given: Set<BytewiseString>) -> [TemplateValue] {
        SchemaEntry.entries(of: schema).compactMap { entry in
            guard !given.contains(BytewiseString(entry.name)), let value = entry.defaultValue else { return nil }
            return TemplateValue(name: entry.name, value: value, isLocked: false)
        }
    }

    func isNamed(in names: Set<BytewiseString>) -> Bool {
        name.map { names.contains(BytewiseString($0)) } ?? false
    }

    func argument(_ tier: ConfigurationTier) -> ResolvedConfiguration.Argument {
        ResolvedConfiguration.Argument(name: name, value: value, tier: tier)
    }
}

extension JSONValue {
    /// Whether there is nothing in a configured value: null, or a text of white space.
    var isBlank: Bool {
        isNull || string.map { $0.trimmingWhitespace().isEmpty } ?? false
    }
}
