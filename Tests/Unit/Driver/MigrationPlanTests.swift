import Testing

@testable import PostgresDriver

private func migration(_ index: Int, _ tag: String? = nil, sql: String = "SELECT 1;") throws(PostgresError) -> Migration {
    try Migration(index: index, tag: tag ?? "000\(index)_step", contents: Array(sql.utf8))
}

private func entry(_ migration: Migration, tag: String? = nil, checksum: String? = nil) -> MigrationLedgerEntry {
    MigrationLedgerEntry(
        index: migration.index, tag: tag ?? migration.tag, checksum: checksum ?? migration.checksum, appliedAt: PostgresTimestamp(microseconds: 5),
        duration: .milliseconds(7))
}

private func message(_ body: () throws -> Void) -> String {
    let error = #expect(throws: PostgresError.self) { try body() }
    #expect(error?.kind == .migration)
    return error?.message ?? ""
}

@Suite struct MigrationPlanTests {
    private let three: MigrationHistory

    init() throws {
        three = try MigrationHistory([migration(0), migration(1), migration(2)])
    }

    @Test func anEmptyDatabaseNeedsEverything() throws {
        #expect(try MigrationPlan(history: three, ledger: []).pending == three.migrations)
    }

    @Test func aHalfMigratedDatabaseNeedsTheRest() throws {
        let ledger = [entry(three.migrations[1]), entry(three.migrations[0])]

        #expect(try MigrationPlan(history: three, ledger: ledger).pending.map(\.index) == [2])
    }

    @Test func aCurrentDatabaseNeedsNothing() throws {
        #expect(try MigrationPlan(history: three, ledger: three.migrations.map { entry($0) }).pending.isEmpty)
    }

    @Test func aNewerDatabaseIsRefused() throws {
        let newer = entry(try migration(3, "0003_future"))

        let text = message { _ = try MigrationPlan(history: three, ledger: three.migrations.map { entry($0) } + [newer]) }

        #expect(text.contains("0003_future") && text.contains("newer version of the program"))
    }

    @Test func aGapInWhatWasAppliedIsRefused() {
        let text = message { _ = try MigrationPlan(history: three, ledger: [entry(three.migrations[0]), entry(three.migrations[2])]) }

        #expect(text.contains("0001_step was never applied") && text.contains("next free number"))
    }

    @Test func anEditedFileIsRefused() {
        let text = message {
            _ = try MigrationPlan(history: three, ledger: [entry(three.migrations[0], checksum: String(repeating: "ab", count: 32))])
        }

        #expect(text.contains("0000_step was changed") && text.contains("abababababab") && text.contains("new migration"))
    }

    @Test func aRenamedFileIsRefused() {
        let text = message { _ = try MigrationPlan(history: three, ledger: [entry(three.migrations[0], tag: "0000_old")]) }

        #expect(text.contains("0000_old") && text.contains("old name"))
    }

    @Test func anotherFileUnderTheSameNumberIsRefused() {
        let text = message { _ = try MigrationPlan(history: three, ledger: [entry(three.migrations[0], tag: "0000_other", checksum: "00")]) }

        #expect(text.contains("0000_other") && text.contains("0000_step"))
    }

    @Test func statesTellEachMigration() throws {
        let ledger = [
            entry(three.migrations[0]), entry(three.migrations[1], checksum: "00"), entry(try migration(5, "0005_future")),
        ]

        let states = MigrationState.all(history: three, ledger: ledger)

        #expect(states.map(\.tag) == ["0000_step", "0001_step", "0002_step", "0005_future"])
        #expect(states[0].condition == .applied(at: PostgresTimestamp(microseconds: 5), duration: .milliseconds(7)))
        guard case .drifted = states[1].condition else { return #expect(Bool(false), "an edited file counts as drifted") }
        #expect(states[2].condition == .pending)
        #expect(states[3].condition == .unknown(at: PostgresTimestamp(microseconds: 5)))
    }
}

@Suite struct MigrationTests {
    @Test func lineEndingsDoNotChangeTheChecksum() throws {
        #expect(try migration(0, sql: "SELECT 1;\r\nSELECT 2;\r\n").checksum == migration(0, sql: "SELECT 1;\nSELECT 2;\n").checksum)
    }

    @Test func everyOtherByteDoes() throws {
        #expect(try migration(0, sql: "SELECT 1;").checksum != migration(0, sql: "SELECT 1; ").checksum)
        #expect(try migration(0, sql: "SELECT 1;").checksum != migration(0, sql: "\u{FEFF}SELECT 1;").checksum)
        #expect(try migration(0, sql: "SELECT\r1;").checksum != migration(0, sql: "SELECT\n1;").checksum)
    }

    @Test func theChecksumIsSHA256OfTheFile() throws {
        #expect(try migration(0, sql: "SELECT 1;").checksum == "17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a")
    }

    @Test func aByteOrderMarkIsNotPartOfTheFirstStatement() throws {
        #expect(try migration(0, sql: "\u{FEFF}SELECT 1;").statements.map(\.sql) == ["SELECT 1"])
    }

    @Test(arguments: [
        ("-- no-transaction\nSELECT 1", false), ("-- a\n\n--no-transaction  \nSELECT 1", false), ("SELECT 1; -- no-transaction", true),
        ("SELECT 1", true),
    ])
    func aHeaderTakesAFileOutOfItsTransaction(_ sql: String, _ isTransactional: Bool) throws {
        #expect(try migration(0, sql: sql).isTransactional == isTransactional)
    }

    @Test(arguments: [
        "", "-- nothing", "SELECT 1; COMMIT; SELECT 2", "BEGIN; SELECT 1", "COPY \"t\" FROM STDIN;", "\\i other.sql", "SELECT 'open",
        "SELECT 1;\nROLLBACK",
        "-- no-transaction\nBEGIN;",
    ])
    func filesThatCannotBeAppliedAreRefused(_ sql: String) {
        #expect(message { _ = try migration(0, "0000_bad", sql: sql) }.contains("0000_bad"))
    }

    @Test func bytesThatAreNotTextAreRefused() {
        #expect(message { _ = try Migration(index: 0, tag: "0000_bad", contents: [0x61, 0xFF]) }.contains("UTF-8"))
        #expect(message { _ = try Migration(index: 0, tag: "0000_bad", contents: [0x61, 0x00]) }.contains("UTF-8"))
    }

    @Test func aHistoryWithAGapIsRefused() throws {
        let (first, third) = (try migration(0), try migration(2))

        #expect(message { _ = try MigrationHistory([first, third]) }.contains("without gaps"))
    }
}

@Suite struct MigrationJournalTests {
    private func journal(_ entries: String, dialect: String = "postgresql") -> [UInt8] {
        Array(#"{ "version": "7", "dialect": "\#(dialect)", "entries": [\#(entries)] }"#.utf8)
    }

    private func row(_ index: Int, _ tag: String, when: Int = 1) -> String {
        #"{ "idx": \#(index), "version": "7", "when": \#(when), "tag": "\#(tag)", "breakpoints": true }"#
    }

    @Test func entriesAreOrderedByIndexWhateverTheirTimes() throws {
        let read = try MigrationJournal.read(journal([row(1, "b", when: 5), row(0, "a", when: 9)].joined(separator: ",")))

        #expect(read.entries.map(\.tag) == ["a", "b"])
        #expect(read.version == "7")
        #expect(read.entries[0].when == 9)
    }

    @Test func gapsAndDoublesAreRefused() {
        #expect(message { _ = try MigrationJournal.read(journal([row(0, "a"), row(2, "c")].joined(separator: ","))) }.contains("idx 1"))
        #expect(message { _ = try MigrationJournal.read(journal([row(0, "a"), row(0, "b")].joined(separator: ","))) }.contains("both have idx 0"))
        #expect(message { _ = try MigrationJournal.read(journal([row(0, "a"), row(1, "a")].joined(separator: ","))) }.contains("twice"))
        #expect(message { _ = try MigrationJournal.read(journal(row(1, "a"))) }.contains("idx 0"))
    }

    @Test(arguments: ["../a", "a/b", "", ".hidden", "ä", "a b"])
    func tagsThatAreNoPlainFileNamesAreRefused(_ tag: String) {
        #expect(message { _ = try MigrationJournal.read(journal(row(0, tag))) }.contains("file name"))
    }

    @Test func anotherDialectIsRefused() {
        #expect(message { _ = try MigrationJournal.read(journal(row(0, "a"), dialect: "sqlite")) }.contains("dialect"))
    }

    @Test func malformedJournalsAreRefusedByName() {
        #expect(message { _ = try MigrationJournal.read(Array("not json".utf8)) }.contains("JSON"))
        #expect(message { _ = try MigrationJournal.read([]) }.contains("JSON"))
        #expect(message { _ = try MigrationJournal.read(Array(#"{ "version": "7", "dialect": "postgresql" }"#.utf8)) }.contains("entries"))
        #expect(message { _ = try MigrationJournal.read(journal(#"{ "idx": "0", "when": 1, "tag": "a", "breakpoints": true }"#)) }.contains("idx"))
    }

    @Test func aHistoryIsAJournalWithItsFiles() throws {
        let history = try MigrationHistory(journal: journal(row(0, "0000_a")), files: ["0000_a.sql": Array("SELECT 1".utf8), "meta.json": []])

        #expect(history.migrations.map(\.tag) == ["0000_a"])
    }

    @Test func filesAndJournalMustAgree() {
        let missing = message { _ = try MigrationHistory(journal: journal(row(0, "0000_a")), files: [:]) }
        let unlisted = message {
            _ = try MigrationHistory(journal: journal(row(0, "0000_a")), files: ["0000_a.sql": Array("SELECT 1".utf8), "0001_b.sql": []])
        }

        #expect(missing.contains("0000_a.sql") && unlisted.contains("0001_b.sql"))
    }
}
