/// A statement for the plain loops: its text, and the types that its parameters are declared with.
struct RawStatement: Sendable {
    /// The name that it is prepared under.
    let name: String
    let sql: String
    let parameterTypes: [UInt32]

    static let text: UInt32 = 25
    static let int8: UInt32 = 20
    static let textArray: UInt32 = 1009
    static let timestamptz: UInt32 = 1184
    static let jsonb: UInt32 = 3802
}

/// The parameters of one call in binary format, in a buffer that is used again for the next.
struct RawParameters {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
    }

    mutating func append(_ number: Int64) {
        bytes.append(bigEndian: number)
        ends.append(bytes.count)
    }

    /// A jsonb value: its text after a byte with the format's version.
    mutating func append(json text: String) {
        bytes.append(1)
        append(text)
    }

    /// An array of texts in one dimension, without NULL.
    mutating func append(_ texts: [String]) {
        bytes.append(bigEndian: Int32(1))
        bytes.append(bigEndian: Int32(0))
        bytes.append(bigEndian: RawStatement.text)
        bytes.append(bigEndian: Int32(texts.count))
        bytes.append(bigEndian: Int32(1))
        for text in texts { bytes.append(withLength: text) }
        ends.append(bytes.count)
    }

    /// Lends the parameters as libpq takes them: where each begins, how long it is, and that it is binary.
    @unsafe
    func withPointers<Value>(_ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<Int32>, UnsafePointer<Int32>) -> Value) -> Value {
        let count = ends.count
        return unsafe bytes.withUnsafeBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count + 1) { values in
                unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count + 2) { numbers in
                    var start = 0
                    for index in 0..<count {
                        unsafe values[index] = unsafe bytes.baseAddress.map { unsafe ($0 + start).assumingMemoryBound(to: CChar.self) }
                        unsafe numbers[index] = Int32(ends[index] - start)
                        unsafe numbers[count + index] = 1
                        start = ends[index]
                    }
                    guard let values = values.baseAddress, let numbers = numbers.baseAddress else {
                        preconditionFailure("A temporary allocation that is not empty has an address")
                    }
                    return unsafe body(Int32(count), values, numbers, numbers + count)
                }
            }
        }
    }
}

extension [UInt8] {
    /// Appends a number as the protocol has it.
    mutating func append(bigEndian number: some FixedWidthInteger) {
        var shift = number.bitWidth
        while shift > 0 {
            shift -= 8
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Appends a text after the number of its bytes.
    mutating func append(withLength text: String) {
        append(bigEndian: Int32(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
