/// A statement for the plain loops: its text, and the types that its parameters are declared with.
struct RawStatement: Sendable {
    /// The name that it is prepared under.
    let name: String
    let sql: String
    let parameterTypes: [UInt32]

    static let text: UInt32 = 25
    static let timestamptz: UInt32 = 1184
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
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
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
