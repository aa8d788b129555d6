/// Notes what a decoder reads while it is run without a row.
///
/// One recorder belongs to one synchronous run of a decoder and never leaves it.
final class ProbeRecorder {
    private(set) var columns: [ProbedColumn] = []
    private var optionalGroups = 0
    private var isGroupStart = false

    func record<Value: PostgresValue>(_ type: Value.Type) {
        columns.append(
            ProbedColumn(
                swiftType: "\(type)", postgresType: type.postgresType, isNullable: type.isNullable, isInOptionalGroup: optionalGroups > 0,
                isGroupKey: isGroupStart, accepts: { type.accepts($0) }))
        isGroupStart = false
    }

    func beginOptionalGroup() {
        optionalGroups += 1
        isGroupStart = true
    }

    func endOptionalGroup() {
        optionalGroups -= 1
        isGroupStart = false
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

    /// Whether the column is read only if its group's key is not NULL.
    var isInOptionalGroup: Bool

    /// Whether the column is the key that decides whether its group is there.
    var isGroupKey: Bool

    /// Whether a column of a type can be read.
    var accepts: @Sendable (ColumnType) -> Bool
}
