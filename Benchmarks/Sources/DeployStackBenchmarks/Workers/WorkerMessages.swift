// What this process and its workers say to each other: one JSON value a line. Python/peers.py reads and writes the same.

/// What a worker needs to know before its first request.
struct WorkerSetup: Sendable, Codable {
    /// Who it is.
    enum Kind: String, Sendable, Codable {
        case rawLibpq
        case library
        /// The library, with a connection for each statement under way and one queue for all others.
        case libraryWithoutMultiplexing
        case inMemory
        case asyncpg
        case psycopg
    }

    var kind: Kind
    /// The server, in libpq's own form, and the database on it.
    var url: String
    var database: String
    /// How many connections its pool may have, or its pipelines are spread over.
    var connections: Int
    /// How many rows the database has.
    var size: DatasetSize
    /// How many rows an in-memory store gets.
    var inMemorySize: DatasetSize
    /// The statements' texts by the codes of their workloads, for those who do not share this program.
    var statements: [String: String]
    var tags: [String]
    var words: [String]
}

/// What a worker is asked for.
enum WorkerRequest: Sendable, Codable {
    /// To do some loads. It answers with `warm` after the warm-up, waits for ``go``, and answers with `sample`.
    case measure(MeasureRequest)
    case go
    /// To count what a workload's calls allocate, one call after the other. It answers with `allocations`.
    case countAllocations(workload: String, calls: Int)
    /// To do a first call on a fresh store or connection to a server's URL, so many times. It answers with `seconds`, one for each.
    case connect(times: Int, url: String)
}

/// What a worker answers.
enum WorkerAnswer: Sendable, Codable {
    /// It is ready for requests; what it stands on, with versions.
    case ready(String)
    case warm
    case sample(Sample)
    /// How many allocations there were, or nil where they cannot be counted.
    case allocations(Int?)
    case seconds([Double])
    case failed(String)
}
