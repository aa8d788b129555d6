import RawLibpq

/// A result of libpq, freed at its end.
@safe
struct RawResult: ~Copyable {
    private let result: OpaquePointer?

    @unsafe
    init(owning result: OpaquePointer?) { unsafe self.result = unsafe result }

    deinit { unsafe PQclear(result) }

    /// Whether a statement ended well.
    var succeeded: Bool {
        let status = unsafe PQresultStatus(result)
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
    }

    /// Whether this is the answer to a Sync.
    var isSync: Bool { unsafe PQresultStatus(result) == PGRES_PIPELINE_SYNC }

    /// Whether the server waits for the rows of a COPY.
    var isCopyIn: Bool { unsafe PQresultStatus(result) == PGRES_COPY_IN }

    /// Whether this is one row of several, in single-row mode.
    var isSingleRow: Bool { unsafe PQresultStatus(result) == PGRES_SINGLE_TUPLE }

    /// What the server complains about.
    var message: String { unsafe PQresultErrorMessage(result).map { unsafe String(cString: $0) } ?? "no reason is known" }

    var rowCount: Int { unsafe Int(PQntuples(result)) }

    /// How many rows a statement changed.
    var affectedRows: Int {
        unsafe PQcmdTuples(result).flatMap { unsafe Int(String(cString: $0)) } ?? 0
    }

    /// A row, to be read from left to right.
    func row(_ index: Int) -> RawRow { unsafe RawRow(result: result, row: Int32(index)) }
}

/// Reads the columns of one row, in binary format, without checking types: the statements here are known.
///
/// It must not outlive its result; it is made for one expression.
@safe
struct RawRow: ~Copyable {
    private let result: OpaquePointer?
    private let row: Int32
    private var column: Int32 = 0

    @unsafe
    init(result: OpaquePointer?, row: Int32) {
        unsafe self.result = unsafe result
        self.row = row
    }

    /// Whether the next column is NULL.
    var isNull: Bool { unsafe PQgetisnull(result, row, column) == 1 }

    mutating func skip(_ columns: Int = 1) { column += Int32(columns) }

    mutating func text() -> String {
        unsafe cell { bytes in unsafe String(decoding: bytes, as: UTF8.self) }
    }

    mutating func optionalText() -> String? {
        guard !isNull else {
            skip()
            return nil
        }
        return text()
    }

    mutating func bool() -> Bool {
        unsafe cell { bytes in unsafe bytes[0] != 0 }
    }

    mutating func int4() -> Int {
        unsafe cell { bytes in unsafe Int(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self))) }
    }

    mutating func int8() -> Int64 {
        unsafe cell { bytes in unsafe Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)) }
    }

    mutating func float8() -> Double { Double(bitPattern: UInt64(bitPattern: int8())) }

    /// The text of a jsonb value, which follows a byte with the format's version.
    mutating func jsonText() -> String {
        unsafe cell { bytes in unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), as: UTF8.self) }
    }

    /// A jsonb array of strings.
    mutating func jsonStrings() throws(BenchmarkError) -> [String] {
        let strings = unsafe cell { bytes in unsafe RawRow.strings(in: UnsafeRawBufferPointer(rebasing: bytes.dropFirst())) }
        guard let strings else { throw BenchmarkError("The tags hold an escape, which the plain loop does not read.") }
        return strings
    }

    @unsafe
    private mutating func cell<Value>(_ read: (UnsafeRawBufferPointer) -> Value) -> Value {
        defer { column += 1 }
        let length = unsafe Int(PQgetlength(result, row, column))
        return unsafe read(UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: length))
    }

    /// Every other quote ends a string, because the generated tags have no escapes; nil if there is one nevertheless.
    private static func strings(in bytes: UnsafeRawBufferPointer) -> [String]? {
        var strings: [String] = []
        var start: Int?
        for index in bytes.indices {
            switch unsafe bytes[index] {
            case UInt8(ascii: "\\"): return nil
            case UInt8(ascii: "\""):
                if let first = start {
                    strings.append(unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes[first..<index]), as: UTF8.self))
                    start = nil
                } else {
                    start = index + 1
                }
            default: break
            }
        }
        return strings
    }
}
