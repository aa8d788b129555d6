/// Says in a sentence what a pool's connections are doing, for the caller who got none: how many there are, who waits, and what has held the others
/// for how long. Statements appear as their SQL without parameters.
struct PoolDescription: CustomStringConvertible {
    private let snapshot: PoolSnapshot
    private let uses: [ConnectionUse]
    private let now: MonotonicTime

    /// The most different statements that are named.
    private static let statementLimit = 5
    /// The most characters of a statement that are shown.
    private static let lengthLimit = 80

    init(_ snapshot: PoolSnapshot, _ uses: [ConnectionUse], now: MonotonicTime) {
        self.snapshot = snapshot
        self.uses = uses
        self.now = now
    }

    var description: String {
        let counts =
            "\(snapshot.open) open, \(snapshot.idle) idle, \(snapshot.inUse) in use (\(snapshot.lanes) shared), \(snapshot.connecting) being opened, "
            + "\(snapshot.waiting) waiting"
        guard !uses.isEmpty else { return counts }
        let groups = Dictionary(grouping: uses) { $0.sql.map(Self.shortened) ?? "no statement yet" }
        let ranked = groups.map { (sql: $0.key, count: $0.value.count, since: $0.value.map(\.since).min() ?? now) }
            .sorted { ($0.since, $0.sql) < ($1.since, $1.sql) }
        var texts = ranked.prefix(Self.statementLimit).map { group in
            "\(group.count) × \(group.sql) (longest for \((now - group.since) / 1_000_000) ms)"
        }
        if ranked.count > Self.statementLimit { texts.append("\(ranked.count - Self.statementLimit) more") }
        return counts + "; in use by: " + texts.joined(separator: "; ")
    }

    /// A statement in one line.
    private static func shortened(_ sql: String) -> String {
        let line = sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > lengthLimit ? line.prefix(lengthLimit) + "…" : line
    }
}
