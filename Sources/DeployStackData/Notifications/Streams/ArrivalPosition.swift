import DeployStackModels

/// Where a stream on PostgreSQL stands: at a snapshot of the database, perhaps in the middle of what became visible after it.
///
/// A row bears the number of the transaction that inserted it. A snapshot says of each such number whether it was visible, and what is visible in one
/// snapshot is visible in all later ones. So what is visible now and was not visible in the last snapshot is what has arrived since: nothing is left out
/// and nothing comes twice, whatever the order in which transactions begin, take their numbers and times, and commit.
struct ArrivalPosition: Sendable, Hashable {
    /// The last row that was read of those between two snapshots.
    struct Row: Sendable, Hashable {
        var transaction: String
        var createdAt: Timestamp
        var id: NotificationID
    }

    /// What lies between two snapshots, read in part.
    struct Progress: Sendable, Hashable {
        /// The later snapshot.
        var target: String
        var last: Row
    }

    /// The server and its history: its identifier and timeline.
    var history: String
    /// The snapshot up to which everything was read.
    var snapshot: String
    /// How far what comes after the snapshot was read; nil when nothing is under way.
    var progress: Progress?

    /// Whether a moment of the database can come after this one: on the same server and timeline, with no fewer transactions begun.
    func canBeFollowed(by history: String, _ snapshot: String) -> Bool {
        guard history == self.history, let before = Self.end(of: self.snapshot), let after = Self.end(of: snapshot) else { return false }
        return before <= after
    }

    /// The first transaction number that had not been given away at a snapshot, the second part of its text.
    private static func end(of snapshot: String) -> UInt64? {
        let parts = snapshot.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 3 ? UInt64(parts[1]) : nil
    }
}
