/// What the check needs to know of a database's types and columns, read once.
struct SchemaFacts {
    /// A type as `pg_type` has it.
    struct TypeFacts: Sendable {
        var name: String
        /// `E` for enums, `A` for arrays, `S` for text and others, as in `pg_type.typcategory`.
        var category: String
    }

    private struct ColumnKey: Hashable {
        var table: Int64
        var number: Int
    }

    private let types: [UInt32: TypeFacts]
    private let requiredColumns: Set<ColumnKey>

    init(_ executor: some StatementExecutor) async throws(PostgresError) {
        var types: [UInt32: TypeFacts] = [:]
        for (oid, facts) in try await executor.run(.allTypes()).rows { types[UInt32(truncatingIfNeeded: oid)] = facts }
        self.types = types
        self.requiredColumns = Set(try await executor.run(.allRequiredColumns()).rows.map { ColumnKey(table: $0.table, number: $0.number) })
    }

    func type(_ oid: UInt32) -> ColumnType {
        ColumnType(oid: oid, name: types[oid]?.name)
    }

    func name(_ oid: UInt32) -> String {
        types[oid]?.name ?? "type with OID \(oid)"
    }

    func category(_ oid: UInt32) -> String? {
        types[oid]?.category
    }

    /// Whether a column of a table is declared `NOT NULL`.
    func isRequired(_ column: StatementDescription.Column) -> Bool {
        requiredColumns.contains(ColumnKey(table: Int64(column.tableOID), number: column.attributeNumber))
    }
}

extension Statement<(Int64, SchemaFacts.TypeFacts)> {
    fileprivate static func allTypes() -> Self {
        Statement("SELECT \"oid\"::bigint, \"typname\", \"typcategory\"::text FROM \"pg_type\" ORDER BY \"oid\"") { row in
            (try row.read(), SchemaFacts.TypeFacts(name: try row.read(), category: try row.read()))
        }
    }
}

extension Statement<(table: Int64, number: Int)> {
    fileprivate static func allRequiredColumns() -> Self {
        Statement(
            """
            SELECT a."attrelid"::bigint, a."attnum"
            FROM "pg_attribute" AS a
            INNER JOIN "pg_class" AS c ON c."oid" = a."attrelid"
            WHERE a."attnotnull" AND NOT a."attisdropped" AND a."attnum" > 0 AND c."relkind" IN ('r', 'p')
            ORDER BY a."attrelid", a."attnum"
            """
        ) { row in (table: try row.read(), number: try row.read()) }
    }
}
