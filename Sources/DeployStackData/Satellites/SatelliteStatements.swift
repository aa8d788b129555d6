package import DeployStackModels
package import PostgresDriver

extension Satellite: RowDecodable {
    /// What lists and look-ups by API key show.
    package static let columns: ColumnList = [
        "id", "name", "satellite_type", "team_id", "status", "capabilities", "last_heartbeat", "satellite_url", "region", "created_by", "created_at",
        "updated_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), name: try row.read(), type: try row.read(), teamID: try row.read(), status: try row.read(),
            capabilities: try (row.read() as PostgresStringArrayJSON).strings, lastHeartbeatAt: try row.read(), url: try row.read(),
            region: try row.read(), createdBy: try row.read(), createdAt: try row.read(), updatedAt: try row.read(), details: nil)
    }
}

extension SatelliteDetails: RowDecodable {
    package static let columns: ColumnList = ["config", "system_info", "mcp_status"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(config: try row.read(), systemInfo: try row.read(), mcpStatus: try row.read())
    }
}

extension Statement<Satellite> {
    /// Makes a statement that selects a satellite's columns and then its details' columns.
    private init(detailed text: StatementText) {
        self.init(text) { row throws(PostgresError) in
            var satellite: Satellite = try row.read()
            satellite.details = try row.read() as SatelliteDetails
            return satellite
        }
    }

    /// Registers a satellite by its name; gives no row when one of another type or team has it.
    static func registerSatellite(_ satellite: Satellite, url: String?, systemInfo: JSONValue?, apiKeyHash hash: TokenHash) -> Self {
        Self(
            detailed: """
                INSERT INTO "satellites" AS s (\(Satellite.columns), "system_info", "api_key_hash")
                VALUES (\(satellite.id), \(satellite.name), \(satellite.type), \(satellite.teamID), \(satellite.status),
                    \(PostgresStringArrayJSON(satellite.capabilities)), \(satellite.lastHeartbeatAt), \(satellite.url), \(satellite.region),
                    \(satellite.createdBy), \(satellite.createdAt), \(satellite.updatedAt), \(systemInfo), \(hash.hexadecimal))
                ON CONFLICT ("name") DO UPDATE
                SET "status" = excluded."status",
                    "capabilities" = excluded."capabilities",
                    "system_info" = coalesce(excluded."system_info", s."system_info"),
                    "satellite_url" = coalesce(\(url), s."satellite_url"),
                    "region" = coalesce(excluded."region", s."region"),
                    "created_by" = coalesce(excluded."created_by", s."created_by"),
                    "api_key_hash" = excluded."api_key_hash",
                    "updated_at" = excluded."updated_at"
                WHERE s."satellite_type" = excluded."satellite_type" AND s."team_id" IS NOT DISTINCT FROM excluded."team_id"
                RETURNING \(Satellite.columns["s"]), \(SatelliteDetails.columns["s"])
                """)
    }

    /// Served by the unique index on `api_key_hash`. The documents, which can be large, are not read.
    static func authenticateSatellite(_ hash: TokenHash) -> Self {
        """
        SELECT \(Satellite.columns)
        FROM "satellites"
        WHERE "api_key_hash" = \(hash.hexadecimal)
        """
    }

    static func satellite(_ id: SatelliteID) -> Self {
        Self(
            detailed: """
                SELECT \(Satellite.columns), \(SatelliteDetails.columns)
                FROM "satellites"
                WHERE "id" = \(id)
                """)
    }

    /// Served by `idx_active_satellites`.
    static func activeGlobalSatellites() -> Self {
        """
        SELECT \(Satellite.columns)
        FROM "satellites"
        WHERE "status" = 'active' AND "satellite_type" = 'global'
        ORDER BY "name" COLLATE "C", "id" COLLATE "C"
        """
    }

    /// Served by `idx_active_satellites`.
    static func staleSatellites(before moment: Timestamp) -> Self {
        """
        SELECT \(Satellite.columns)
        FROM "satellites"
        WHERE "status" = 'active' AND ("last_heartbeat" IS NULL OR "last_heartbeat" < \(moment))
        ORDER BY "last_heartbeat" NULLS FIRST, "id" COLLATE "C"
        """
    }

    static func setSatelliteStatus(_ id: SatelliteID, _ status: SatelliteStatus, at now: Timestamp) -> Self {
        Self(
            detailed: """
                UPDATE "satellites"
                SET "status" = \(status), "updated_at" = \(now)
                WHERE "id" = \(id)
                RETURNING \(Satellite.columns), \(SatelliteDetails.columns)
                """)
    }

    static func updateSatelliteConfig(_ id: SatelliteID, _ config: JSONValue, at now: Timestamp) -> Self {
        Self(
            detailed: """
                UPDATE "satellites"
                SET "config" = \(config), "updated_at" = \(now)
                WHERE "id" = \(id)
                RETURNING \(Satellite.columns), \(SatelliteDetails.columns)
                """)
    }
}

extension Statement<Counted<Satellite>> {
    static func satellites(type: SatelliteType?, team: TeamID?, status: SatelliteStatus?, page: Page) -> Self {
        Self(
            counting: """
                WITH "matches" AS (
                        SELECT \(Satellite.columns)
                        FROM "satellites"
                        WHERE (\(type) IS NULL OR "satellite_type" = \(type))
                            AND (\(team) IS NULL OR "team_id" = \(team))
                            AND (\(status) IS NULL OR "status" = \(status))),
                    "page" AS (
                        SELECT \(Satellite.columns)
                        FROM "matches"
                        ORDER BY "name" COLLATE "C", "id" COLLATE "C"
                        LIMIT \(page.limit) OFFSET \(page.offset))
                SELECT (SELECT count(*) FROM "matches") AS "total", \(Satellite.columns["p"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "page" AS p ON true
                ORDER BY p."name" COLLATE "C", p."id" COLLATE "C"
                """)
    }
}

extension Statement<Void> {
    static func deleteSatellite(_ id: SatelliteID) -> Self {
        Self(
            """
            DELETE FROM "satellites"
            WHERE "id" = \(id)
            """)
    }
}
