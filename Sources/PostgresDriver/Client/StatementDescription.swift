import CLibpq

/// What the server knows of a statement before it runs.
package struct StatementDescription: Sendable {
    /// One column of the answer.
    package struct Column: Sendable, Hashable {
        /// The column's name in the answer.
        package let name: String
        /// The type's object identifier.
        package let typeOID: UInt32
        /// The table that the column comes from, 0 if it is computed.
        package let tableOID: UInt32
        /// The column's number in that table, 0 if it is computed.
        package let attributeNumber: Int
    }

    /// The types of the parameters, in order.
    package let parameterOIDs: [UInt32]

    /// The columns of the answer, in order; none if the statement returns no rows.
    package let columns: [Column]

    init(reading handle: ResultHandle) {
        var parameterOIDs: [UInt32] = []
        var columns: [Column] = []
        // The closure throws nothing; `try?` only satisfies the signature.
        try? unsafe handle.withResult { result throws(PostgresError) in
            for index in 0..<(unsafe PQnparams(result)) {
                parameterOIDs.append(unsafe PQparamtype(result, index))
            }
            for index in 0..<(unsafe PQnfields(result)) {
                columns.append(
                    Column(
                        name: unsafe PQfname(result, index).map { unsafe String(cString: $0) } ?? "", typeOID: unsafe PQftype(result, index),
                        tableOID: unsafe PQftable(result, index), attributeNumber: Int(unsafe PQftablecol(result, index))))
            }
        }
        self.parameterOIDs = parameterOIDs
        self.columns = columns
    }
}
