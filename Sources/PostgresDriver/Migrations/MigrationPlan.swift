/// A migration as the database remembers it.
package struct MigrationLedgerEntry: Sendable, Hashable {
    /// The migration's place in the order.
    package let index: Int
    /// The file's name without its extension.
    package let tag: String
    /// The file's checksum when it was applied.
    package let checksum: String
    /// When it was applied.
    package let appliedAt: PostgresTimestamp
    /// How long it took.
    package let duration: Duration

    /// Makes an entry of its parts.
    package init(index: Int, tag: String, checksum: String, appliedAt: PostgresTimestamp, duration: Duration) {
        self.index = index
        self.tag = tag
        self.checksum = checksum
        self.appliedAt = appliedAt
        self.duration = duration
    }
}

/// What is to be done to bring a database up to date, found by comparing what a program knows with what the database remembers.
package struct MigrationPlan: Sendable, Hashable {
    /// The migrations to apply, in order.
    package let pending: [Migration]

    /// Compares; nothing is planned unless what was applied is exactly the beginning of what is known.
    ///
    /// - Parameters:
    ///   - history: What this program knows.
    ///   - ledger: What the database remembers, in any order.
    /// - Throws: ``PostgresError`` of kind `migration` with a sentence that says what to do.
    package init(history: MigrationHistory, ledger: [MigrationLedgerEntry]) throws(PostgresError) {
        let known = history.migrations
        let applied = ledger.sorted { $0.index < $1.index }
        if let newest = applied.last, newest.index >= known.count {
            throw .migration(
                """
                the database has migration \(newest.tag) (number \(newest.index)), but this program knows only \(known.count) migrations; \
                run a newer version of the program
                """, outcome: .notSent)
        }
        for (position, entry) in applied.enumerated() {
            guard entry.index == position else {
                throw .migration(
                    """
                    migration \(known[position].tag) was never applied, although \(entry.tag) after it was; \
                    give it the next free number instead of one in between
                    """, outcome: .notSent)
            }
            if let reason = known[position].difference(from: entry) { throw .migration(reason, outcome: .notSent) }
        }
        self.pending = Array(known.dropFirst(applied.count))
    }
}

extension Migration {
    /// How this migration differs from what was applied under its number, as a sentence that says what to do; `nil` if it does not.
    func difference(from entry: MigrationLedgerEntry) -> String? {
        if entry.tag != tag && entry.checksum == checksum {
            return "migration \(entry.tag) was applied under that name and is called \(tag) now; give the file its old name back"
        }
        if entry.tag != tag {
            return """
                the database has migration \(entry.tag) where this program has \(tag) (number \(index)); \
                give \(tag) the next free number, or use the database that belongs to this program
                """
        }
        if entry.checksum != checksum {
            return """
                migration \(tag) was changed after it had been applied; restore the file as it was (its SHA-256 began with \
                \(entry.checksum.prefix(12))) and put the change into a new migration
                """
        }
        return nil
    }
}

/// A migration and whether the database has it.
package struct MigrationState: Sendable, Hashable {
    /// How a migration stands.
    package enum Condition: Sendable, Hashable {
        /// It was applied and its file is unchanged.
        case applied(at: PostgresTimestamp, duration: Duration)
        /// It was not applied yet.
        case pending
        /// It was applied from another file than the one at hand; the sentence says how they differ and what to do.
        case drifted(at: PostgresTimestamp, reason: String)
        /// The database has it, and this program does not know it.
        case unknown(at: PostgresTimestamp)
    }

    /// The migration's place in the order.
    package let index: Int
    /// The file's name without its extension.
    package let tag: String
    /// How it stands.
    package let condition: Condition

    /// The state of every migration that is known or applied, in order.
    package static func all(history: MigrationHistory, ledger: [MigrationLedgerEntry]) -> [MigrationState] {
        let applied = Dictionary(ledger.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        let known = history.migrations.map { migration in
            guard let entry = applied[migration.index] else {
                return MigrationState(index: migration.index, tag: migration.tag, condition: .pending)
            }
            let condition: Condition =
                if let reason = migration.difference(from: entry) {
                    .drifted(at: entry.appliedAt, reason: reason)
                } else {
                    .applied(at: entry.appliedAt, duration: entry.duration)
                }
            return MigrationState(index: migration.index, tag: migration.tag, condition: condition)
        }
        let unknown = ledger.filter { $0.index >= history.migrations.count || $0.index < 0 }.sorted { $0.index < $1.index }
        return known + unknown.map { MigrationState(index: $0.index, tag: $0.tag, condition: .unknown(at: $0.appliedAt)) }
    }
}
