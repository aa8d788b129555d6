import DeployStackModels
import PostgresDriver

/// The moment of a statement that looks for arrivals, and one row that it found if it found any.
struct ArrivalRow: Sendable {
    /// nil on a server that only follows another one, where snapshots say nothing about transactions.
    var history: String?
    var snapshot: String
    var transaction: String?
    var notification: AppNotification?
}

extension Statement<ArrivalRow> {
    private init(arrivals text: StatementText) {
        self.init(text) { row throws(PostgresError) in
            ArrivalRow(
                history: try row.read(), snapshot: try row.read(), transaction: try row.read(), notification: try row.readIfPresent())
        }
    }

    private static var history: StatementFragment {
        """
        CASE WHEN NOT pg_is_in_recovery()
            THEN (SELECT "system_identifier" FROM pg_control_system())::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
        END AS "history"
        """
    }

    /// Where a stream begins.
    static func presentArrivals() -> Self {
        Self(
            arrivals: """
                SELECT \(history), pg_current_snapshot()::text AS "snapshot", NULL::text AS "arrived_in", \(AppNotification.columns["n"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "notifications" AS n ON false
                """)
    }

    /// Served by `idx_notifications_user_arrived` or `idx_notifications_team_arrived`: no transaction before the snapshot's first unfinished one can
    /// have arrived since.
    ///
    /// What the present snapshot does not know either was restored from another server, whose numbers mean nothing here.
    static func arrivals(_ topic: StreamTopic, since position: ArrivalPosition, limit: Int) -> Self {
        let owner: StatementFragment =
            switch topic {
            case .user(let user): "\"user_id\" = \(user)"
            case .team(let team): "\"sent_to_team\" = \(team)"
            }
        let bound: StatementFragment =
            if let progress = position.progress {
                """
                pg_visible_in_snapshot("arrived_in", \(progress.target)::text::pg_snapshot)
                        AND ("arrived_in", "created_at", "id" COLLATE "C")
                            > (\(progress.last.transaction)::text::xid8, \(progress.last.createdAt), \(progress.last.id))
                """
            } else {
                "pg_visible_in_snapshot(\"arrived_in\", pg_current_snapshot())"
            }
        return Self(
            arrivals: """
                WITH "arrived" AS (
                    SELECT "arrived_in", \(AppNotification.columns)
                    FROM "notifications"
                    WHERE \(owner)
                        AND "arrived_in" >= pg_snapshot_xmin(\(position.snapshot)::text::pg_snapshot)
                        AND NOT pg_visible_in_snapshot("arrived_in", \(position.snapshot)::text::pg_snapshot)
                        AND \(bound)
                    ORDER BY "arrived_in", "created_at", "id" COLLATE "C"
                    LIMIT \(limit))
                SELECT \(history), pg_current_snapshot()::text AS "snapshot", a."arrived_in"::text AS "arrived_in", \(AppNotification.columns["a"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "arrived" AS a ON true
                ORDER BY a."arrived_in", a."created_at", a."id" COLLATE "C"
                """)
    }
}
