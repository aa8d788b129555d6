/// A statement of the library under its name, as an example for the check against a database. Its parameters' values do not matter.
package struct CataloguedStatement: Sendable {
    /// The statement's name, which is that of the method that uses it.
    package let name: String

    /// The names of computed columns that are never NULL although the server cannot say so, such as `count` of `count(*)`.
    package let neverNull: Set<String>

    /// The statement's text and parameter types.
    package let shape: StatementShape

    /// Runs the statement's decoder without a row and returns what it reads; `nil` if the statement's rows are not read at all.
    let probe: @Sendable () throws(PostgresError) -> [ProbedColumn]?

    /// Lists a statement.
    ///
    /// - Parameters:
    ///   - name: The statement's name.
    ///   - neverNull: The names of computed columns that are read as never NULL. A column of a table needs no mention: whether it can be NULL is
    ///     taken from the database. A name that is not needed is reported, so that the list stays short and true.
    ///   - statement: The statement with any values for its parameters.
    package init<Output>(_ name: String, neverNull: Set<String> = [], _ statement: Statement<Output>) {
        self.name = name
        self.neverNull = neverNull
        self.shape = statement.shape
        self.probe = { () throws(PostgresError) in
            if statement.decode == nil && Output.self == Void.self { return nil }
            let recorder = ProbeRecorder()
            _ = try statement.decodeRows(of: .probe(recorder))
            return recorder.columns
        }
    }
}

/// A difference between a statement's Swift side and the database.
package struct StatementMismatch: Sendable, Hashable, CustomStringConvertible {
    /// What differs.
    package enum Problem: String, Sendable, Hashable {
        /// The server refuses the statement, for example because a column or table has another name.
        case refused
        /// A parameter has another type than the place where it is used.
        case parameterType
        /// The decoder reads another number of columns.
        case columnCount
        /// The decoder reads a column under another name.
        case columnName
        /// The decoder reads a column as a type that it does not have.
        case columnType
        /// The decoder does not expect NULL where it can occur.
        case nullability
        /// The decoder itself failed before it had read everything.
        case decoder
        /// The catalogue promises that a column is never NULL, but nothing depends on that promise.
        case needlessPromise
    }

    /// The statement's name.
    package let statement: String
    /// What differs.
    package let problem: Problem
    /// The column or the parameter (`$1`) that it is about, if it is about one.
    package let column: String?
    /// What the Swift side expects.
    package let expected: String
    /// What the database has.
    package let found: String

    package var description: String {
        let place = column.map { ", \($0)" } ?? ""
        return "\(statement)\(place): \(problem.rawValue): expected \(expected), found \(found)"
    }
}
