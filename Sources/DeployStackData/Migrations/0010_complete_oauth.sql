-- What the grants of OAuth need beyond their tables: one live refresh token for each family, consents, and look-ups by client.

-- A refresh token is replaced when it is used. Whatever goes wrong in a program, a family can never have two that could both be used.
CREATE UNIQUE INDEX "idx_oauth_refresh_tokens_one_unused" ON "oauth_refresh_tokens" ("family_id") WHERE NOT "used";
--> statement-breakpoint

-- These two serve the revocation of everything that a client has, and the search for clients without tokens.
CREATE INDEX "idx_oauth_access_tokens_client" ON "oauth_access_tokens" ("client_id");
--> statement-breakpoint

CREATE INDEX "idx_oauth_refresh_tokens_client" ON "oauth_refresh_tokens" ("client_id");
--> statement-breakpoint

-- "client_id" has no foreign key, because well-known clients need no row in "oauth_clients".
CREATE TABLE "oauth_team_consents" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "client_id" text COLLATE "C" NOT NULL,
    "scope" text[] NOT NULL,
    "granted_at" timestamptz NOT NULL DEFAULT now(),
    "last_used_at" timestamptz,
    "is_active" boolean NOT NULL DEFAULT true,
    CONSTRAINT "oauth_team_consents_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oauth_team_consents_user_id_team_id_client_id_key" UNIQUE ("user_id", "team_id", "client_id"),
    CONSTRAINT "oauth_team_consents_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_team_consents_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

-- The unique key begins with the user and cannot answer for a team alone, which is what deleting a team asks.
CREATE INDEX "idx_oauth_team_consents_team" ON "oauth_team_consents" ("team_id");
