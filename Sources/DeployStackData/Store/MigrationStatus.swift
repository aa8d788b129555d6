public import DeployStackModels

/// How one migration stands, of those that this version knows or the database has.
public struct MigrationStatus: Sendable, Hashable {
    /// How a migration stands.
    public enum Condition: Sendable, Hashable {
        /// It is applied as this version has it.
        case applied(at: Timestamp, duration: Duration)
        /// It is not applied yet.
        case pending
        /// It is applied, but this version has something else under its number; the reason says what differs and what to do.
        case drifted(at: Timestamp, reason: String)
        /// The database has it, and this version does not know it: the database is newer.
        case unknown(at: Timestamp)
    }

    /// The migration's number, counted from 0.
    public var index: Int
    /// The migration's name, such as `0001_create_teams`.
    public var tag: String
    /// How it stands.
    public var condition: Condition

    /// Creates a status.
    public init(index: Int, tag: String, condition: Condition) {
        self.index = index
        self.tag = tag
        self.condition = condition
    }

    /// When the migration was applied, or `nil` when it is pending.
    public var appliedAt: Timestamp? {
        switch condition {
        case .applied(let time, _), .drifted(let time, _), .unknown(let time): time
        case .pending: nil
        }
    }

    /// How long applying the migration took, or `nil` when that is not known.
    public var duration: Duration? {
        if case .applied(_, let duration) = condition { duration } else { nil }
    }
}
