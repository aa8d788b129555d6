/// One SQL statement: its text, its parameters, and how each row of its answer becomes an `Output`.
///
/// A literal is enough where `Output` says by itself how it is read: a row type, a single value, or `Void` for a statement without rows. A join
/// says in a closure what it reads, from left to right:
///
/// ```swift
/// let team: Statement<Team> = """
///     SELECT \(Team.columns) FROM "teams" WHERE "id" = \(id)
///     """
/// let renamed: Statement<Void> = """
///     UPDATE "teams" SET "name" = \(name) WHERE "id" = \(id)
///     """
/// let pair = Statement("""
///     SELECT \(Team.columns["t"]), \(User.columns["u"]) FROM …
///     """) { row in (team: try row.read() as Team, owner: try row.readIfPresent() as User?) }
/// ```
///
/// Interpolated values become parameters, never text. Making a statement neither builds nor hashes SQL, except for the first time.
package struct Statement<Output: Sendable>: Sendable {
    /// Reads one row; `nil` if `Output` says how.
    let decode: (@Sendable (inout RowReader) throws -> Output)?

    /// What stays the same from call to call.
    package let shape: StatementShape

    /// The values of this call.
    package let parameters: ParameterBuffer

    /// Makes a statement whose rows are read by a closure.
    ///
    /// - Parameters:
    ///   - text: The SQL, as a literal.
    ///   - decode: Reads every column of one row, from left to right.
    package init(_ text: StatementText, decode: @escaping @Sendable (inout RowReader) throws -> Output) {
        self.decode = decode
        self.shape = text.shape
        self.parameters = text.parameters
    }

    /// Makes a statement of a shape that is no literal of the program, such as an `EXPLAIN` of another statement.
    init(shape: StatementShape, parameters: ParameterBuffer) {
        self.decode = nil
        self.shape = shape
        self.parameters = parameters
    }

    /// Makes a statement whose rows are read as `Output` says: a ``RowDecodable``, a ``PostgresValue``, or `Void` for none.
    package init(_ text: StatementText) {
        self.decode = nil
        self.shape = text.shape
        self.parameters = text.parameters
    }
}

// The conformance cannot be limited to the outputs that can be read without a closure, because `Void` can conform to nothing. What a literal
// of another type lacks is reported by the check of all statements against the database, and as an error when the statement is run.
extension Statement: ExpressibleByStringInterpolation {
    /// Makes a statement without parameters.
    package init(stringLiteral text: StaticString) {
        self.init(StatementText(stringLiteral: text))
    }

    /// Makes a statement of a literal with values and column lists in it.
    package init(stringInterpolation interpolation: StatementInterpolation) {
        self.init(StatementText(stringInterpolation: interpolation))
    }
}

/// A type that is read from consecutive columns of a row.
package protocol RowDecodable: Sendable {
    /// The columns in the order in which ``init(row:)`` reads them. The first one is the type's key: it is NULL only where an outer join
    /// found no row.
    static var columns: ColumnList { get }

    /// Reads the columns, one call of `row.read()` for each.
    init(row: inout RowReader) throws(PostgresError)
}
