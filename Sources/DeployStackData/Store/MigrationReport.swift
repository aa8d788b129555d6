/// What bringing a schema up to date did.
public struct MigrationReport: Sendable, Hashable {
    /// One migration that was applied.
    public struct Step: Sendable, Hashable {
        /// The migration's number, counted from 0.
        public var index: Int
        /// The migration's name, such as `0001_create_teams`.
        public var tag: String
        /// How long it took.
        public var duration: Duration

        /// Creates a step.
        public init(index: Int, tag: String, duration: Duration) {
            self.index = index
            self.tag = tag
            self.duration = duration
        }
    }

    /// The migrations that were applied, in order; empty when the schema was current.
    public var applied: [Step]
    /// How many migrations the schema has now.
    public var total: Int

    /// Creates a report.
    public init(applied: [Step], total: Int) {
        self.applied = applied
        self.total = total
    }
}
