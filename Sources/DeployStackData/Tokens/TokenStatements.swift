package import DeployStackModels
package import PostgresDriver

extension AccessToken: RowDecodable {
    package static let columns: ColumnList = [
        "id", "user_id", "team_id", "client_id", "scope", "resource", "family_id", "created_at", "expires_at", "last_used_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), userID: try row.read(), teamID: try row.read(), clientID: try row.read(), scopes: try row.read(),
            resource: try row.read(), familyID: try row.read(), createdAt: try row.read(), expiresAt: try row.read(), lastUsedAt: try row.read())
    }
}

extension TokenScope: PostgresRepresentable, PostgresArrayElement {
    package init(postgresRepresentation text: String) { self.init(rawValue: text) }
    package var postgresRepresentation: String { rawValue }
}

extension Statement<Void> {
    /// Stores the record of a token for a member; inserts nothing when the user is not a member of the team.
    ///
    /// User, team and membership are held until the token is committed, so that no token outlives them. They are taken in the order in which a
    /// deletion would go through them, so that the two wait for each other only one way.
    static func issueAccessToken(_ token: AccessToken, hash: TokenHash) -> Self {
        Self(
            """
            INSERT INTO "oauth_access_tokens" (\(AccessToken.columns), "token_hash")
            SELECT \(token.id), m."user_id", m."team_id", \(token.clientID), \(token.scopes), \(token.resource), \(token.familyID),
                \(token.createdAt), \(token.expiresAt), \(token.lastUsedAt), \(hash.hexadecimal)
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            INNER JOIN "teams" AS t ON t."id" = m."team_id"
            WHERE u."id" = \(token.userID) AND t."id" = \(token.teamID)
            FOR KEY SHARE OF u, t, m
            """)
    }

    static func revokeAccessToken(_ id: AccessTokenID) -> Self {
        Self(
            """
            DELETE FROM "oauth_access_tokens"
            WHERE "id" = \(id)
            """)
    }

    /// Served by the index on `expires_at`.
    static func revokeExpiredTokens(at now: Timestamp) -> Self {
        Self(
            """
            DELETE FROM "oauth_access_tokens"
            WHERE "id" IN (SELECT "id" FROM "oauth_access_tokens" WHERE "expires_at" <= \(now) ORDER BY "id" COLLATE "C" FOR UPDATE)
            """)
    }
}

extension Statement<TokenContext> {
    /// Served by the index on `token_hash` and `expires_at`, so that no row is read of a token that is not valid and the time of the answer does not tell why;
    /// the inner joins leave out the tokens of users who left the team.
    static func verify(_ hash: TokenHash, at now: Timestamp) -> Self {
        Self(
            """
            SELECT \(AccessToken.columns["a"]), u."username", u."email", u."role_id", t."name", t."slug", m."role"
            FROM "oauth_access_tokens" AS a
            INNER JOIN "authUser" AS u ON u."id" = a."user_id"
            INNER JOIN "teams" AS t ON t."id" = a."team_id"
            INNER JOIN "teamMemberships" AS m ON m."team_id" = a."team_id" AND m."user_id" = a."user_id"
            WHERE a."token_hash" = \(hash.hexadecimal) AND a."expires_at" > \(now)
            """
        ) { row throws(PostgresError) in
            TokenContext(
                token: try row.read(), username: try row.read(), email: try row.read(), userRoleID: try row.read(), teamName: try row.read(),
                teamSlug: try row.read(), teamRole: try row.read())
        }
    }
}
