/// How long statements take on the server, learned while they run; decides which of them are short enough to share a connection.
///
/// An estimate falls quickly and rises slowly, so that one hiccup of the machine does not make a short statement long. What is unknown is not short.
/// Between the limit at which a statement becomes short and the one at which it stops being so lies a gap, so that it does not go to and fro.
struct ServiceTimes {
    private struct Estimate {
        var nanoseconds: Int64
        var isShort: Bool
    }

    private let shortLimit: Int64
    private var estimates: [Int: Estimate] = [:]

    /// The shortest exchange that was seen: what the way to the server and back costs. It is no part of a statement's own time.
    var roundTrip: Int64 { shortestExchange == .max ? 0 : shortestExchange }
    private var shortestExchange = Int64.max

    /// The most statements of which something is remembered. A program has a few hundred.
    private static let capacity = 10_000

    init(shortStatement: Duration) {
        shortLimit = shortStatement.clampedNanoseconds
    }

    /// Whether a statement is known to be short.
    func isShort(_ shape: Int) -> Bool {
        estimates[shape]?.isShort ?? false
    }

    /// Notes the time from sending something on a connection that did nothing else to its answer. Returns whether the statement has just become short.
    mutating func note(_ shape: Int, alone elapsed: Int64) -> Bool {
        shortestExchange = min(shortestExchange, elapsed)
        return note(shape, elapsed - roundTrip)
    }

    /// Notes a statement's share of the time that a lane has spent on several. Returns whether the statement has just become short.
    @discardableResult
    mutating func note(_ shape: Int, _ time: Int64) -> Bool {
        guard var estimate = estimates[shape] else {
            guard estimates.count < Self.capacity else { return false }
            estimates[shape] = Estimate(nanoseconds: time, isShort: time < shortLimit)
            return time < shortLimit
        }
        let difference = time - estimate.nanoseconds
        estimate.nanoseconds += difference < 0 ? difference / 2 : difference / 8
        let wasShort = estimate.isShort
        if estimate.nanoseconds < shortLimit / 4 * 3 {
            estimate.isShort = true
        } else if estimate.nanoseconds > shortLimit / 4 * 5 {
            estimate.isShort = false
        }
        estimates[shape] = estimate
        return estimate.isShort && !wasShort
    }
}
