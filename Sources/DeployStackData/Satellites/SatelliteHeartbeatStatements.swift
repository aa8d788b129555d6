package import DeployStackModels
package import PostgresDriver

extension SatelliteHeartbeat: RowDecodable {
    package static let columns: ColumnList = [
        "id", "satellite_id", "status", "system_metrics", "process_count", "healthy_process_count", "error_count", "response_time_ms",
        "uptime_seconds", "version", "timestamp",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), satelliteID: try row.read(), health: try row.read(), systemMetrics: try row.read(), processCount: try row.read(),
            healthyProcessCount: try row.read(), errorCount: try row.read(),
            responseTime: try (row.read() as Int?).map { Duration.milliseconds($0) }, uptime: try (row.read() as Int?).map { Duration.seconds($0) },
            version: try row.read(), receivedAt: try row.read())
    }
}

extension Statement<Void> {
    /// Changes the satellite and stores its heartbeat, in one statement and therefore both or neither. An unknown satellite gives no row.
    ///
    /// No column of an index changes, except when an inactive satellite becomes active, so the row stays on its page.
    static func recordHeartbeat(_ heartbeat: NewSatelliteHeartbeat, id: SatelliteHeartbeatID, of satellite: SatelliteID, at now: Timestamp) -> Self {
        Self(
            """
            WITH "satellite" AS (
                    UPDATE "satellites"
                    SET "last_heartbeat" = \(now),
                        "status" = CASE "status" WHEN 'inactive' THEN 'active' ELSE "status" END,
                        "satellite_url" = coalesce(\(heartbeat.url), "satellite_url"),
                        "mcp_status" = coalesce(\(heartbeat.mcpStatus), "mcp_status"),
                        "updated_at" = \(now)
                    WHERE "id" = \(satellite)
                    RETURNING "id")
            INSERT INTO "satelliteHeartbeats" (\(SatelliteHeartbeat.columns))
            SELECT \(id), "id", \(heartbeat.health), \(heartbeat.systemMetrics), \(heartbeat.processCount), \(heartbeat.healthyProcessCount),
                \(heartbeat.errorCount), \(heartbeat.responseTime?.wholeMilliseconds), \(heartbeat.uptime?.wholeSeconds),
                \(heartbeat.version), \(now)
            FROM "satellite"
            """)
    }

    /// Numbers the heartbeats of each satellite from the newest and deletes those beyond what is kept. `idx_satelliteHeartbeats_satellite_timestamp` has
    /// the order.
    static func pruneHeartbeats(keepGlobal: Int, keepTeam: Int) -> Self {
        Self(
            """
            DELETE FROM "satelliteHeartbeats"
            WHERE "id" IN (
                SELECT n."id"
                FROM (
                    SELECT h."id", s."satellite_type",
                        row_number() OVER (PARTITION BY h."satellite_id" ORDER BY h."timestamp" DESC, h."id" COLLATE "C" DESC) AS "number"
                    FROM "satelliteHeartbeats" AS h
                    INNER JOIN "satellites" AS s ON s."id" = h."satellite_id") AS n
                WHERE n."number" > CASE n."satellite_type" WHEN 'team' THEN \(keepTeam) ELSE \(keepGlobal) END)
            """)
    }
}

extension Statement<Counted<SatelliteHeartbeat>> {
    /// Served by `idx_satelliteHeartbeats_satellite_timestamp`.
    static func heartbeats(of satellite: SatelliteID, page: Page) -> Self {
        Self(
            counting: """
                WITH "matches" AS (SELECT \(SatelliteHeartbeat.columns) FROM "satelliteHeartbeats" WHERE "satellite_id" = \(satellite)),
                    "page" AS (
                        SELECT \(SatelliteHeartbeat.columns)
                        FROM "matches"
                        ORDER BY "timestamp" DESC, "id" COLLATE "C" DESC
                        LIMIT \(page.limit) OFFSET \(page.offset))
                SELECT (SELECT count(*) FROM "matches") AS "total", \(SatelliteHeartbeat.columns["p"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "page" AS p ON true
                ORDER BY p."timestamp" DESC, p."id" COLLATE "C" DESC
                """)
    }
}
