/// One SQL statement: its text, its parameters, and how each row of its answer becomes an `Output`.
///
/// For a row type the literal is enough; a join says in a closure what it reads, from left to right; a statement without rows is a
/// `Statement<Void>`:
///
/// ```swift
/// let team: Statement<Team> = """
///     SELECT \(Team.columns) FROM "teams" WHERE "id" = \(id)
///     """
/// let renamed = Statement<Void>("""
///     UPDATE "teams" SET "name" = \(name) WHERE "id" = \(id)
///     """)
/// ```
///
/// Interpolated values become parameters, never text. Making a statement neither builds nor hashes SQL, except for the first time.
package struct Statement<Output: Sendable>: Sendable {
    /// Reads one row; `nil` if the statement's rows, if any, are not looked at.
    let decode: (@Sendable (inout RowReader) throws(PostgresError) -> Output)?

    /// What stays the same from call to call.
    package let shape: StatementShape

    /// The values of this call.
    package let parameters: ParameterBuffer

    /// Makes a statement whose rows are read by a closure.
    ///
    /// - Parameters:
    ///   - text: The SQL, as a literal.
    ///   - decode: Reads every column of one row, from left to right.
    package init(_ text: StatementText, decode: @escaping @Sendable (inout RowReader) throws(PostgresError) -> Output) {
        self.decode = decode
        self.shape = text.shape
        self.parameters = text.parameters
    }

    /// Makes a statement without rows. Should it have some, they are not read.
    package init(_ text: StatementText) where Output == Void {
        self.decode = nil
        self.shape = text.shape
        self.parameters = text.parameters
    }

    /// Makes a statement whose rows have one column, for example `SELECT count(*) …`.
    package init(_ text: StatementText) where Output: PostgresValue {
        self.init(text) { row throws(PostgresError) in try row.read() }
    }

    /// Makes a statement whose rows are read by the row type itself.
    package init(_ text: StatementText) where Output: RowDecodable {
        self.init(text) { row throws(PostgresError) in try row.read() }
    }
}

extension Statement: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByUnicodeScalarLiteral,
    ExpressibleByExtendedGraphemeClusterLiteral
where Output: RowDecodable {
    package typealias StringLiteralType = StaticString
    package typealias ExtendedGraphemeClusterLiteralType = StaticString
    package typealias UnicodeScalarLiteralType = StaticString

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
