/// All migrations of a schema that a program knows, in order.
package struct MigrationHistory: Sendable, Hashable {
    /// The migrations; the one at position 0 has the index 0, and so on.
    package let migrations: [Migration]

    /// Puts together a journal and the files that it lists.
    ///
    /// - Parameters:
    ///   - journal: The bytes of `meta/_journal.json`.
    ///   - files: The bytes of each migration file by its name, such as `0001_create_teams.sql`.
    /// - Throws: ``PostgresError`` of kind `migration` if the journal is wrong, a file is missing or not listed, or a file cannot be applied.
    package init(journal: [UInt8], files: [String: [UInt8]]) throws(PostgresError) {
        let journal = try MigrationJournal.read(journal)
        var migrations: [Migration] = []
        for entry in journal.entries {
            guard let contents = files[entry.tag + ".sql"] else {
                throw .migration(
                    "the journal lists \(entry.tag), but there is no file \(entry.tag).sql; restore the file or remove the entry", outcome: .notSent)
            }
            migrations.append(try Migration(index: entry.idx, tag: entry.tag, contents: contents))
        }
        let listed = Set(journal.entries.map { $0.tag + ".sql" })
        if let unlisted = files.keys.filter({ $0.hasSuffix(".sql") && !listed.contains($0) }).sorted().first {
            throw .migration("the file \(unlisted) is not in the journal and would never be applied; add an entry for it", outcome: .notSent)
        }
        self.migrations = migrations
    }

    /// A history of these migrations, whose indexes must run from 0 without gaps.
    package init(_ migrations: [Migration]) throws(PostgresError) {
        for (position, migration) in migrations.enumerated() where migration.index != position {
            throw .migration(
                "migration \(migration.tag) has the number \(migration.index) where \(position) is next; the numbers must run from 0 without gaps",
                outcome: .notSent)
        }
        self.migrations = migrations
    }
}
