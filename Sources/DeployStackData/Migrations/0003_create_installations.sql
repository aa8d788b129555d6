-- What teams have installed, how their members configured it, and each member's own instance.

CREATE TABLE "mcpTeamInstallations" (
    "id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "server_id" text COLLATE "C" NOT NULL,
    "created_by" text COLLATE "C",
    "installation_name" text COLLATE "C" NOT NULL,
    "installation_type" text COLLATE "C" NOT NULL DEFAULT 'global',
    "team_args" jsonb,
    "team_env" jsonb,
    "team_headers" jsonb,
    "team_url_query_params" jsonb,
    "settings" jsonb NOT NULL DEFAULT '{}',
    -- References "satellites", a table that a later migration creates together with the foreign key.
    "satellite_id" text COLLATE "C",
    "oauth_provider_id" text COLLATE "C",
    "oauth_client_id" text COLLATE "C",
    "oauth_client_secret" text COLLATE "C",
    "oauth_token_endpoint" text COLLATE "C",
    "oauth_token_endpoint_auth_method" text COLLATE "C",
    "oauth_pending" boolean NOT NULL DEFAULT false,
    "oauth_pending_expires_at" timestamptz,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    "last_used_at" timestamptz,
    CONSTRAINT "mcpTeamInstallations_pkey" PRIMARY KEY ("id"),
    -- The configuration generated for clients is keyed by this name.
    CONSTRAINT "mcpTeamInstallations_team_id_installation_name_key" UNIQUE ("team_id", "installation_name"),
    CONSTRAINT "mcpTeamInstallations_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "mcpTeamInstallations_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "mcpServerTemplates" ("id") ON DELETE CASCADE,
    CONSTRAINT "mcpTeamInstallations_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "mcpTeamInstallations_installation_type_check" CHECK ("installation_type" IN ('global', 'team')),
    -- Arguments are a list because their order matters to the program that gets them; the other three are looked up by name.
    CONSTRAINT "mcpTeamInstallations_team_args_check" CHECK (jsonb_typeof("team_args") = 'array'),
    CONSTRAINT "mcpTeamInstallations_team_env_check" CHECK (jsonb_typeof("team_env") = 'object'),
    CONSTRAINT "mcpTeamInstallations_team_headers_check" CHECK (jsonb_typeof("team_headers") = 'object'),
    CONSTRAINT "mcpTeamInstallations_team_url_query_params_check" CHECK (jsonb_typeof("team_url_query_params") = 'object'),
    CONSTRAINT "mcpTeamInstallations_settings_check" CHECK (jsonb_typeof("settings") = 'object')
);
--> statement-breakpoint

-- Added to a table in use, each of these would block installs while it is built; there, use CREATE INDEX CONCURRENTLY.
CREATE INDEX "idx_team_installations" ON "mcpTeamInstallations" ("team_id", "server_id");
--> statement-breakpoint

-- "The installations of a team, newest first": already in order, so a page reads only its own rows.
CREATE INDEX "idx_team_installations_created" ON "mcpTeamInstallations" ("team_id", "created_at" DESC, "id" DESC);
--> statement-breakpoint

-- A deleted catalog entry takes its installations with it; this finds them.
CREATE INDEX "idx_team_installations_server" ON "mcpTeamInstallations" ("server_id");
--> statement-breakpoint

CREATE INDEX "idx_team_installations_satellite" ON "mcpTeamInstallations" ("satellite_id");
--> statement-breakpoint

-- Deleting a user clears "created_by"; this finds the rows.
CREATE INDEX "idx_team_installations_created_by" ON "mcpTeamInstallations" ("created_by") WHERE "created_by" IS NOT NULL;
--> statement-breakpoint

CREATE TABLE "mcpUserConfigurations" (
    "id" text COLLATE "C" NOT NULL,
    "installation_id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "user_args" jsonb,
    "user_env" jsonb,
    "user_headers" jsonb,
    "user_url_query_params" jsonb,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    "last_used_at" timestamptz,
    CONSTRAINT "mcpUserConfigurations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mcpUserConfigurations_installation_id_user_id_key" UNIQUE ("installation_id", "user_id"),
    CONSTRAINT "mcpUserConfigurations_installation_id_fkey"
        FOREIGN KEY ("installation_id") REFERENCES "mcpTeamInstallations" ("id") ON DELETE CASCADE,
    CONSTRAINT "mcpUserConfigurations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    -- A user fills placeholders, so even the arguments are looked up by name here.
    CONSTRAINT "mcpUserConfigurations_user_args_check" CHECK (jsonb_typeof("user_args") = 'object'),
    CONSTRAINT "mcpUserConfigurations_user_env_check" CHECK (jsonb_typeof("user_env") = 'object'),
    CONSTRAINT "mcpUserConfigurations_user_headers_check" CHECK (jsonb_typeof("user_headers") = 'object'),
    CONSTRAINT "mcpUserConfigurations_user_url_query_params_check" CHECK (jsonb_typeof("user_url_query_params") = 'object')
);
--> statement-breakpoint

CREATE INDEX "idx_user_configs_user" ON "mcpUserConfigurations" ("user_id");
--> statement-breakpoint

CREATE TABLE "mcpServerInstances" (
    "id" text COLLATE "C" NOT NULL,
    "installation_id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "instance_path" text COLLATE "C",
    -- SHA-256 of the token, in hexadecimal. The token itself is shown once and never stored.
    "instance_token_hash" text COLLATE "C",
    "status" text COLLATE "C" NOT NULL DEFAULT 'provisioning',
    "status_message" text COLLATE "C",
    "status_updated_at" timestamptz NOT NULL DEFAULT now(),
    "last_health_check_at" timestamptz,
    "last_credential_check_at" timestamptz,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "mcpServerInstances_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mcpServerInstances_installation_id_user_id_key" UNIQUE ("installation_id", "user_id"),
    CONSTRAINT "mcpServerInstances_instance_path_key" UNIQUE ("instance_path"),
    CONSTRAINT "mcpServerInstances_instance_token_hash_key" UNIQUE ("instance_token_hash"),
    CONSTRAINT "mcpServerInstances_installation_id_fkey"
        FOREIGN KEY ("installation_id") REFERENCES "mcpTeamInstallations" ("id") ON DELETE CASCADE,
    CONSTRAINT "mcpServerInstances_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    -- A check and not an enum: this set grows, and a value added to an enum cannot be used by the transaction that adds it.
    CONSTRAINT "mcpServerInstances_status_check" CHECK (
        "status" IN (
            'awaiting_user_config', 'provisioning', 'command_received', 'connecting', 'discovering_tools', 'syncing_tools',
            'online', 'restarting', 'offline', 'error', 'requires_reauth', 'permanently_failed'
        )
    )
);
--> statement-breakpoint

CREATE INDEX "idx_instances_user" ON "mcpServerInstances" ("user_id");
--> statement-breakpoint

CREATE INDEX "idx_instances_status" ON "mcpServerInstances" ("status");
