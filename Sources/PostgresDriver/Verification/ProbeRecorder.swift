/// Notes what a decoder reads while it is run without a row.
///
/// One recorder belongs to one synchronous run of a decoder and never leaves it.
final class ProbeRecorder {
    private(set) var columns: [ProbedColumn] = []
    private var groupKeys: [Int] = []
    private var expectedNames: [Int: String] = [:]

    func record<Value: PostgresValue>(_ type: Value.Type) {
        columns.append(
            ProbedColumn(
                swiftType: "\(type)", postgresType: type.postgresType, isNullable: type.isNullable, name: expectedNames[columns.count],
                groupKey: groupKeys.last, accepts: { type.accepts($0) }))
    }

    /// Notes the names that a row type gives to the columns that it is about to read.
    func expect(_ names: [String]) {
        for (offset, name) in names.enumerated() { expectedNames[columns.count + offset] = name }
    }

    func beginOptionalGroup() {
        groupKeys.append(columns.count)
    }

    func endOptionalGroup() {
        groupKeys.removeLast()
    }
}

/// One column as a decoder reads it.
struct ProbedColumn: Sendable {
    /// The Swift type, for messages.
    var swiftType: String

    /// The type that the Swift type is sent as and expects to read.
    var postgresType: PostgresType

    /// Whether NULL can be read.
    var isNullable: Bool

    /// The column's name in its row type's list; `nil` if a closure reads it by position alone.
    var name: String?

    /// The position of the column that decides whether the innermost optional group around this one is there; `nil` outside of groups.
    var groupKey: Int?

    /// Whether a column of a type can be read.
    var accepts: @Sendable (ColumnType) -> Bool
}
