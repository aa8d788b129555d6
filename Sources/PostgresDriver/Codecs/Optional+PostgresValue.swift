extension Optional: PostgresValue where Wrapped: PostgresValue {
    package static var postgresType: PostgresType { Wrapped.postgresType }
    package static var isNullable: Bool { true }

    package static var probe: Wrapped? {
        get throws(PostgresError) { try Wrapped.probe }
    }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        switch self {
        case .none: writer.writeNull()
        case .some(let value): try value.encode(into: &writer)
        }
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Wrapped? {
        cell.isNull ? nil : try Wrapped.decode(from: cell)
    }

    package static func accepts(_ type: ColumnType) -> Bool { Wrapped.accepts(type) }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement {
    package static var arrayType: PostgresType { Wrapped.arrayType }
}
