import RawLibpq

/// Many rows at once, in and out.
extension RawConnection {
    /// Asks for the rows of the statement that was just sent one by one, as they come.
    func receiveSingleRows() throws(BenchmarkError) {
        guard unsafe PQsetSingleRowMode(connection) == 1 else { throw failure("No single-row mode") }
    }

    /// Begins a COPY from this process.
    func beginCopy(_ sql: String) throws(BenchmarkError) {
        let result = unsafe RawResult(owning: PQexec(connection, sql))
        guard result.isCopyIn else { throw failure("COPY cannot begin") }
    }

    /// Sends a part of the rows of a COPY.
    func copy(_ bytes: [UInt8]) throws(BenchmarkError) {
        let isSent = unsafe bytes.withUnsafeBytes { bytes in
            unsafe PQputCopyData(connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        guard isSent == 1 else { throw failure("COPY broke") }
    }

    /// Ends a COPY and returns how many rows there were.
    func endCopy() throws(BenchmarkError) -> Int {
        guard unsafe PQputCopyEnd(connection, nil) == 1 else { throw failure("COPY cannot end") }
        var rows = 0
        while let result = nextResult() {
            guard result.succeeded else { throw BenchmarkError("COPY failed: \(result.message)") }
            rows = result.affectedRows
        }
        return rows
    }
}
