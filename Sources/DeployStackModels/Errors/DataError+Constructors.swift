extension DataError {
    /// An input that is not acceptable.
    ///
    /// - Parameters:
    ///   - field: The name of the property or argument.
    ///   - reason: What is allowed, without the value.
    public static func validation(_ field: String, _ reason: String) -> DataError {
        DataError(.validation, field: field, reason: reason)
    }

    /// Something that does not exist.
    public static func notFound(_ entity: Entity) -> DataError {
        DataError(.notFound, entity: entity)
    }

    /// A broken rule.
    public static func ruleViolation(_ rule: Rule, _ reason: String? = nil) -> DataError {
        DataError(.ruleViolation, reason: reason, rule: rule)
    }

    /// A limit that was met.
    public static func limitExceeded(_ kind: Limit.Kind, maximum: Int, current: Int) -> DataError {
        DataError(.limitExceeded, limit: Limit(kind, maximum: maximum, current: current))
    }

    /// A reference to something that does not exist.
    public static func referenceMissing(_ entity: Entity, constraint: String? = nil) -> DataError {
        DataError(.referenceMissing, entity: entity, constraint: constraint)
    }

    /// Something that others still use.
    public static func inUse(_ entity: Entity, _ reason: String? = nil) -> DataError {
        DataError(.inUse, entity: entity, reason: reason)
    }

    /// A unique value that is taken.
    public static func alreadyExists(_ entity: Entity, _ field: String, constraint: String? = nil) -> DataError {
        DataError(.alreadyExists, entity: entity, field: field, constraint: constraint)
    }
}
