package import DeployStackModels
package import PostgresDriver

extension SatelliteCommand: RowDecodable {
    package static let columns: ColumnList = [
        "id", "satellite_id", "command_type", "priority", "payload", "status", "target_team_id", "correlation_id", "retry_count", "max_retries",
        "error_message", "result", "created_by", "expires_at", "created_at", "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), satelliteID: try row.read(), type: try row.read(), priority: try row.read(), payload: try row.read(),
            status: try row.read(), targetTeamID: try row.read(), correlationID: try row.read(), retryCount: try row.read(),
            maxRetries: try row.read(), errorMessage: try row.read(), result: try row.read(), createdBy: try row.read(), expiresAt: try row.read(),
            createdAt: try row.read(), updatedAt: try row.read())
    }
}

extension SatelliteTarget {
    /// The target's satellites, as a further condition.
    fileprivate var condition: StatementFragment {
        switch self {
        case .satellite(let id): "\"id\" = \(id)"
        case .allGlobal: "\"satellite_type\" = 'global'"
        case .team(let team): "\"team_id\" = \(team)"
        }
    }
}

extension Statement<SatelliteCommand> {
    /// Gives a command to each active satellite of a target, in one statement. `idx_active_satellites` has the active ones.
    ///
    /// The satellites are held until the commands are committed: one that is deleted meanwhile is left out, and the others get theirs.
    static func enqueueCommands(_ fanOut: SatelliteCommandFanOut) -> Self {
        let command = fanOut.command
        return """
            WITH "targets" AS (
                    SELECT "id"
                    FROM "satellites"
                    WHERE "status" = 'active' AND \(fanOut.target.condition)
                    ORDER BY "id" COLLATE "C"
                    FOR KEY SHARE),
                "inserted" AS (
                    INSERT INTO "satelliteCommands" (\(SatelliteCommand.columns))
                    SELECT \(fanOut.id) || '-' || row_number() OVER (ORDER BY "id" COLLATE "C"), "id", \(command.type), \(command.priority),
                        \(command.payload), 'pending', \(fanOut.targetTeam), \(fanOut.correlationID), 0, \(command.maxRetries), NULL, NULL,
                        \(command.createdBy), \(fanOut.expiresAt), \(fanOut.now), \(fanOut.now)
                    FROM "targets"
                    RETURNING \(SatelliteCommand.columns))
            SELECT \(SatelliteCommand.columns)
            FROM "inserted"
            ORDER BY "satellite_id" COLLATE "C"
            """
    }

    static func command(_ id: SatelliteCommandID) -> Self {
        """
        SELECT \(SatelliteCommand.columns)
        FROM "satelliteCommands"
        WHERE "id" = \(id)
        """
    }

    /// Served by `idx_satelliteCommands_correlation`.
    static func commands(correlationID: String) -> Self {
        """
        SELECT \(SatelliteCommand.columns)
        FROM "satelliteCommands"
        WHERE "correlation_id" = \(correlationID)
        ORDER BY "satellite_id" COLLATE "C", "id" COLLATE "C"
        """
    }

    /// Claims a satellite's most urgent commands. Served by `idx_satelliteCommands_pending`, which has the order.
    ///
    /// Commands that another poll is about to claim are passed over and not waited for, so many polls at once share what there is.
    static func pollCommands(_ satellite: SatelliteID, limit: Int, at now: Timestamp) -> Self {
        """
        WITH "waiting" AS (
                SELECT c."id"
                FROM "satelliteCommands" AS c
                WHERE c."satellite_id" = \(satellite) AND c."status" = 'pending' AND c."expires_at" > \(now)
                    AND EXISTS (SELECT 1 FROM "satellites" AS s WHERE s."id" = \(satellite) AND s."status" = 'active')
                ORDER BY c."priority", c."created_at", c."id" COLLATE "C"
                LIMIT \(limit)
                FOR UPDATE OF c SKIP LOCKED),
            "claimed" AS (
                UPDATE "satelliteCommands" AS c
                SET "status" = 'acknowledged', "updated_at" = \(now)
                FROM "waiting" AS w
                WHERE c."id" = w."id"
                RETURNING \(SatelliteCommand.columns["c"]))
        SELECT \(SatelliteCommand.columns)
        FROM "claimed"
        ORDER BY "priority", "created_at", "id" COLLATE "C"
        """
    }
}

extension Statement<Void> {
    /// A command that failed is pending again as long as it may be tried again.
    static func reportCommand(
        _ id: SatelliteCommandID, of satellite: SatelliteID, _ status: SatelliteCommandStatus, result: JSONValue?, error: String?, at now: Timestamp
    ) -> Self {
        Self(
            """
            UPDATE "satelliteCommands"
            SET "status" = CASE WHEN \(status) = 'failed' AND "retry_count" < "max_retries" THEN 'pending' ELSE \(status) END,
                "retry_count" = CASE WHEN \(status) = 'failed' AND "retry_count" < "max_retries" THEN "retry_count" + 1 ELSE "retry_count" END,
                "result" = coalesce(\(result), "result"),
                "error_message" = coalesce(\(error), "error_message"),
                "updated_at" = \(now)
            WHERE "id" = \(id) AND "satellite_id" = \(satellite) AND "status" IN ('acknowledged', 'executing')
            """)
    }

    static func expireCommands(error: String, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "satelliteCommands"
            SET "status" = 'failed', "error_message" = \(error), "updated_at" = \(now)
            WHERE "status" IN ('pending', 'acknowledged') AND "expires_at" <= \(now)
            """)
    }

    static func purgeCommands(before moment: Timestamp, at now: Timestamp) -> Self {
        Self(
            """
            DELETE FROM "satelliteCommands"
            WHERE "created_at" < \(moment) AND ("status" IN ('completed', 'failed') OR "expires_at" <= \(now))
            """)
    }
}
