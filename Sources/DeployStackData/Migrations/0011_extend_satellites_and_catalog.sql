-- Tokens with which a satellite may register once, the versions of catalog entries, and indexes for the catalog's lists and for clearing commands away.

CREATE TABLE "satelliteRegistrationTokens" (
    "id" text COLLATE "C" NOT NULL,
    "token_type" "satelliteType" NOT NULL,
    "team_id" text COLLATE "C",
    "token_hash" text COLLATE "C" NOT NULL,
    -- How the token begins, for people who look at a list of them.
    "token_prefix" text COLLATE "C" NOT NULL,
    "created_by" text COLLATE "C",
    "permissions" text[] COLLATE "C" NOT NULL DEFAULT '{}',
    "used" boolean NOT NULL DEFAULT false,
    "used_at" timestamptz,
    "used_by_satellite_id" text COLLATE "C",
    "expires_at" timestamptz NOT NULL,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "satelliteRegistrationTokens_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "satelliteRegistrationTokens_token_hash_key" UNIQUE ("token_hash"),
    CONSTRAINT "satelliteRegistrationTokens_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "satelliteRegistrationTokens_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "satelliteRegistrationTokens_used_by_satellite_id_fkey" FOREIGN KEY ("used_by_satellite_id") REFERENCES "satellites" ("id")
        ON DELETE SET NULL,
    CONSTRAINT "satelliteRegistrationTokens_type_matches_team" CHECK (("token_type" = 'team') = ("team_id" IS NOT NULL))
);
--> statement-breakpoint

CREATE INDEX "idx_satelliteRegistrationTokens_expires" ON "satelliteRegistrationTokens" ("expires_at");
--> statement-breakpoint

-- What the foreign keys look for when a team, user or satellite is deleted.
CREATE INDEX "idx_satelliteRegistrationTokens_team" ON "satelliteRegistrationTokens" ("team_id") WHERE "team_id" IS NOT NULL;
--> statement-breakpoint

CREATE INDEX "idx_satelliteRegistrationTokens_created_by" ON "satelliteRegistrationTokens" ("created_by") WHERE "created_by" IS NOT NULL;
--> statement-breakpoint

CREATE INDEX "idx_satelliteRegistrationTokens_satellite" ON "satelliteRegistrationTokens" ("used_by_satellite_id")
    WHERE "used_by_satellite_id" IS NOT NULL;
--> statement-breakpoint

CREATE TABLE "mcpServerVersions" (
    "id" text COLLATE "C" NOT NULL,
    "server_id" text COLLATE "C" NOT NULL,
    "version" text COLLATE "C" NOT NULL,
    "git_commit" text COLLATE "C",
    "changelog" text COLLATE "C",
    "is_latest" boolean NOT NULL,
    "is_stable" boolean NOT NULL DEFAULT true,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "mcpServerVersions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mcpServerVersions_server_id_version_key" UNIQUE ("server_id", "version"),
    CONSTRAINT "mcpServerVersions_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "mcpServerTemplates" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

CREATE UNIQUE INDEX "idx_mcpServerVersions_latest" ON "mcpServerVersions" ("server_id") WHERE "is_latest";
--> statement-breakpoint

-- The orders in which the catalog is read from a cursor. On a catalog in use, build them concurrently before this migration runs.
CREATE INDEX "idx_mcpServers_by_name" ON "mcpServerTemplates" ((NOT "featured"), "name", "id");
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_by_stars" ON "mcpServerTemplates" ((-coalesce("github_stars", -1)), "name", "id");
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_newest" ON "mcpServerTemplates" ("created_at" DESC, "id" DESC);
--> statement-breakpoint

-- Commands are cleared away by their age, and fail when they expire before they are begun.
CREATE INDEX "idx_satelliteCommands_created" ON "satelliteCommands" ("created_at");
--> statement-breakpoint

CREATE INDEX "idx_satelliteCommands_expiring" ON "satelliteCommands" ("expires_at") WHERE "status" IN ('pending', 'acknowledged');
--> statement-breakpoint

-- What a synchronisation with the official registry finds its entries by. An entry of any other source has none.
ALTER TABLE "mcpServerTemplates"
    ADD CONSTRAINT "mcpServerTemplates_official_registry_server_id_key" UNIQUE ("official_registry_server_id");
