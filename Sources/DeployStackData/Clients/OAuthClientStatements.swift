package import DeployStackModels
package import PostgresDriver

extension OAuthClient.Registration: PostgresValue, PostgresRepresentable {
    package init(postgresRepresentation text: String) throws(PostgresError) {
        guard let registration = OAuthClient.Registration(rawValue: text) else {
            throw .decoding(column: nil, "the registration is neither static nor dynamic")
        }
        self = registration
    }

    package var postgresRepresentation: String { rawValue }
    package static var probe: OAuthClient.Registration { .static }
}

/// A client as it is stored: with the hash of its secret, which never leaves the data layer.
struct StoredClient: Sendable {
    var client: OAuthClient
    var secretHash: String?
}

extension StoredClient: RowDecodable {
    static let columns: ColumnList = [
        "client_id", "registration", "client_name", "redirect_uris", "grant_types", "response_types", "scope", "team_id", "created_by_user_id",
        "is_active", "expires_at", "last_used_at", "created_at", "updated_at", "client_secret_hash",
    ]

    init(row: inout RowReader) throws(PostgresError) {
        client = OAuthClient(
            id: try row.read(), registration: try row.read(), name: try row.read(), redirectURIs: try row.read(), grantTypes: try row.read(),
            responseTypes: try row.read(), scopes: try row.read(), hasSecret: false, teamID: try row.read(), createdBy: try row.read(),
            isActive: try row.read(), expiresAt: try row.read(), lastUsedAt: try row.read(), createdAt: try row.read(), updatedAt: try row.read())
        secretHash = try row.read()
        client.hasSecret = secretHash != nil
    }
}

extension Statement<StoredClient> {
    static func client(_ id: OAuthClientID) -> Self {
        """
        SELECT \(StoredClient.columns)
        FROM "oauth_clients"
        WHERE "client_id" = \(id)
        """
    }
}

extension Statement<Void> {
    static func registerClient(_ client: OAuthClient, secretHash: TokenHash?) -> Self {
        Self(
            """
            INSERT INTO "oauth_clients" (\(StoredClient.columns), "token_endpoint_auth_method")
            VALUES (\(client.id), \(client.registration), \(client.name), \(client.redirectURIs), \(client.grantTypes), \(client.responseTypes),
                \(client.scopes), \(client.teamID), \(client.createdBy), \(client.isActive), \(client.expiresAt), \(client.lastUsedAt),
                \(client.createdAt), \(client.updatedAt), \(secretHash?.hexadecimal),
                \(secretHash == nil ? "none" : OAuthClientRules.methodWithSecret))
            """)
    }

    static func touchClient(_ id: OAuthClientID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "oauth_clients"
            SET "last_used_at" = \(now)
            WHERE "client_id" = \(id)
            """)
    }

    static func deactivateClient(_ id: OAuthClientID, at now: Timestamp) -> Self {
        Self(
            """
            UPDATE "oauth_clients"
            SET "is_active" = false, "updated_at" = \(now)
            WHERE "client_id" = \(id) AND "is_active"
            """)
    }

    static func revokeConsent(user: UserID, team: TeamID, client: OAuthClientID) -> Self {
        Self(
            """
            UPDATE "oauth_team_consents"
            SET "is_active" = false
            WHERE "user_id" = \(user) AND "team_id" = \(team) AND "client_id" = \(client) AND "is_active"
            """)
    }
}

extension TeamConsent: RowDecodable {
    package static let columns: ColumnList = ["id", "user_id", "team_id", "client_id", "scope", "granted_at", "last_used_at"]

    package init(row: inout RowReader) throws(PostgresError) {
        self.init(
            id: try row.read(), userID: try row.read(), teamID: try row.read(), clientID: try row.read(), scopes: try row.read(),
            grantedAt: try row.read(), lastUsedAt: try row.read())
    }
}

extension Statement<TeamConsent> {
    /// Stores the consent of a member in place of the one before; gives nothing when the user is not a member of the team.
    static func grantConsent(_ consent: TeamConsent) -> Self {
        """
        INSERT INTO "oauth_team_consents" (\(TeamConsent.columns))
        SELECT \(consent.id), m."user_id", m."team_id", \(consent.clientID), \(consent.scopes), \(consent.grantedAt),
            \(consent.lastUsedAt)
        FROM "authUser" AS u
        INNER JOIN "teamMemberships" AS m ON m."user_id" = u."id"
        INNER JOIN "teams" AS t ON t."id" = m."team_id"
        WHERE u."id" = \(consent.userID) AND t."id" = \(consent.teamID)
        FOR KEY SHARE OF u, t, m
        ON CONFLICT ("user_id", "team_id", "client_id")
        DO UPDATE SET "scope" = excluded."scope", "granted_at" = excluded."granted_at", "is_active" = true
        RETURNING \(TeamConsent.columns)
        """
    }

    static func consent(user: UserID, team: TeamID, client: OAuthClientID) -> Self {
        """
        SELECT \(TeamConsent.columns)
        FROM "oauth_team_consents"
        WHERE "user_id" = \(user) AND "team_id" = \(team) AND "client_id" = \(client) AND "is_active"
        """
    }
}

extension Statement<Int> {
    /// Deletes clients with what users allowed them, and says how many clients there were. The tokens of a client are looked up by the indexes on `client_id`.
    static func purgeUnusedClients(before cutoff: Timestamp) -> Self {
        """
        WITH "purged" AS (
                DELETE FROM "oauth_clients" AS c
                WHERE c."registration" = 'dynamic' AND coalesce(c."last_used_at", c."created_at") < \(cutoff)
                    AND NOT EXISTS (SELECT FROM "oauth_access_tokens" AS a WHERE a."client_id" = c."client_id")
                    AND NOT EXISTS (SELECT FROM "oauth_refresh_tokens" AS r WHERE r."client_id" = c."client_id")
                RETURNING c."client_id"),
            "consents" AS (
                DELETE FROM "oauth_team_consents"
                WHERE "client_id" IN (SELECT "client_id" FROM "purged"))
        SELECT count(*) FROM "purged"
        """
    }
}
