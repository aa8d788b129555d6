extension JSONValue {
    /// Whether this value contains another one, as jsonb's operator `@>` has it.
    ///
    /// An object contains another one if it has each of its keys with a value that contains the other's. An array contains another one if each
    /// element of the other is equal to one of its own, or contained in it if both are arrays or objects; order and repetition do not matter. An
    /// array also contains a single string, number, Boolean or null among its elements, but only at the outermost level. Anything else contains
    /// what it equals.
    ///
    /// - Parameter other: The value to look for. Empty arrays and objects are contained in every array or object.
    /// - Returns: Exactly what the server would answer.
    public func contains(_ other: JSONValue) -> Bool {
        if case .array(let elements) = kind, !other.isContainer { return elements.contains(other) }
        return containsNested(other)
    }

    /// Containment below the outermost level.
    private func containsNested(_ other: JSONValue) -> Bool {
        switch (kind, other.kind) {
        case (.object(let object), .object(let pattern)):
            pattern.allSatisfy { key, value in object[key]?.containsNested(value) ?? false }
        case (.array(let elements), .array(let pattern)):
            Self.elements(elements, contain: pattern)
        case (let left, let right):
            left == right
        }
    }

    private static func elements(_ elements: [JSONValue], contain pattern: [JSONValue]) -> Bool {
        // With many on both sides, looking up beats comparing each with each.
        let lookup = elements.count > 16 && pattern.count > 16 ? Set(elements) : nil
        return pattern.allSatisfy { wanted in
            if wanted.isContainer { return elements.contains { $0.isContainer && $0.containsNested(wanted) } }
            return lookup?.contains(wanted) ?? elements.contains(wanted)
        }
    }

    private var isContainer: Bool {
        switch kind {
        case .object, .array: true
        case .string, .number, .bool, .null: false
        }
    }
}
