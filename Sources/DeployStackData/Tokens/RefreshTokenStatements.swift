package import DeployStackModels
package import PostgresDriver

extension RefreshToken: RowDecodable {
    package static let columns: ColumnList = [
        "id", "user_id", "team_id", "client_id", "scope", "resource", "family_id", "used", "used_at", "created_at", "expires_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), userID: try row.read(), teamID: try row.read(), clientID: try row.read(), scopes: try row.read(),
            resource: try row.read(), familyID: try row.read(), isUsed: try row.read(), usedAt: try row.read(), createdAt: try row.read(),
            expiresAt: try row.read())
    }
}

extension Statement<RefreshToken> {
    /// The token with a hash, of somebody who is still a member, all of whom are held as `codeOfMember` does. Served by the unique index on `token_hash`.
    static func refreshTokenOfMember(_ hash: TokenHash) -> Self {
        """
        SELECT \(RefreshToken.columns["r"])
        FROM "oauth_refresh_tokens" AS r
        INNER JOIN "authUser" AS u ON u."id" = r."user_id"
        INNER JOIN "teams" AS t ON t."id" = r."team_id"
        INNER JOIN "teamMemberships" AS m ON m."team_id" = r."team_id" AND m."user_id" = r."user_id"
        WHERE r."token_hash" = \(hash.hexadecimal)
        FOR KEY SHARE OF u, t, m
        """
    }

    /// The token with a hash, whoever has it.
    static func refreshToken(_ hash: TokenHash) -> Self {
        """
        SELECT \(RefreshToken.columns)
        FROM "oauth_refresh_tokens"
        WHERE "token_hash" = \(hash.hexadecimal)
        """
    }
}

extension Statement<Void> {
    /// Stores the record of a token for a member; inserts nothing when the user is not a member of the team. See `issueAccessToken`.
    static func issueRefreshToken(_ token: RefreshToken, hash: TokenHash) -> Self {
        Self(
            """
            INSERT INTO "oauth_refresh_tokens" (\(RefreshToken.columns), "token_hash")
            SELECT \(token.id), m."user_id", m."team_id", \(token.clientID), \(token.scopes), \(token.resource), \(token.familyID), \(token.isUsed),
                \(token.usedAt), \(token.createdAt), \(token.expiresAt), \(hash.hexadecimal)
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            INNER JOIN "teams" AS t ON t."id" = m."team_id"
            WHERE u."id" = \(token.userID) AND t."id" = \(token.teamID)
            FOR KEY SHARE OF u, t, m
            """)
    }

    /// Uses a token: of any number of callers, one changes the row.
    static func useRefreshToken(_ hash: TokenHash, client: OAuthClientID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "oauth_refresh_tokens"
            SET "used" = true, "used_at" = \(now)
            WHERE "token_hash" = \(hash.hexadecimal) AND "client_id" = \(client) AND NOT "used" AND "expires_at" > \(now)
            """)
    }

    /// One batch; tokens that somebody is using are left to the next purge. Served by the index on `expires_at`.
    static func purgeRefreshTokens(at now: Timestamp, limit: Int) -> Self {
        Self(
            """
            DELETE FROM "oauth_refresh_tokens"
            WHERE "id" = ANY(ARRAY(
                SELECT "id"
                FROM "oauth_refresh_tokens"
                WHERE "expires_at" <= \(now)
                ORDER BY "expires_at"
                LIMIT \(limit)
                FOR UPDATE SKIP LOCKED))
            """)
    }

    /// One batch, as `purgeRefreshTokens`.
    static func purgeAccessTokens(at now: Timestamp, limit: Int) -> Self {
        Self(
            """
            DELETE FROM "oauth_access_tokens"
            WHERE "id" = ANY(ARRAY(
                SELECT "id"
                FROM "oauth_access_tokens"
                WHERE "expires_at" <= \(now)
                ORDER BY "expires_at"
                LIMIT \(limit)
                FOR UPDATE SKIP LOCKED))
            """)
    }
}
