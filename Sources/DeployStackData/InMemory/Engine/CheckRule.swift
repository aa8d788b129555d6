import DeployStackModels

/// A CHECK of an in-memory table.
struct CheckRule<Row>: Sendable {
    /// The database's name for the check.
    let name: String
    /// The columns that the check looks at.
    let columns: [String]
    private let holds: @Sendable (Row) -> Bool?

    /// Declares a check.
    ///
    /// - Parameters:
    ///   - name: The database's name for it.
    ///   - columns: The columns that it looks at.
    ///   - holds: Whether a row meets it. As in SQL, `nil`, which stands for null, passes.
    init(_ name: String, _ columns: String..., holds: @escaping @Sendable (Row) -> Bool?) {
        self.name = name
        self.columns = columns
        self.holds = holds
    }

    /// Declares the check that a column holds a JSON value of one shape.
    init(_ name: String, _ column: String, is shape: JSONRule.Shape, _ json: @escaping @Sendable (Row) -> JSONValue?) {
        self.init(name, column) { row in json(row)?.hasShape(shape) }
    }

    /// Whether a row breaks the check.
    func isBroken(by row: Row) -> Bool {
        holds(row) == false
    }

    /// The error for a row that breaks the check.
    var violation: DataError {
        ConstraintMeaning.named(name)?.error ?? DataError(.validation, constraint: name)
    }
}

extension JSONValue {
    /// Whether the value is an array, or an object, as `jsonb_typeof` says.
    fileprivate func hasShape(_ shape: JSONRule.Shape) -> Bool {
        switch (shape, kind) {
        case (.array, .array), (.object, .object): true
        default: false
        }
    }
}
