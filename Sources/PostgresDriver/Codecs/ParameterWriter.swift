/// Takes the parameters of a statement in binary format, one after the other, in a single buffer.
///
/// Each parameter is four bytes of length (-1 for NULL) and its bytes, which is also how the elements of an array are laid out.
package struct ParameterWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0
    private(set) var failure: PostgresError?
    private var isNull = false

    /// The most parameters that the protocol can carry.
    static let maximumParameters = 65_535

    init(expectedParameters: Int) {
        if expectedParameters > 0 { bytes.reserveCapacity(expectedParameters * 32) }
    }

    /// Adds a parameter. What cannot be encoded is remembered and thrown when the statement is run.
    mutating func appendParameter<Value: PostgresValue>(_ value: Value) {
        count += 1
        let start = bytes.count
        do throws(PostgresError) {
            if count > Self.maximumParameters { throw refusal("a statement has at most \(Self.maximumParameters) parameters") }
            try writeField(value)
        } catch {
            if failure == nil { failure = error }
            bytes.removeSubrange(start...)
            writeInteger(Int32(-1))
        }
    }

    /// Begins a row of so many columns. Columns are counted from its beginning.
    mutating func beginRow(columns: Int16) {
        count = 0
        writeInteger(columns)
    }

    /// Writes a value as the next column of a row. Unlike a parameter, what cannot be encoded is thrown at once.
    mutating func writeColumn<Value: PostgresValue>(_ value: Value) throws(PostgresError) {
        count += 1
        try writeField(value)
    }

    /// Hands over what has been written and begins anew.
    mutating func takeBytes() -> [UInt8] {
        let taken = bytes
        bytes = []
        bytes.reserveCapacity(taken.count)
        return taken
    }

    /// Takes back everything that was written since there were so many bytes.
    mutating func truncate(to size: Int) {
        bytes.removeSubrange(size...)
    }

    /// Adds the parameters that another writer has taken.
    mutating func append(contentsOf other: ParameterWriter) {
        bytes.append(contentsOf: other.bytes)
        count += other.count
        if failure == nil { failure = other.failure }
    }

    /// Writes a value with its length before it.
    mutating func writeField<Value: PostgresValue>(_ value: Value) throws(PostgresError) {
        let start = bytes.count
        writeInteger(Int32(0))
        isNull = false
        try value.encode(into: &self)
        guard let length = isNull ? -1 : Int32(exactly: bytes.count - start - 4) else {
            throw refusal("the value is too large to be sent")
        }
        isNull = false
        replaceInteger(at: start, with: length)
    }

    /// Makes the value that is being written NULL.
    package mutating func writeNull() {
        isNull = true
    }

    /// Writes an integer, most significant byte first.
    package mutating func writeInteger<Integer: FixedWidthInteger>(_ integer: Integer) {
        unsafe withUnsafeBytes(of: integer.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes bytes as they are.
    package mutating func writeBytes(_ content: some Collection<UInt8>) {
        bytes.append(contentsOf: content)
    }

    /// Writes text as UTF-8.
    ///
    /// - Throws: `invalidParameter` if the text contains NUL, which PostgreSQL cannot store.
    package mutating func writeText(_ text: String) throws(PostgresError) {
        let start = bytes.count
        var text = text
        let hasNUL = text.withUTF8 { utf8 in
            unsafe bytes.append(contentsOf: utf8)
            return unsafe ByteSearch.containsZero(UnsafeRawBufferPointer(utf8))
        }
        if hasNUL {
            bytes.removeSubrange(start...)
            throw refusal("text contains a NUL character, which PostgreSQL cannot store")
        }
    }

    /// An error about the parameter that is being written; the reason never shows the value.
    package func refusal(_ reason: String) -> PostgresError {
        .invalidParameter(count, reason)
    }

    private mutating func replaceInteger(at offset: Int, with value: Int32) {
        unsafe withUnsafeBytes(of: value.bigEndian) { source in
            for index in 0..<4 { bytes[offset + index] = unsafe source[index] }
        }
    }
}
