/// How patient a migration runner is.
package struct MigrationSettings: Sendable {
    /// The longest that everything together may take.
    package var deadline: Duration

    /// The longest to wait for another runner to finish.
    package var lockWait: Duration

    /// How often to ask whether another runner has finished, and the pause before a migration that could not lock a table is tried again.
    package var pollInterval: Duration

    /// The longest that a statement waits for a lock on a table. A migration that waits holds up every later user of the table, so it gives up
    /// early, lets the others pass and tries again until ``deadline``.
    package var tableLockWait: Duration

    /// Makes settings; the defaults suit a service that migrates when it starts.
    package init(
        deadline: Duration = .seconds(3600), lockWait: Duration = .seconds(600), pollInterval: Duration = .milliseconds(200),
        tableLockWait: Duration = .seconds(3)
    ) {
        self.deadline = deadline
        self.lockWait = lockWait
        self.pollInterval = pollInterval
        self.tableLockWait = tableLockWait
    }
}

/// What happens while a database is brought up to date.
package enum MigrationProgress: Sendable, Hashable {
    /// Another runner is at work; told once.
    case waitingForOtherRunner
    /// A migration begins: the `number`th of `total` that are to be applied, counted from 1.
    case applying(tag: String, number: Int, total: Int)
    /// A migration waits for a table that others use and will be tried again.
    case waitingForTables(tag: String)
    /// A migration was applied.
    case applied(AppliedMigration)
}

/// A migration that a runner has applied.
package struct AppliedMigration: Sendable, Hashable {
    /// The migration's place in the order.
    package let index: Int
    /// The file's name without its extension.
    package let tag: String
    /// How long it took.
    package let duration: Duration

    /// Makes a report of its parts.
    package init(index: Int, tag: String, duration: Duration) {
        self.index = index
        self.tag = tag
        self.duration = duration
    }
}

/// What a runner did.
package struct MigrationRun: Sendable, Hashable {
    /// The migrations that this runner applied, in order; empty if the database was up to date, or another runner was faster.
    package let applied: [AppliedMigration]

    /// The number of migrations that the database has now.
    package let total: Int

    /// Makes a report of its parts.
    package init(applied: [AppliedMigration], total: Int) {
        self.applied = applied
        self.total = total
    }
}
