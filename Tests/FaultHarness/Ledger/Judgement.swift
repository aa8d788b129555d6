package import PostgresDriver

/// What became of the operations of a ledger: the journal held against the database.
package struct Judgement: Sendable, Hashable {
    /// Operations that were begun.
    package var operations = 0
    /// Operations that were reported as done.
    package var ok = 0
    /// Operations that were reported as certainly not done.
    package var failed = 0
    /// Operations of which it was said that they may be done.
    package var unknown = 0
    /// Of the unknown ones, those that are done.
    package var unknownButDone = 0

    /// Reported as done, and not there.
    package var lost = 0
    /// There more than once.
    package var doubled = 0
    /// Reported as not done, and there; or reported as something that the fault did not allow.
    package var misclassified = 0
    /// There without all of their parts, and accounts that do not agree with their entries.
    package var halfDone = 0
    /// There, and never begun by this client.
    package var strange = 0
    /// Begun, and nothing was ever reported.
    package var unresolved = 0
    /// By how much the sum over all accounts differs from the initial one.
    package var sumDifference: Int64 = 0

    /// Whether nothing is wrong.
    package var isClean: Bool {
        lost == 0 && doubled == 0 && misclassified == 0 && halfDone == 0 && strange == 0 && unresolved == 0 && sumDifference == 0
    }
}

extension Judgement: CustomStringConvertible {
    /// What is asked for in the figures: `lost 0, doubled 0, misclassified 0`, and the rest if it is not as it should be.
    package var description: String {
        var text = "lost \(lost), doubled \(doubled), misclassified \(misclassified)"
        if halfDone > 0 { text += ", half done \(halfDone)" }
        if strange > 0 { text += ", strange \(strange)" }
        if unresolved > 0 { text += ", unresolved \(unresolved)" }
        if sumDifference != 0 { text += ", sum wrong by \(sumDifference)" }
        return text
    }
}

/// What the database has of one operation.
struct StoredOperation {
    let number: Int64
    let copies: Int
    let entries: Int
    let total: Int64

    var isWhole: Bool { entries == 2 * copies && total == 0 }
}

extension Ledger {
    /// Holds the journal against the database. Every session of the test must have ended its transaction by then.
    ///
    /// - Parameter executor: Looks into the database; best one that has not been mistreated.
    package func judge(with executor: some StatementExecutor) async throws -> Judgement {
        let stored = try await executor.run(.storedOperations()).rows
        let drifting = try await executor.run(.driftingAccounts(initial: Self.initialBalance)).rows.first ?? 0
        let sum = try await executor.run(Statement<Int64>("SELECT sum(\"balance\")::bigint FROM \"accounts\"")).rows.first ?? 0
        var judgement = judge(stored)
        judgement.halfDone += drifting
        judgement.sumDifference = sum - Int64(accounts) * Self.initialBalance
        return judgement
    }

    func judge(_ stored: [StoredOperation]) -> Judgement {
        let copies = Dictionary(stored.map { ($0.number, $0.copies) }) { $0 + $1 }
        let entries = journal.entries
        var judgement = Judgement()
        judgement.operations = entries.count
        judgement.doubled = copies.values.count { $0 > 1 }
        judgement.halfDone = stored.count { !$0.isWhole }
        judgement.strange = copies.keys.count { entries[$0] == nil }
        for (number, entry) in entries {
            let isThere = (copies[number] ?? 0) > 0
            switch entry.verdict {
            case .open:
                judgement.unresolved += 1
            case .ok:
                judgement.ok += 1
                if !isThere { judgement.lost += 1 }
            case .failed:
                judgement.failed += 1
            case .unknown:
                judgement.unknown += 1
                if isThere { judgement.unknownButDone += 1 }
            }
            let isForbidden = entry.allowed.map { !$0.contains(entry.verdict) } ?? false
            if entry.verdict == .failed && isThere || isForbidden { judgement.misclassified += 1 }
        }
        return judgement
    }
}

extension Statement<StoredOperation> {
    fileprivate static func storedOperations() -> Self {
        Self(
            """
            SELECT coalesce(o."id", e."operation"), coalesce(o."copies", 0), coalesce(e."entries", 0), coalesce(e."total", 0)
            FROM (SELECT "id", count(*) AS "copies" FROM "operations" GROUP BY "id") AS o
            FULL JOIN (
                SELECT "operation", count(*) AS "entries", sum("amount")::bigint AS "total" FROM "entries" GROUP BY "operation"
            ) AS e ON e."operation" = o."id"
            """
        ) { row in
            StoredOperation(number: try row.read(), copies: try row.read(), entries: try row.read(), total: try row.read())
        }
    }
}

extension Statement<Int> {
    fileprivate static func driftingAccounts(initial: Int64) -> Self {
        """
        SELECT count(*)
        FROM "accounts" AS a
        WHERE a."balance" <> \(initial)
            + coalesce((SELECT sum(e."amount")::bigint FROM "entries" AS e WHERE e."account" = a."id"), 0)
        """
    }
}
