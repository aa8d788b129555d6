/// Collects the parts of a statement while Swift walks through its literal.
///
/// Texts are noted by their place, values are encoded at once into one buffer. Nothing else can be interpolated: there is no way to put a
/// string into SQL.
package struct StatementInterpolation: StringInterpolationProtocol, Sendable {
    private(set) var key: StatementKey
    private(set) var writer: ParameterWriter

    /// Called by the compiler with the literal's size.
    package init(literalCapacity: Int, interpolationCount: Int) {
        key = StatementKey(reservingParts: 2 * interpolationCount + 1)
        writer = ParameterWriter(expectedParameters: interpolationCount)
    }

    /// Called by the compiler for each piece of literal text.
    package mutating func appendLiteral(_ literal: StaticString) {
        key.append(literal)
    }

    /// Makes the value the statement's next parameter: `$1`, `$2`, …
    ///
    /// A value that PostgreSQL cannot hold (text with a NUL) is refused when the statement is run, before anything is sent.
    package mutating func appendInterpolation<Value: PostgresValue>(_ value: Value) {
        key.append(Value.postgresType)
        writer.appendParameter(value)
    }

    /// Adds everything that another interpolation has collected.
    mutating func append(_ other: StatementInterpolation) {
        key.append(contentsOf: other.key)
        writer.append(contentsOf: other.writer)
    }

    /// Makes the value, or NULL, the statement's next parameter.
    ///
    /// Without this overload the compiler warns at every optional value that its debug description might be meant.
    package mutating func appendInterpolation<Value: PostgresValue>(_ value: Value?) {
        key.append(Value.postgresType)
        writer.appendParameter(value)
    }

    /// Writes the quoted names of the columns.
    package mutating func appendInterpolation(_ columns: ColumnList) {
        key.append(columns)
    }
}

/// A statement's text and parameters before it is known how its rows are read; written as a string literal.
package struct StatementText: Sendable, ExpressibleByStringInterpolation {
    let shape: StatementShape
    let parameters: ParameterBuffer

    /// Makes a statement without parameters.
    package init(stringLiteral text: StaticString) {
        var interpolation = StatementInterpolation(literalCapacity: 0, interpolationCount: 0)
        interpolation.appendLiteral(text)
        self.init(stringInterpolation: interpolation)
    }

    /// Makes a statement of what the literal's parts left behind.
    package init(stringInterpolation interpolation: StatementInterpolation) {
        shape = StatementRegistry.shape(for: interpolation.key)
        parameters = ParameterBuffer(written: interpolation.writer, types: shape.parameterOIDs)
    }
    /// Makes a statement of text that is only known at run time and has no parameters: a part of a migration file, or an analysis of another
    /// statement. Its shape is not kept.
    init(script sql: String) {
        shape = StatementShape(sql: sql, parameterTypes: [], isKept: false)
        parameters = .empty
    }
}
