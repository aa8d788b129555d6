package import DeployStackModels
package import PostgresDriver

extension SatelliteRegistrationToken: RowDecodable {
    package static let columns: ColumnList = [
        "id", "token_type", "team_id", "token_prefix", "created_by", "permissions", "used_at", "used_by_satellite_id", "expires_at", "created_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), type: try row.read(), teamID: try row.read(), prefix: try row.read(), createdBy: try row.read(),
            permissions: try row.read(), usedAt: try row.read(), usedBy: try row.read(), expiresAt: try row.read(), createdAt: try row.read())
    }
}

extension Statement<SatelliteRegistrationToken> {
    static func createRegistrationToken(_ token: SatelliteRegistrationToken, hash: TokenHash) -> Self {
        """
        INSERT INTO "satelliteRegistrationTokens" (\(SatelliteRegistrationToken.columns), "token_hash")
        VALUES (\(token.id), \(token.type), \(token.teamID), \(token.prefix), \(token.createdBy), \(token.permissions), \(token.usedAt),
            \(token.usedBy), \(token.expiresAt), \(token.createdAt), \(hash.hexadecimal))
        RETURNING \(SatelliteRegistrationToken.columns)
        """
    }

    /// Holds a token that can be used, until the transaction ends. Whoever comes second waits, and finds it used. Served by the unique index on `token_hash`.
    static func lockRegistrationToken(_ hash: TokenHash, at now: Timestamp) -> Self {
        """
        SELECT \(SatelliteRegistrationToken.columns)
        FROM "satelliteRegistrationTokens"
        WHERE "token_hash" = \(hash.hexadecimal) AND NOT "used" AND "expires_at" > \(now)
        FOR UPDATE
        """
    }
}

extension Statement<Counted<SatelliteRegistrationToken>> {
    static func registrationTokens(team: TeamID?, page: Page) -> Self {
        Self(
            counting: """
                WITH "matches" AS (
                        SELECT \(SatelliteRegistrationToken.columns)
                        FROM "satelliteRegistrationTokens"
                        WHERE (\(team) IS NULL OR "team_id" = \(team))),
                    "page" AS (
                        SELECT \(SatelliteRegistrationToken.columns)
                        FROM "matches"
                        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
                        LIMIT \(page.limit) OFFSET \(page.offset))
                SELECT (SELECT count(*) FROM "matches") AS "total", \(SatelliteRegistrationToken.columns["p"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "page" AS p ON true
                ORDER BY p."created_at" DESC, p."id" COLLATE "C" DESC
                """)
    }
}

extension Statement<Void> {
    static func useRegistrationToken(_ id: SatelliteRegistrationTokenID, by satellite: SatelliteID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "satelliteRegistrationTokens"
            SET "used" = true, "used_at" = \(now), "used_by_satellite_id" = \(satellite)
            WHERE "id" = \(id)
            """)
    }

    static func revokeRegistrationToken(_ id: SatelliteRegistrationTokenID) -> Self {
        Self(
            """
            DELETE FROM "satelliteRegistrationTokens"
            WHERE "id" = \(id) AND NOT "used"
            """)
    }

    /// Served by `idx_satelliteRegistrationTokens_expires`.
    static func deleteExpiredRegistrationTokens(at now: Timestamp) -> Self {
        Self(
            """
            DELETE FROM "satelliteRegistrationTokens"
            WHERE "expires_at" <= \(now)
            """)
    }
}
