/// The encoded parameters of one call, ready to be handed to libpq.
package struct ParameterBuffer: Sendable {
    /// Keeps the rare error out of the value, which is copied with every statement.
    private final class Failure: Sendable {
        let error: PostgresError

        init(_ error: PostgresError) {
            self.error = error
        }
    }

    private let bytes: [UInt8]
    private let types: [UInt32]
    private let failed: Failure?

    init(written writer: consuming ParameterWriter, types: [UInt32]) {
        self.types = types
        self.failed = writer.failure.map(Failure.init)
        self.bytes = writer.bytes
    }

    /// No parameters at all.
    package static let empty = ParameterBuffer(written: ParameterWriter(expectedParameters: 0), types: [])

    /// The number of parameters.
    package var count: Int { types.count }

    /// The number of bytes that the parameters need on the wire, with their lengths.
    package var byteCount: Int { bytes.count }

    /// The first parameter that PostgreSQL cannot hold, as an error; `nil` if all can be sent.
    package var failure: PostgresError? { failed?.error }

    /// The values as libpq receives them, `nil` for NULL; for tests and for inspecting a statement that a server refuses.
    package var values: [[UInt8]?] {
        get throws(PostgresError) {
            try unsafe withLibpqArrays { (count, _, values, lengths, _) throws(PostgresError) in
                (0..<Int(count)).map { index in
                    guard let start = unsafe values?[index], let length = unsafe lengths?[index] else { return nil }
                    return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(length)))
                }
            }
        }
    }

    /// Lends the parameters in the form that `PQsendQueryParams` and `PQsendQueryPrepared` take. The pointers are valid during the call.
    ///
    /// - Parameter body: Receives the number of parameters, their types (for preparing), values, lengths and formats. Without parameters the
    ///   pointers are `nil`.
    /// - Throws: ``failure`` if a parameter cannot be sent, and whatever `body` throws.
    package func withLibpqArrays<Value>(
        _ body: (
            _ count: Int32,
            _ types: UnsafePointer<UInt32>?,
            _ values: UnsafePointer<UnsafePointer<CChar>?>?,
            _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        if let failed { throw failed.error }
        let count = types.count
        if count == 0 { return try body(0, nil, nil, nil, nil) }

        // The closures below cannot throw typed errors, so the outcome is carried out of them as a value.
        let outcome: Result<Value, PostgresError> = unsafe bytes.withUnsafeBytes { buffer in
            unsafe types.withUnsafeBufferPointer { types in
                unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { integers in
                        var offset = 0
                        for index in 0..<count {
                            let length = unsafe Int32(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self))
                            offset += 4
                            let value = unsafe buffer.baseAddress.map { unsafe ($0 + offset).assumingMemoryBound(to: CChar.self) }
                            unsafe values.initializeElement(at: index, to: length < 0 ? nil : value)
                            unsafe integers.initializeElement(at: index, to: max(length, 0))
                            unsafe integers.initializeElement(at: count + index, to: 1)
                            offset += Int(max(length, 0))
                        }
                        let lengths = unsafe UnsafePointer(integers.baseAddress)
                        do throws(PostgresError) {
                            let value = unsafe try body(
                                Int32(count), types.baseAddress, UnsafePointer(values.baseAddress), lengths, lengths.map { unsafe $0 + count })
                            return .success(value)
                        } catch {
                            return .failure(error)
                        }
                    }
                }
            }
        }
        return try outcome.get()
    }
}
