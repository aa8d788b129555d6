import DeployStackModels

/// A refused call: the whole typed error, as both backends must give it.
struct Refusal: Codable, Equatable {
    var kind: String
    var entity: String?
    var field: String?
    var rule: String?
    var limit: String?
    var constraint: String?
    var description: String

    init(_ error: DataError) {
        kind = error.kind.rawValue
        entity = error.entity?.rawValue
        field = error.field
        rule = error.rule?.rawValue
        limit = error.limit.map { "\($0.kind.rawValue) \($0.current)/\($0.maximum)" }
        constraint = error.constraint
        description = error.description
    }

    /// The error on one line, as a caller's `switch` sees it.
    var text: String {
        let parts = [entity, field, rule.map { "rule \($0)" }].compactMap(\.self)
        return "\(kind)\(parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"): \(description)"
    }
}
