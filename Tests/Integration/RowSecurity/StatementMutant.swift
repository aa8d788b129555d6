import PostgresDriver

/// A statement of the library without what says whose rows are meant: the worst that a mistake in its conditions can do.
struct StatementMutant: Sendable {
    let name: String
    let sql: String

    /// Makes the mutant of a statement: every comparison of a column that identifies a row or its owner with what a caller gives is true, and the other
    /// parameters are values with which as many rows as possible are met.
    ///
    /// - Returns: `nil` when the statement has no such condition.
    init?(_ statement: CataloguedStatement) {
        let text = statement.shape.sql
        var sql = text.replacing(Self.condition, with: "true")
        guard sql != text else { return nil }
        sql = sql.replacing(#/(?:>|>=) \$\d+/#, with: "> '2000-01-01'").replacing(#/(?:<|<=) \$\d+/#, with: "< '2200-01-01'")
        sql = sql.replacing(#/LIMIT \$\d+/#, with: "LIMIT 1000").replacing(#/OFFSET \$\d+/#, with: "OFFSET 0")
        for (index, type) in statement.shape.parameterTypes.enumerated().reversed() {
            sql = sql.replacing("$\(index + 1)", with: Self.value(of: type))
        }
        name = statement.name
        self.sql = sql
    }

    /// A column, perhaps of an alias and as its small letters, compared with a parameter or with one of an array.
    private static var condition: Regex<Substring> {
        #/
        (?: lower \( )? (?: \w+ \. | "\w+" \. )?
        " (?: id | slug | email | username | name | official_name | sent_to_team | \w* _id | \w* _hash ) "
        \)? (?: \ COLLATE \ "C" )?
        \ (?: = | <> ) \ (?: ANY \( )? (?: lower \( )? \$ \d+ (?: :: [ \w " \[ \] ]+ )? \)?
        /#
    }

    private static func value(of type: PostgresType) -> String {
        switch type.name {
        case "bool": "true"
        case "int2", "int4", "int8": "1"
        case "timestamptz": "'2050-01-01'::timestamptz"
        case "jsonb": "'{}'::jsonb"
        case "_text": "'{x}'::text[]"
        default: type.cast == nil ? "NULL::\(type.name)" : "NULL"
        }
    }
}
