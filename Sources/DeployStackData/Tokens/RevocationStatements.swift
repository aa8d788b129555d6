import DeployStackModels
import PostgresDriver

// Revoking is deleting. Rows are taken in an order, so that two revocations wait for each other and do not lock each other out. Refresh tokens are taken oldest
// first: a revocation that cannot see the newest yet holds older ones, and whoever sees all of them must wait for those before it takes the newest.

extension TokenSelection {
    /// The condition that selects the tokens in either table. Each is served by an index that begins with its first column; the codes
    /// of a client alone are not, and few: they live for minutes.
    fileprivate var condition: StatementFragment {
        switch self {
        case .user(let user): "\"user_id\" = \(user)"
        case .member(let user, let team): "\"user_id\" = \(user) AND \"team_id\" = \(team)"
        case .client(let client): "\"client_id\" = \(client)"
        case .consent(let user, let team, let client): "\"user_id\" = \(user) AND \"team_id\" = \(team) AND \"client_id\" = \(client)"
        case .families(let families): "\"family_id\" = ANY (\(families))"
        }
    }
}

extension Statement<TokenFamilyID> {
    /// Deletes refresh tokens and gives the family of each, so that what was being issued meanwhile can be found.
    static func deleteRefreshTokens(_ selection: TokenSelection) -> Self {
        Self(
            """
            DELETE FROM "oauth_refresh_tokens"
            WHERE "id" IN (
                SELECT "id" FROM "oauth_refresh_tokens" WHERE \(selection.condition) ORDER BY "created_at", "id" COLLATE "C" FOR UPDATE)
            RETURNING "family_id"
            """
        ) { row throws(PostgresError) in try row.read() }
    }
}

extension Statement<Void> {
    /// Deletes codes and requests: one that was not exchanged would become tokens, and one that was has nothing left to revoke. One that is being exchanged is
    /// waited for.
    static func deleteCodes(_ selection: TokenSelection) -> Self {
        Self(
            """
            DELETE FROM "oauth_authorization_codes"
            WHERE "id" IN (SELECT "id" FROM "oauth_authorization_codes" WHERE \(selection.condition) ORDER BY "id" COLLATE "C" FOR UPDATE)
            """)
    }

    /// Deletes access tokens.
    static func deleteAccessTokens(_ selection: TokenSelection) -> Self {
        Self(
            """
            DELETE FROM "oauth_access_tokens"
            WHERE "id" IN (SELECT "id" FROM "oauth_access_tokens" WHERE \(selection.condition) ORDER BY "id" COLLATE "C" FOR UPDATE)
            """)
    }

    /// Deletes the access token with a hash, of one client if that is named.
    static func revokeAccessToken(_ hash: TokenHash, client: OAuthClientID?) -> Self {
        Self(
            """
            DELETE FROM "oauth_access_tokens"
            WHERE "token_hash" = \(hash.hexadecimal) AND (\(client) IS NULL OR "client_id" = \(client))
            """)
    }
}
