import DeployStackModels
import PostgresDriver

/// What the tables say about a valid token: its context and what its bearer's role permits.
struct IntrospectedToken: Sendable {
    var context: TokenContext
    var permissions: [String]

    /// What is said to somebody who expects a certain team and audience.
    func introspection(team: TeamID?, audience: String?, issuer: String?) -> TokenIntrospection {
        let token = context.token
        let own = token.resource ?? "deploystack:team:\(token.teamID)"
        if let team, team != token.teamID { return TokenIntrospection(inactive: .otherTeam) }
        if let audience, !audience.hasSameBytes(as: own) { return TokenIntrospection(inactive: .otherAudience) }
        return TokenIntrospection(
            active: TokenIntrospection.Details(
                scopes: token.scopes, clientID: token.clientID, username: context.username, subject: token.userID, audience: own, issuer: issuer,
                expiresAt: token.expiresAt, issuedAt: token.createdAt, teamID: token.teamID, teamName: context.teamName, teamRole: context.teamRole,
                teamPermissions: permissions))
    }
}

extension Statement<IntrospectedToken> {
    /// Served by the index on `token_hash` and `expires_at`, as `verify` is.
    static func introspect(_ hash: TokenHash, at now: Timestamp) -> Self {
        Self(
            """
            SELECT \(AccessToken.columns["a"]), u."username", u."email", u."role_id", t."name", t."slug", m."role", r."permissions"
            FROM "oauth_access_tokens" AS a
            INNER JOIN "authUser" AS u ON u."id" = a."user_id"
            INNER JOIN "teams" AS t ON t."id" = a."team_id"
            INNER JOIN "teamMemberships" AS m ON m."team_id" = a."team_id" AND m."user_id" = a."user_id"
            LEFT JOIN "roles" AS r ON r."id" = m."role"::text
            WHERE a."token_hash" = \(hash.hexadecimal) AND a."expires_at" > \(now)
            """
        ) { row throws(PostgresError) in
            IntrospectedToken(
                context: TokenContext(
                    token: try row.read(), username: try row.read(), email: try row.read(), userRoleID: try row.read(), teamName: try row.read(),
                    teamSlug: try row.read(), teamRole: try row.read()),
                permissions: try (row.read() as PostgresStringArrayJSON?)?.strings ?? [])
        }
    }
}

extension Statement<Counted<AccessToken>> {
    /// A user's valid access tokens, newest first, and how many there are. Served by the index on user and team.
    static func activeTokens(user: UserID, at now: Timestamp, page: Page) -> Self {
        Self(
            counting: """
                WITH "matches" AS (
                        SELECT \(AccessToken.columns)
                        FROM "oauth_access_tokens"
                        WHERE "user_id" = \(user) AND "expires_at" > \(now)),
                    "page" AS (
                        SELECT \(AccessToken.columns)
                        FROM "matches"
                        ORDER BY "created_at" DESC, "id" COLLATE "C" DESC
                        LIMIT \(page.limit) OFFSET \(page.offset))
                SELECT (SELECT count(*) FROM "matches") AS "total", \(AccessToken.columns["p"])
                FROM (VALUES (1)) AS "one" ("n")
                LEFT JOIN "page" AS p ON true
                ORDER BY p."created_at" DESC, p."id" COLLATE "C" DESC
                """)
    }
}
