package import PostgresDriver

/// Accounts, and operations that move amounts between them, made so that whatever is lost, doubled or half done shows.
///
/// Nothing in the tables is unique but the accounts: an operation that is done twice is there twice, instead of being refused.
package struct Ledger: Sendable {
    /// How much each account has in the beginning.
    package static let initialBalance: Int64 = 1_000

    /// How many accounts there are, numbered from 1.
    package let accounts: Int

    /// What the client was told.
    package let journal = Journal()

    /// Makes the tables.
    package init(accounts: Int, with executor: some StatementExecutor) async throws {
        self.accounts = accounts
        _ = try await executor.run(
            Statement<Void>("CREATE TABLE \"accounts\" (\"id\" bigint PRIMARY KEY, \"balance\" bigint NOT NULL)"))
        _ = try await executor.run(
            Statement<Void>("CREATE TABLE \"operations\" (\"id\" bigint NOT NULL)"))
        _ = try await executor.run(
            Statement<Void>("CREATE TABLE \"entries\" (\"operation\" bigint NOT NULL, \"account\" bigint NOT NULL, \"amount\" bigint NOT NULL)"))
        _ = try await executor.run(
            Statement<Void>(
                """
                INSERT INTO "accounts" ("id", "balance") SELECT "id", \(Self.initialBalance) FROM generate_series(1, \(accounts)) AS "id"
                """))
    }

    /// A transfer between two different accounts, its lower account first, so that two transfers never wait for each other in a circle.
    package func transfer(_ random: inout some RandomNumberGenerator) -> Transfer {
        let first = Int.random(in: 1..<accounts, using: &random)
        let second = Int.random(in: (first + 1)...accounts, using: &random)
        return Transfer(lower: Int64(first), higher: Int64(second), amount: Int64.random(in: -5...5, using: &random))
    }
}

/// An amount that goes from one account to another.
package struct Transfer: Sendable {
    package let lower: Int64
    package let higher: Int64
    /// What the higher account gets; less than nothing goes the other way.
    package let amount: Int64

    package init(lower: Int64, higher: Int64, amount: Int64) {
        self.lower = lower
        self.higher = higher
        self.amount = amount
    }
}

extension Transfer {
    /// The number of statements of a transfer between BEGIN and COMMIT.
    package static let statementCount = 6

    /// The statements of a transfer, in order.
    package func statements(for operation: Int64) -> [Statement<Void>] {
        [
            Statement("SELECT FROM \"accounts\" WHERE \"id\" IN (\(lower), \(higher)) ORDER BY \"id\" FOR UPDATE"),
            Statement("INSERT INTO \"operations\" (\"id\") VALUES (\(operation))"),
            Statement("INSERT INTO \"entries\" (\"operation\", \"account\", \"amount\") VALUES (\(operation), \(lower), -\(amount))"),
            Statement("UPDATE \"accounts\" SET \"balance\" = \"balance\" - \(amount) WHERE \"id\" = \(lower)"),
            Statement("INSERT INTO \"entries\" (\"operation\", \"account\", \"amount\") VALUES (\(operation), \(higher), \(amount))"),
            Statement("UPDATE \"accounts\" SET \"balance\" = \"balance\" + \(amount) WHERE \"id\" = \(higher)"),
        ]
    }

    /// The whole transfer as one statement, which needs no transaction around it.
    package func singleStatement(for operation: Int64) -> Statement<Void> {
        """
        WITH "done" AS (INSERT INTO "operations" ("id") VALUES (\(operation))),
            "booked" AS (
                INSERT INTO "entries" ("operation", "account", "amount")
                VALUES (\(operation), \(lower), -\(amount)), (\(operation), \(higher), \(amount))
            ),
            "locked" AS (SELECT "id" FROM "accounts" WHERE "id" IN (\(lower), \(higher)) ORDER BY "id" FOR UPDATE)
        UPDATE "accounts"
        SET "balance" = "balance" + CASE WHEN "accounts"."id" = \(lower) THEN -\(amount) ELSE \(amount) END
        FROM "locked"
        WHERE "accounts"."id" = "locked"."id"
        """
    }
}
