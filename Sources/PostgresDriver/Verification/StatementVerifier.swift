/// Checks statements against a live, migrated database without running them.
///
/// For each statement the server is asked what it makes of its parameters and columns, the decoder is run without a row to see what it reads,
/// and the two are compared:
///
/// - A parameter must have the type that the server would infer in its place. Whole numbers of different widths, and the kinds of text, are
///   taken as alike, because the server converts between them without loss or refuses.
/// - Columns must agree in number, in type, and in name where a row type lists names.
/// - A column that is read as never NULL must be a table's column that is declared `NOT NULL` and that no outer join can fill up with NULL, or a
///   computed one that the catalogue names as never NULL. In a group that is read only if its key is there, the outer join does not count, but
///   the key and the other columns must come from the same table.
package struct StatementVerifier {
    private let session: PostgresSession

    /// Makes a verifier on a session of a migrated database.
    package init(session: PostgresSession) {
        self.session = session
    }

    /// Checks the statements and returns every difference, in their order. An empty list means that the two sides agree.
    ///
    /// - Throws: ``PostgresError`` if the database cannot be asked. That a statement is refused is a difference and not an error.
    package func verify(_ statements: [CataloguedStatement]) async throws(PostgresError) -> [StatementMismatch] {
        let facts = try await SchemaFacts(session)
        try await session.runScript("SET plan_cache_mode = force_generic_plan")
        var mismatches: [StatementMismatch] = []
        for statement in statements {
            mismatches += try await StatementCheck(statement: statement, facts: facts, session: session).run()
        }
        return mismatches
    }
}

/// The check of one statement.
struct StatementCheck {
    let statement: CataloguedStatement
    let facts: SchemaFacts
    let session: PostgresSession

    func run() async throws(PostgresError) -> [StatementMismatch] {
        let description: StatementDescription
        do {
            description = try await session.describe(statement.shape)
        } catch  where error.sqlState != nil {
            return [refusal(error)]
        }
        var mismatches = try await parameterMismatches()
        do {
            guard let probed = try statement.probe() else { return mismatches }
            mismatches += try await columnMismatches(probed, description.columns)
        } catch  where error.kind == .decoding && error.sqlState == nil {
            mismatches.append(mismatch(.decoder, error.column, "a decoder that can read harmless values", error.message))
        }
        return mismatches
    }

    func mismatch(_ problem: StatementMismatch.Problem, _ column: String?, _ expected: String, _ found: String) -> StatementMismatch {
        StatementMismatch(statement: statement.name, problem: problem, column: column, expected: expected, found: found)
    }

    private func refusal(_ error: PostgresError) -> StatementMismatch {
        let message = error.serverMessage ?? error.message
        return mismatch(.refused, Self.missingColumn(in: message), "a statement that the server accepts", "\(message) [\(error.sqlState ?? "")]")
    }

    /// The column's name in the server's "column … does not exist"; `nil` if the message is another one or in another language.
    private static func missingColumn(in message: String) -> String? {
        guard message.hasPrefix("column "), message.hasSuffix(" does not exist") else { return nil }
        let name = message.dropFirst("column ".count).dropLast(" does not exist".count).split(separator: " of relation ").first ?? ""
        return String(name.split(separator: ".").last ?? "").filter { $0 != "\"" }
    }
}

// MARK: Parameters

extension StatementCheck {
    /// Compares each parameter's declared type with what the server infers if only that one is left undeclared.
    private func parameterMismatches() async throws(PostgresError) -> [StatementMismatch] {
        var mismatches: [StatementMismatch] = []
        for (position, declared) in statement.shape.parameterTypes.enumerated() {
            var types = statement.shape.parameterTypes
            types[position] = PostgresType(builtIn: 0)
            let inferred: UInt32
            do {
                inferred = try await session.describe(StatementShape(sql: statement.shape.sql, parameterTypes: types)).parameterOIDs[position]
            } catch  where error.sqlState != nil {
                // The place says nothing about the type, as in `$1 IS NULL`: every type fits there.
                continue
            }
            if !Self.isAlike(declared, facts.type(inferred)) {
                mismatches.append(mismatch(.parameterType, "$\(position + 1)", facts.name(inferred), declared.name))
            }
        }
        return mismatches
    }

    private static func isAlike(_ declared: PostgresType, _ inferred: ColumnType) -> Bool {
        if declared.cast != nil { return declared.name == inferred.name }
        if declared.oid == inferred.oid { return true }
        return families.contains { $0.contains(declared.oid) && $0.contains(inferred.oid) }
    }

    private static let families: [Set<UInt32>] = [
        [PostgresType.int2.oid, PostgresType.int4.oid, PostgresType.int8.oid],
        [PostgresType.int2Array.oid, PostgresType.int4Array.oid, PostgresType.int8Array.oid],
        [PostgresType.float4.oid, PostgresType.float8.oid],
        [PostgresType.text.oid, PostgresType.varchar.oid, PostgresType.bpchar.oid, PostgresType.name.oid],
        [PostgresType.textArray.oid, PostgresType.varcharArray.oid, PostgresType.nameArray.oid],
    ]
}

// MARK: Columns

extension StatementCheck {
    private func columnMismatches(
        _ probed: [ProbedColumn], _ columns: [StatementDescription.Column]
    ) async throws(PostgresError) -> [StatementMismatch] {
        guard probed.count == columns.count else {
            return [mismatch(.columnCount, nil, "\(probed.count) columns", "\(columns.count): \(columns.map(\.name).joined(separator: ", "))")]
        }
        var mismatches: [StatementMismatch] = []
        for (read, column) in zip(probed, columns) {
            if let name = read.name, name != column.name {
                mismatches.append(mismatch(.columnName, name, name, column.name))
            }
            if !read.accepts(facts.type(column.typeOID)) || !isReadable(column.typeOID) {
                mismatches.append(
                    mismatch(.columnType, column.name, "\(read.postgresType.name) for \(read.swiftType)", facts.name(column.typeOID)))
            }
        }
        return mismatches + (try await nullabilityMismatches(probed, columns))
    }

    /// Whether the driver can read a type at all; of the types that a schema defines it reads enums, their arrays, and kinds of text.
    private func isReadable(_ oid: UInt32) -> Bool {
        guard oid >= PostgresType.firstUserDefinedOID else { return true }
        return ["E", "A", "S"].contains(facts.category(oid))
    }

    private func nullabilityMismatches(
        _ probed: [ProbedColumn], _ columns: [StatementDescription.Column]
    ) async throws(PostgresError) -> [StatementMismatch] {
        let needsPlan = zip(probed, columns).contains { read, column in !read.isNullable && column.tableOID != 0 }
        let plan = needsPlan ? try await plan() : nil
        // What a plan gives beside the columns, such as an expression that it sorts by, comes last.
        let outputs = plan.map { $0.root.output.count >= columns.count ? $0.root.output : [] } ?? []
        let sources = plan.map(NullableSources.init)
        func output(_ position: Int) -> String? { outputs.indices.contains(position) ? outputs[position] : nil }
        func alias(_ position: Int) -> String? { output(position).flatMap(NullableSources.alias) }

        var mismatches: [StatementMismatch] = []
        var neededPromises: Set<String> = []
        for (position, (read, column)) in zip(probed, columns).enumerated() {
            let isKey = read.groupKey == position
            guard !read.isNullable || isKey else { continue }
            var reason: String?
            if column.tableOID == 0 {
                reason = "a computed column that may be NULL; if it never is, say so in the catalogue"
            } else if !facts.isRequired(column) {
                reason = "a column that is not declared NOT NULL"
            } else if let key = read.groupKey {
                // In a group, a missing row is told by its key, so only columns of another table need a look.
                if !isKey && alias(position) != alias(key) && sources?.mayLack(output(position)) != false {
                    reason = "a column of another table than its group's key, which an outer join may leave NULL"
                }
            } else if sources?.mayLack(output(position)) != false {
                reason = "a column that an outer join may leave NULL"
            }
            guard let reason else { continue }
            if statement.neverNull.contains(column.name) {
                neededPromises.insert(column.name)
            } else {
                mismatches.append(mismatch(.nullability, column.name, "never NULL for \(read.swiftType)", reason))
            }
        }
        let needless = statement.neverNull.subtracting(neededPromises).sorted()
        return mismatches + needless.map { mismatch(.needlessPromise, $0, "a column that needs the promise", "none") }
    }

    /// The statement's plan for unknown parameters, so that nothing is concluded from particular values.
    private func plan() async throws(PostgresError) -> QueryPlan {
        let types = statement.shape.parameterTypes.map { $0.oid == 0 ? "unknown" : "\"\(PostgresType(builtIn: $0.oid).name)\"" }
        let declaration = types.isEmpty ? "" : " (\(types.joined(separator: ", ")))"
        let arguments = types.isEmpty ? "" : "(\(types.map { _ in "NULL" }.joined(separator: ", ")))"
        try await session.runScript("PREPARE \"statement_check\"\(declaration) AS \(statement.shape.sql)")
        let explanation = Statement<PostgresJSON>(StatementText(script: "EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE \"statement_check\"\(arguments)"))
        let json = try await session.run(explanation).rows
        try await session.runScript("DEALLOCATE \"statement_check\"")
        guard let json = json.first else { throw .decoding(column: "QUERY PLAN", "the server gave no plan") }
        return try QueryPlan(json)
    }
}
