/// Somebody who can do the workloads, in the process that is measured: the library on one of its backends, or plain loops that it is held against.
protocol Peer: Sendable {
    /// Does some loads over and over, all at once, always with as many calls under way as they say.
    ///
    /// - Parameters:
    ///   - request: What to do, in which manner and for how long.
    ///   - whenWarm: Called between the warm-up and what is measured, while nothing is under way.
    /// - Returns: What was seen after the warm-up.
    func measure(_ request: MeasureRequest, whenWarm: () async throws -> Void) async throws -> Sample

    /// Counts what so many calls of a workload allocate, one after the other, after as many that are not counted; nil where that is not possible.
    func countAllocations(_ workload: String, calls: Int) async throws -> Int?

    /// Makes a first call on a fresh store or connection to a server's URL, so many times, and returns how long each took, in seconds.
    func connectTimes(_ times: Int, url: String) async throws -> [Double]
}

/// What a peer is to do in one turn.
struct MeasureRequest: Sendable, Codable {
    var loads: [Load]
    var manner: Manner
    var timing: Timing
}

/// A workload, and how many calls of it are under way at once.
struct Load: Sendable, Codable, Hashable {
    /// The workload's code, such as `W1`.
    var workload: String
    var tasks: Int
}

/// The ways of doing the same thing that some peers have.
enum Manner: String, Sendable, Codable {
    /// The only one that a peer has.
    case usual
    /// One call after the other on one connection.
    case blocking
    /// A pipeline in which each call has a Sync of its own.
    case syncEach
    /// A pipeline in which up to eight calls share a Sync.
    case syncPerEight
    /// One row of an answer after the other on one connection.
    case singleRows
    /// All rows in one COPY.
    case copy
    /// All rows in one list of statements.
    case executeMany

    var isPipeline: Bool { self == .syncEach || self == .syncPerEight }
}

/// How long one peer is measured in one turn.
struct Timing: Sendable, Codable {
    /// Seconds that are not counted.
    var warmUp: Double
    /// Seconds that are.
    var measured: Double

    /// The moment so many seconds from now, on the monotonic clock.
    static func deadline(in seconds: Double) -> UInt64 { SystemClocks.now() + UInt64(seconds * 1_000_000_000) }
}
