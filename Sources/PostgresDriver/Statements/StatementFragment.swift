/// A piece of a statement that is put together with others, such as one condition of several that a caller may or may not want.
///
/// ```swift
/// var conditions: StatementFragment = "TRUE"
/// if let category { conditions += " AND \"category_id\" = \(category)" }
/// let statement: Statement<McpServer> = "SELECT \(McpServer.columns) FROM \"mcpServerTemplates\" WHERE \(conditions)"
/// ```
///
/// Like a whole statement it consists of literal text, column lists and parameters, and can hold nothing else. Each combination of fragments is a
/// shape of its own, so combine only what the program itself chooses among.
package struct StatementFragment: Sendable, ExpressibleByStringInterpolation {
    fileprivate(set) var interpolation: StatementInterpolation

    /// Makes a fragment without parameters.
    package init(stringLiteral text: StaticString) {
        interpolation = StatementInterpolation(literalCapacity: 0, interpolationCount: 0)
        interpolation.appendLiteral(text)
    }

    /// Makes a fragment of a literal with values and column lists in it.
    package init(stringInterpolation interpolation: StatementInterpolation) {
        self.interpolation = interpolation
    }

    /// Puts another fragment behind this one.
    package static func += (fragment: inout StatementFragment, other: StatementFragment) {
        fragment.interpolation.appendInterpolation(other)
    }
}

extension StatementInterpolation {
    /// Puts a fragment in this place; its parameters are numbered with the statement's.
    package mutating func appendInterpolation(_ fragment: StatementFragment) {
        append(fragment.interpolation)
    }
}
