import DeployStackModels

/// What a broken constraint of the schema means to a user of the library.
///
/// Both backends name constraints as the migrations do and ask here for the error, so they cannot disagree. Every constraint of the schema is
/// listed; a test compares the list with a migrated database.
struct ConstraintMeaning: Sendable, Hashable {
    /// What kind of rule the constraint is.
    enum Rule: Sendable, Hashable {
        /// A value, or a combination of values, that may exist once.
        case unique(field: String)
        /// A reference to another entity.
        case reference(to: DataError.Entity)
        /// A condition on the row itself.
        case check(field: String)
    }

    /// The constraint's name in the database.
    var name: String
    /// The table that has the constraint.
    var table: String
    /// The entity that the table stores.
    var entity: DataError.Entity
    var rule: Rule

    /// The error when a row breaks the constraint on being inserted or changed.
    var error: DataError {
        switch rule {
        case .unique(let field): DataError(.alreadyExists, entity: entity, field: field, constraint: name)
        case .reference(let target): DataError(.referenceMissing, entity: target, constraint: name)
        case .check(let field): DataError(.validation, entity: entity, field: field, reason: "the database does not accept it", constraint: name)
        }
    }

    /// The error when a row cannot be deleted because another refers to it.
    var deletionError: DataError {
        guard case .reference(let target) = rule else { return error }
        return DataError(.inUse, entity: target, constraint: name)
    }

    /// What a constraint means, or `nil` when the schema has none of that name.
    static func named(_ name: String) -> ConstraintMeaning? { byName[name] }

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
