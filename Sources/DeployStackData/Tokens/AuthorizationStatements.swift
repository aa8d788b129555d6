package import DeployStackModels
package import PostgresDriver

extension CodeChallengeMethod: PostgresValue, PostgresRepresentable {
    package typealias Representation = String
}

extension AuthorizationRequest: RowDecodable {
    package static let columns: ColumnList = [
        "id", "user_id", "team_id", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "resource",
        "created_at",
        "expires_at",
    ]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), userID: try row.read(), teamID: try row.read(), clientID: try row.read(), redirectURI: try row.read(),
            scopes: try row.read(), state: try row.read(), codeChallenge: try row.read(), codeChallengeMethod: try row.read(),
            resource: try row.read(), createdAt: try row.read(), expiresAt: try row.read())
    }
}

extension Statement<AuthorizationRequest> {
    /// A request that is neither used nor expired.
    static func authorizationRequest(_ id: AuthorizationCodeID, at now: Timestamp) -> Self {
        """
        SELECT \(AuthorizationRequest.columns)
        FROM "oauth_authorization_codes"
        WHERE "id" = \(id) AND NOT "used" AND "expires_at" > \(now)
        """
    }
}

extension Statement<AuthorizationRequest> {
    /// A request that can still be approved.
    static func pendingRequest(_ id: AuthorizationCodeID, at now: Timestamp) -> Self {
        """
        SELECT \(AuthorizationRequest.columns)
        FROM "oauth_authorization_codes"
        WHERE "id" = \(id) AND "code_hash" IS NULL AND "expires_at" > \(now)
        """
    }
}

extension Statement<GrantRules.StoredCode> {
    /// The code with a hash, of somebody who is still a member. User, team and membership are held until the transaction ends, so that no token outlives
    /// them, in the order in which a deletion would go through them. Served by the unique index on `code_hash`.
    static func codeOfMember(_ hash: TokenHash) -> Self {
        Self(
            """
            SELECT \(AuthorizationRequest.columns["c"]), c."used"
            FROM "oauth_authorization_codes" AS c
            INNER JOIN "authUser" AS u ON u."id" = c."user_id"
            INNER JOIN "teams" AS t ON t."id" = c."team_id"
            INNER JOIN "teamMemberships" AS m ON m."team_id" = c."team_id" AND m."user_id" = c."user_id"
            WHERE c."code_hash" = \(hash.hexadecimal)
            FOR KEY SHARE OF u, t, m
            """
        ) { row throws(PostgresError) in GrantRules.StoredCode(request: try row.read(), isUsed: try row.read()) }
    }

    /// The code with a hash, whoever it was for.
    static func code(_ hash: TokenHash) -> Self {
        Self(
            """
            SELECT \(AuthorizationRequest.columns), "used"
            FROM "oauth_authorization_codes"
            WHERE "code_hash" = \(hash.hexadecimal)
            """
        ) { row throws(PostgresError) in GrantRules.StoredCode(request: try row.read(), isUsed: try row.read()) }
    }
}

extension Statement<Int> {
    /// Gives a request its code, once, and says whether it did. A consent that allows everything which is asked for was used then; its row is locked after the
    /// request's, as where both end. Served by the unique key of consents.
    static func approve(_ id: AuthorizationCodeID, hash: TokenHash, at now: Timestamp) -> Self {
        """
        WITH "approved" AS (
                UPDATE "oauth_authorization_codes"
                SET "code_hash" = \(hash.hexadecimal)
                WHERE "id" = \(id) AND "code_hash" IS NULL AND "expires_at" > \(now)
                RETURNING "user_id", "team_id", "client_id", "scope"),
            "used" AS (
                UPDATE "oauth_team_consents" AS c
                SET "last_used_at" = \(now)
                FROM "approved" AS a
                WHERE c."user_id" = a."user_id" AND c."team_id" = a."team_id" AND c."client_id" = a."client_id" AND c."is_active"
                    AND c."scope" @> a."scope")
        SELECT count(*) FROM "approved"
        """
    }
}

extension Statement<Void> {
    /// Stores a request of a member; inserts nothing when the user is not a member of the team.
    static func createAuthorizationRequest(_ request: AuthorizationRequest) -> Self {
        Self(
            """
            INSERT INTO "oauth_authorization_codes" (\(AuthorizationRequest.columns))
            SELECT \(request.id), m."user_id", m."team_id", \(request.clientID), \(request.redirectURI), \(request.scopes), \(request.state),
                \(request.codeChallenge), \(request.codeChallengeMethod), \(request.resource), \(request.createdAt), \(request.expiresAt)
            FROM "authUser" AS u
            INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
            INNER JOIN "teams" AS t ON t."id" = m."team_id"
            WHERE u."id" = \(request.userID) AND t."id" = \(request.teamID)
            FOR KEY SHARE OF u, t, m
            """)
    }

    /// Served by `idx_oauth_authorization_codes_user_client`.
    static func deleteExpiredRequests(of user: UserID, client: OAuthClientID, at now: Timestamp) -> Self {
        Self(
            """
            DELETE FROM "oauth_authorization_codes"
            WHERE "user_id" = \(user) AND "client_id" = \(client) AND "expires_at" <= \(now)
            """)
    }

    /// Chooses the team of a request that is not approved yet; changes nothing when the user is not a member of it. The membership is held, so that the request
    /// does not outlive it.
    static func setTeam(_ team: TeamID, of id: AuthorizationCodeID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "oauth_authorization_codes" AS c
            SET "team_id" = \(team)
            FROM (
                SELECT m."user_id"
                FROM "oauth_authorization_codes" AS o
                INNER JOIN "authUser" AS u ON u."id" = o."user_id"
                INNER JOIN "teams" AS t ON t."id" = \(team)
                INNER JOIN "teamMemberships" AS m ON m."team_id" = t."id" AND m."user_id" = u."id"
                WHERE o."id" = \(id)
                FOR KEY SHARE OF u, t, m) AS held
            WHERE c."id" = \(id) AND c."user_id" = held."user_id" AND c."code_hash" IS NULL AND c."expires_at" > \(now)
            """)
    }

    /// A used code stays, so that a second use is noticed.
    static func deny(_ id: AuthorizationCodeID) -> Self {
        Self(
            """
            DELETE FROM "oauth_authorization_codes"
            WHERE "id" = \(id) AND NOT "used"
            """)
    }

    /// Uses a code: of any number of callers, one changes the row.
    static func useCode(_ id: AuthorizationCodeID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "oauth_authorization_codes"
            SET "used" = true
            WHERE "id" = \(id) AND NOT "used" AND "expires_at" > \(now)
            """)
    }

    /// One batch; codes that somebody is using are left to the next purge. Served by the index on `expires_at`.
    static func purgeCodes(at now: Timestamp, limit: Int) -> Self {
        Self(
            """
            DELETE FROM "oauth_authorization_codes"
            WHERE "id" = ANY(ARRAY(
                SELECT "id"
                FROM "oauth_authorization_codes"
                WHERE "expires_at" <= \(now)
                ORDER BY "expires_at"
                LIMIT \(limit)
                FOR UPDATE SKIP LOCKED))
            """)
    }
}
