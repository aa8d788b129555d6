import RawLibpq

/// A connection on libpq, without anything in between. It is used by one thread at a time, and is not `Sendable`, so the compiler sees to that.
///
/// This folder has the only unsafe code beside the driver: a baseline that went through the driver would measure the driver against itself.
@safe
final class RawConnection {
    let connection: OpaquePointer

    /// Connects, and waits for it.
    ///
    /// - Parameters:
    ///   - url: Where the server is, in libpq's own form.
    ///   - database: The database, whatever the URL says.
    init(url: String, database: String) throws(BenchmarkError) {
        // The first "dbname" may be a whole URL; the second one then overrides the database in it.
        let opened = unsafe ["dbname", "dbname", "application_name"].withCStrings { keys in
            unsafe [url, database, "deploystack-benchmarks"].withCStrings { values in unsafe PQconnectdbParams(keys, values, 1) }
        }
        guard let opened = unsafe opened else { throw BenchmarkError("libpq has no memory for a connection.") }
        unsafe connection = unsafe opened
        guard unsafe PQstatus(connection) == CONNECTION_OK else { throw failure("The server cannot be reached") }
    }

    deinit { unsafe PQfinish(connection) }

    /// The server's version as a number: 150018 is 15.18.
    var serverVersion: Int { unsafe Int(PQserverVersion(connection)) }

    /// The version of the C library, such as 15.18.
    static var libraryVersion: String {
        let number = Int(PQlibVersion())
        return "\(number / 10_000).\(number % 10_000)"
    }

    /// Runs any SQL text and returns the first column of its last result as text.
    @discardableResult
    func execute(_ sql: String) throws(BenchmarkError) -> [String] {
        let result = unsafe RawResult(owning: PQexec(connection, sql))
        guard result.succeeded else { throw failure("A statement failed") }
        return (0..<result.rowCount).map { row in
            var row = result.row(row)
            return row.text()
        }
    }

    /// Prepares a statement on this connection.
    func prepare(_ statement: RawStatement) throws(BenchmarkError) {
        let types = statement.parameterTypes
        let result = unsafe RawResult(owning: PQprepare(connection, statement.name, statement.sql, Int32(types.count), types))
        guard result.succeeded else { throw failure("\(statement.name) cannot be prepared") }
    }

    /// Runs a prepared statement and waits for its answer.
    func run(_ name: String, _ parameters: RawParameters) throws(BenchmarkError) -> RawResult {
        let answer = unsafe parameters.withPointers { count, values, lengths, formats in
            unsafe PQexecPrepared(connection, name, count, values, lengths, formats, 1)
        }
        let result = unsafe RawResult(owning: answer)
        guard result.succeeded else { throw failure("\(name) failed") }
        return result
    }

    func failure(_ what: String) -> BenchmarkError {
        BenchmarkError("\(what): \(unsafe PQerrorMessage(connection).map { unsafe String(cString: $0) } ?? "no reason is known")")
    }
}

/// Pipeline mode: many statements under way on one connection.
extension RawConnection {
    /// The socket, to wait for.
    var socket: Int32 { unsafe PQsocket(connection) }

    /// From now on calls return at once.
    func enterPipeline() throws(BenchmarkError) {
        guard unsafe PQsetnonblocking(connection, 1) == 0, unsafe PQenterPipelineMode(connection) == 1 else { throw failure("No pipeline") }
    }

    /// Sends a prepared statement. In a pipeline, its answer comes after the next Sync.
    func send(_ name: String, _ parameters: RawParameters) throws(BenchmarkError) {
        let isSent = unsafe parameters.withPointers { count, values, lengths, formats in
            unsafe PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1)
        }
        guard isSent == 1 else { throw failure("\(name) cannot be sent") }
    }

    /// Ends a group of statements.
    func sync() throws(BenchmarkError) {
        guard unsafe PQpipelineSync(connection) == 1 else { throw failure("A Sync cannot be sent") }
    }

    /// Writes what the socket takes; whether something remains.
    func flush() throws(BenchmarkError) -> Bool {
        let state = unsafe PQflush(connection)
        guard state >= 0 else { throw failure("The connection broke") }
        return state == 1
    }

    /// Reads what the socket has.
    func consume() throws(BenchmarkError) {
        guard unsafe PQconsumeInput(connection) == 1 else { throw failure("The connection broke") }
    }

    /// Whether the next result has not arrived completely.
    var isBusy: Bool { unsafe PQisBusy(connection) == 1 }

    /// The next result, or nil between two statements.
    func nextResult() -> RawResult? {
        guard let result = unsafe PQgetResult(connection) else { return nil }
        return unsafe RawResult(owning: result)
    }
}

extension [String] {
    /// Lends the texts as a list that ends with NULL.
    @unsafe
    fileprivate func withCStrings<Value>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value) -> Value {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in self {
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) } + [0])
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let pointers: [UnsafePointer<CChar>?] = unsafe starts.map { start in unsafe buffer.baseAddress.map { unsafe $0 + start } } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { list in
                guard let list = list.baseAddress else { preconditionFailure("A list that ends with NULL is never empty") }
                return unsafe body(list)
            }
        }
    }
}
