/// The table in which a database remembers its migrations, and the lock that lets one runner at a time work on it.
enum MigrationLedger {
    /// The number of the advisory lock. It is the same for every program that uses this ledger, and arbitrary otherwise.
    static let lockKey: Int64 = 0x4453_4D69_6772_6174

    /// Creates the table. It runs under the lock, so two runners cannot create it at once.
    static let createTable = """
        CREATE TABLE IF NOT EXISTS "__deploystack_migrations" (
            "idx" integer NOT NULL,
            "tag" text COLLATE "C" NOT NULL,
            "checksum" text COLLATE "C" NOT NULL,
            "applied_at" timestamptz NOT NULL,
            "duration_ms" integer NOT NULL,
            CONSTRAINT "__deploystack_migrations_pkey" PRIMARY KEY ("idx"),
            CONSTRAINT "__deploystack_migrations_tag_key" UNIQUE ("tag")
        )
        """
}

extension MigrationLedgerEntry: RowDecodable {
    package static let columns: ColumnList = ["idx", "tag", "checksum", "applied_at", "duration_ms"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            index: try row.read(), tag: try row.read(), checksum: try row.read(), appliedAt: try row.read(),
            duration: .milliseconds(try row.read() as Int))
    }
}

extension Statement<Bool> {
    static func migrationLedgerExists() -> Self {
        """
        SELECT to_regclass('"__deploystack_migrations"') IS NOT NULL
        """
    }

    /// Takes the lock for the session, or says at once that another session has it.
    static func tryMigrationLock() -> Self {
        """
        SELECT pg_try_advisory_lock(\(MigrationLedger.lockKey))
        """
    }

    static func releaseMigrationLock() -> Self {
        """
        SELECT pg_advisory_unlock(\(MigrationLedger.lockKey))
        """
    }

    /// Takes the lock once more for the transaction. It is refused if the session that holds it is not this one, as behind a pooler that gives
    /// each transaction another session.
    static func confirmMigrationLock() -> Self {
        """
        SELECT pg_try_advisory_xact_lock(\(MigrationLedger.lockKey))
        """
    }
}

extension Statement<Int32> {
    /// The process that holds the lock, if there is one.
    static func migrationLockHolder() -> Self {
        """
        SELECT "pid"
        FROM "pg_locks"
        WHERE "locktype" = 'advisory' AND "granted" AND "objsubid" = 1
            AND "database" = (SELECT "oid" FROM "pg_database" WHERE "datname" = current_database())
            AND "classid"::bigint = \(MigrationLedger.lockKey >> 32) AND "objid"::bigint = \(MigrationLedger.lockKey & 0xFFFF_FFFF)
        ORDER BY "pid"
        LIMIT 1
        """
    }
}

extension Statement<MigrationLedgerEntry> {
    static func migrationLedger() -> Self {
        """
        SELECT \(MigrationLedgerEntry.columns)
        FROM "__deploystack_migrations"
        ORDER BY "idx"
        """
    }
}

extension Statement<Void> {
    /// Remembers a migration. Without a time from the caller, the server's is taken.
    static func recordMigration(_ migration: Migration, at moment: PostgresTimestamp?, milliseconds: Int) -> Self {
        """
        INSERT INTO "__deploystack_migrations" (\(MigrationLedgerEntry.columns))
        VALUES (\(migration.index), \(migration.tag), \(migration.checksum), coalesce(\(moment), clock_timestamp()), \(milliseconds))
        """
    }

    /// Gives the session the settings that every session of the driver begins with, which RESET takes for those of the role and the database.
    static func beginSessionAgain() -> Self {
        """
        SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, MDY', false),
            set_config('standard_conforming_strings', 'on', false)
        """
    }

    /// Limits how long the transaction's statements wait for a lock on a table, in milliseconds.
    static func limitLockWait(milliseconds: String) -> Self {
        """
        SELECT set_config('lock_timeout', \(milliseconds), true)
        """
    }
}
