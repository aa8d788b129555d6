/// A moment as `timestamptz` stores it: whole microseconds since midnight UTC on 1 January 2000, negative before.
///
/// PostgreSQL also knows "infinity" and "-infinity"; a library of dates has no use for them, so they are refused in both directions.
package struct PostgresTimestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 2000-01-01 00:00:00 UTC.
    package let microseconds: Int64

    /// Makes a moment from microseconds since 2000-01-01 00:00:00 UTC. Whether PostgreSQL can hold it is checked when it is sent.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The first moment that PostgreSQL can store, 24 November 4714 BC.
    package static let earliest = PostgresTimestamp(microseconds: -211_813_488_000_000_000)

    /// The last moment that PostgreSQL can store, the end of the year 294276.
    package static let latest = PostgresTimestamp(microseconds: 9_223_371_331_199_999_999)

    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension PostgresTimestamp: PostgresArrayElement {
    package static var postgresType: PostgresType { .timestamptz }
    package static var arrayType: PostgresType { .timestamptzArray }
    package static var probe: PostgresTimestamp { PostgresTimestamp(microseconds: 0) }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        guard self >= .earliest && self <= .latest else {
            throw writer.refusal("the moment lies outside of what timestamptz can hold, 4714 BC to the year 294276")
        }
        writer.writeInteger(microseconds)
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> PostgresTimestamp {
        guard cell.typeOID == PostgresType.timestamptz.oid else { throw cell.mismatch("timestamptz") }
        try cell.requireLength(8, for: "timestamptz")
        let microseconds = cell.integer(at: 0, as: Int64.self)
        guard microseconds != .max && microseconds != .min else { throw cell.failure("an infinite timestamptz has no counterpart in Swift") }
        return PostgresTimestamp(microseconds: microseconds)
    }

    package static func accepts(_ type: ColumnType) -> Bool { type.oid == PostgresType.timestamptz.oid }
}
