import DeployStackModels

/// What a JSON value may be.
struct JSONRule: Sendable {
    enum Shape: String {
        case array
        case object
    }

    var field: String
    var shape: Shape

    /// Throws when the value has another shape, is too large or too deep, or holds U+0000, which jsonb cannot.
    func validate(_ value: JSONValue) throws(DataError) {
        let hasShape =
            switch shape {
            case .array: value.array != nil
            case .object: value.object != nil
            }
        guard hasShape else { throw .validation(field, "it must be a JSON \(shape)") }
        do {
            try value.requireStorable()
        } catch {
            throw .validation(field, "it must be JSON of at most 64 levels and 1 MiB, without the character U+0000")
        }
    }

    func validate(_ value: JSONValue?) throws(DataError) {
        if let value { try validate(value) }
    }
}
