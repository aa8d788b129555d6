-- OAuth: the clients, their authorization codes, and the tokens given out.
--
-- Codes, tokens and client secrets are stored only as SHA-256 in hexadecimal, and found by a unique index on it.
-- "client_id" of codes and tokens has no foreign key, because well-known clients need no row in "oauth_clients".

CREATE TABLE "oauth_clients" (
    "client_id" text COLLATE "C" NOT NULL,
    "registration" text COLLATE "C" NOT NULL,
    "client_name" text COLLATE "C" NOT NULL,
    "client_secret_hash" text COLLATE "C",
    "redirect_uris" text[] NOT NULL,
    "grant_types" text[] NOT NULL DEFAULT '{authorization_code,refresh_token}',
    "response_types" text[] NOT NULL DEFAULT '{code}',
    "scope" text[] NOT NULL,
    "token_endpoint_auth_method" text COLLATE "C" NOT NULL DEFAULT 'none',
    "team_id" text COLLATE "C",
    "created_by_user_id" text COLLATE "C",
    "is_active" boolean NOT NULL DEFAULT true,
    "expires_at" timestamptz,
    "last_used_at" timestamptz,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("client_id"),
    CONSTRAINT "oauth_clients_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_clients_created_by_user_id_fkey" FOREIGN KEY ("created_by_user_id") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "oauth_clients_registration_check" CHECK ("registration" IN ('static', 'dynamic'))
);
--> statement-breakpoint

-- Nearly every client registered itself and belongs to nobody. These two serve the deletion of a team and of a user.
CREATE INDEX "idx_oauth_clients_team" ON "oauth_clients" ("team_id") WHERE "team_id" IS NOT NULL;
--> statement-breakpoint

CREATE INDEX "idx_oauth_clients_created_by_user" ON "oauth_clients" ("created_by_user_id") WHERE "created_by_user_id" IS NOT NULL;
--> statement-breakpoint

CREATE TABLE "oauth_authorization_codes" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "client_id" text COLLATE "C" NOT NULL,
    "redirect_uri" text COLLATE "C" NOT NULL,
    "scope" text[] NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "code_challenge" text COLLATE "C" NOT NULL,
    "code_challenge_method" text COLLATE "C" NOT NULL,
    -- NULL until the user has approved the request.
    "code_hash" text COLLATE "C",
    "resource" text COLLATE "C",
    "used" boolean NOT NULL DEFAULT false,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "expires_at" timestamptz NOT NULL,
    CONSTRAINT "oauth_authorization_codes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oauth_authorization_codes_code_hash_key" UNIQUE ("code_hash"),
    CONSTRAINT "oauth_authorization_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_authorization_codes_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_authorization_codes_code_challenge_method_check" CHECK ("code_challenge_method" IN ('S256', 'plain'))
);
--> statement-breakpoint

CREATE INDEX "idx_oauth_authorization_codes_expires" ON "oauth_authorization_codes" ("expires_at");
--> statement-breakpoint

CREATE INDEX "idx_oauth_authorization_codes_user_client" ON "oauth_authorization_codes" ("user_id", "client_id");
--> statement-breakpoint

CREATE TABLE "oauth_access_tokens" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "client_id" text COLLATE "C" NOT NULL,
    "scope" text[] NOT NULL,
    "token_hash" text COLLATE "C" NOT NULL,
    "resource" text COLLATE "C",
    "family_id" text COLLATE "C",
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "expires_at" timestamptz NOT NULL,
    "last_used_at" timestamptz,
    CONSTRAINT "oauth_access_tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oauth_access_tokens_token_hash_key" UNIQUE ("token_hash"),
    CONSTRAINT "oauth_access_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_access_tokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

-- Removing expired tokens walks this index in small batches instead of reading the table.
CREATE INDEX "idx_oauth_access_tokens_expires" ON "oauth_access_tokens" ("expires_at");
--> statement-breakpoint

CREATE INDEX "idx_oauth_access_tokens_user_team" ON "oauth_access_tokens" ("user_id", "team_id");
--> statement-breakpoint

CREATE INDEX "idx_oauth_access_tokens_family" ON "oauth_access_tokens" ("family_id");
--> statement-breakpoint

-- The index on user and team cannot answer for a team alone, which is what deleting a team asks.
CREATE INDEX "idx_oauth_access_tokens_team" ON "oauth_access_tokens" ("team_id");
--> statement-breakpoint

CREATE TABLE "oauth_refresh_tokens" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "client_id" text COLLATE "C" NOT NULL,
    "token_hash" text COLLATE "C" NOT NULL,
    "scope" text[] NOT NULL,
    "resource" text COLLATE "C",
    "family_id" text COLLATE "C" NOT NULL,
    "used" boolean NOT NULL DEFAULT false,
    "used_at" timestamptz,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "expires_at" timestamptz NOT NULL,
    CONSTRAINT "oauth_refresh_tokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "oauth_refresh_tokens_token_hash_key" UNIQUE ("token_hash"),
    CONSTRAINT "oauth_refresh_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "oauth_refresh_tokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

CREATE INDEX "idx_oauth_refresh_tokens_expires" ON "oauth_refresh_tokens" ("expires_at");
--> statement-breakpoint

CREATE INDEX "idx_oauth_refresh_tokens_family" ON "oauth_refresh_tokens" ("family_id");
--> statement-breakpoint

CREATE INDEX "idx_oauth_refresh_tokens_user_team" ON "oauth_refresh_tokens" ("user_id", "team_id");
--> statement-breakpoint

CREATE INDEX "idx_oauth_refresh_tokens_team" ON "oauth_refresh_tokens" ("team_id");
