-- The catalog: what can be installed.

CREATE TYPE "mcpTransport" AS ENUM ('stdio', 'http', 'sse');
--> statement-breakpoint

CREATE TYPE "mcpVisibility" AS ENUM ('global', 'team');
--> statement-breakpoint

CREATE TYPE "mcpServerStatus" AS ENUM ('active', 'deprecated', 'maintenance', 'disabled');
--> statement-breakpoint

CREATE TYPE "mcpServerSource" AS ENUM ('official_registry', 'manual', 'github');
--> statement-breakpoint

CREATE TABLE "mcpCategories" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "description" text COLLATE "C",
    "icon" text COLLATE "C",
    "sort_order" integer NOT NULL DEFAULT 0,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "mcpCategories_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mcpCategories_name_key" UNIQUE ("name")
);
--> statement-breakpoint

CREATE TABLE "mcpServerTemplates" (
    -- Identity
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "official_name" text COLLATE "C",
    "slug" text COLLATE "C" NOT NULL,
    "description" text COLLATE "C",
    "long_description" text COLLATE "C",
    "version" text COLLATE "C",
    "icon_url" text COLLATE "C",
    "website_url" text COLLATE "C",
    -- Repository
    "repository_url" text COLLATE "C",
    "repository_source" text COLLATE "C",
    "repository_id" text COLLATE "C",
    "repository_subfolder" text COLLATE "C",
    "git_branch" text COLLATE "C",
    "git_commit_sha" text COLLATE "C",
    "github_account_id" text COLLATE "C",
    "github_readme_base64" text COLLATE "C",
    "github_stars" integer,
    -- How it is started or reached
    "language" text COLLATE "C" NOT NULL DEFAULT 'unknown',
    "runtime" text COLLATE "C" NOT NULL DEFAULT 'unknown',
    "transport_type" "mcpTransport" NOT NULL DEFAULT 'stdio',
    "packages" jsonb NOT NULL DEFAULT '[]',
    "remotes" jsonb NOT NULL DEFAULT '[]',
    "resources" jsonb NOT NULL DEFAULT '[]',
    "prompts" jsonb NOT NULL DEFAULT '[]',
    "dependencies" jsonb NOT NULL DEFAULT '{}',
    -- Who sees it
    "visibility" "mcpVisibility" NOT NULL DEFAULT 'team',
    "owner_team_id" text COLLATE "C",
    "created_by" text COLLATE "C",
    -- Author
    "author_name" text COLLATE "C",
    "author_contact" text COLLATE "C",
    "organization" text COLLATE "C",
    "license" text COLLATE "C",
    -- First tier: values fixed by the template
    "template_args" jsonb NOT NULL DEFAULT '[]',
    "template_env" jsonb NOT NULL DEFAULT '[]',
    "template_headers" jsonb NOT NULL DEFAULT '[]',
    "template_url_query_params" jsonb NOT NULL DEFAULT '[]',
    -- Second tier: what a team may set
    "team_args_schema" jsonb NOT NULL DEFAULT '[]',
    "team_env_schema" jsonb NOT NULL DEFAULT '[]',
    "team_headers_schema" jsonb NOT NULL DEFAULT '[]',
    "team_url_query_params_schema" jsonb NOT NULL DEFAULT '[]',
    -- Third tier: what a user may set
    "user_args_schema" jsonb NOT NULL DEFAULT '[]',
    "user_env_schema" jsonb NOT NULL DEFAULT '[]',
    "user_headers_schema" jsonb NOT NULL DEFAULT '[]',
    "user_url_query_params_schema" jsonb NOT NULL DEFAULT '[]',
    -- Classification
    "category_id" text COLLATE "C",
    "tags" jsonb NOT NULL DEFAULT '[]',
    "metadata" jsonb NOT NULL DEFAULT '{}',
    "status" "mcpServerStatus" NOT NULL DEFAULT 'active',
    "featured" boolean NOT NULL DEFAULT false,
    "auto_install_new_default_team" boolean NOT NULL DEFAULT false,
    "source" "mcpServerSource" NOT NULL DEFAULT 'manual',
    "deployment_source" text COLLATE "C",
    -- Where the public registry knows it from
    "synced_from_official_registry" boolean NOT NULL DEFAULT false,
    "official_registry_server_id" text COLLATE "C",
    "official_registry_version_id" text COLLATE "C",
    "official_registry_published_at" timestamptz,
    "official_registry_updated_at" timestamptz,
    "last_sync_at" timestamptz,
    -- OAuth and health
    "requires_oauth" boolean NOT NULL DEFAULT false,
    "skip_oauth_flow" boolean NOT NULL DEFAULT false,
    "health_status" text COLLATE "C" NOT NULL DEFAULT 'unknown',
    "last_health_check_at" timestamptz,
    "health_check_error" text COLLATE "C",
    -- Times
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    -- Search. The configuration is written out because an expression that depends on a session's setting cannot be generated.
    "search_vector" tsvector GENERATED ALWAYS AS (
        to_tsvector('english', coalesce("name", '') || ' ' || coalesce("description", ''))
    ) STORED,
    CONSTRAINT "mcpServerTemplates_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mcpServerTemplates_slug_key" UNIQUE ("slug"),
    CONSTRAINT "mcpServerTemplates_owner_team_id_fkey" FOREIGN KEY ("owner_team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "mcpServerTemplates_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "mcpServerTemplates_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "mcpCategories" ("id") ON DELETE SET NULL,
    CONSTRAINT "mcpServerTemplates_visibility_matches_owner" CHECK (("visibility" = 'team') = ("owner_team_id" IS NOT NULL)),
    CONSTRAINT "mcpServerTemplates_repository_source_check" CHECK ("repository_source" IN ('github', 'gitlab', 'bitbucket')),
    CONSTRAINT "mcpServerTemplates_health_status_check" CHECK ("health_status" IN ('unknown', 'online', 'offline')),
    CONSTRAINT "mcpServerTemplates_packages_check" CHECK (jsonb_typeof("packages") = 'array'),
    CONSTRAINT "mcpServerTemplates_remotes_check" CHECK (jsonb_typeof("remotes") = 'array'),
    CONSTRAINT "mcpServerTemplates_resources_check" CHECK (jsonb_typeof("resources") = 'array'),
    CONSTRAINT "mcpServerTemplates_prompts_check" CHECK (jsonb_typeof("prompts") = 'array'),
    CONSTRAINT "mcpServerTemplates_dependencies_check" CHECK (jsonb_typeof("dependencies") = 'object'),
    CONSTRAINT "mcpServerTemplates_template_args_check" CHECK (jsonb_typeof("template_args") = 'array'),
    CONSTRAINT "mcpServerTemplates_template_env_check" CHECK (jsonb_typeof("template_env") = 'array'),
    CONSTRAINT "mcpServerTemplates_template_headers_check" CHECK (jsonb_typeof("template_headers") = 'array'),
    CONSTRAINT "mcpServerTemplates_template_url_query_params_check" CHECK (jsonb_typeof("template_url_query_params") = 'array'),
    CONSTRAINT "mcpServerTemplates_team_args_schema_check" CHECK (jsonb_typeof("team_args_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_team_env_schema_check" CHECK (jsonb_typeof("team_env_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_team_headers_schema_check" CHECK (jsonb_typeof("team_headers_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_team_url_query_params_schema_check" CHECK (jsonb_typeof("team_url_query_params_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_user_args_schema_check" CHECK (jsonb_typeof("user_args_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_user_env_schema_check" CHECK (jsonb_typeof("user_env_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_user_headers_schema_check" CHECK (jsonb_typeof("user_headers_schema") = 'array'),
    CONSTRAINT "mcpServerTemplates_user_url_query_params_schema_check" CHECK (jsonb_typeof("user_url_query_params_schema") = 'array'),
    -- The tag operators also match the keys of an object and a bare string, so a tag query is only right on arrays.
    CONSTRAINT "mcpServerTemplates_tags_check" CHECK (jsonb_typeof("tags") = 'array'),
    CONSTRAINT "mcpServerTemplates_metadata_check" CHECK (jsonb_typeof("metadata") = 'object')
);
--> statement-breakpoint

-- The table is new here, so its indexes lock nobody. Added to a catalog in use, each of the following would block writers
-- while it is built; there it belongs into a migration of its own with CREATE INDEX CONCURRENTLY and no transaction.
CREATE INDEX "idx_mcpServers_search" ON "mcpServerTemplates" USING gin ("search_vector");
--> statement-breakpoint

-- The default operator class: jsonb_path_ops would be smaller, but it serves "all of these tags" only, not "any of these".
CREATE INDEX "idx_mcpServers_tags" ON "mcpServerTemplates" USING gin ("tags");
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_active_created" ON "mcpServerTemplates" ("created_at" DESC) WHERE "status" = 'active';
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_owner_team" ON "mcpServerTemplates" ("owner_team_id") WHERE "owner_team_id" IS NOT NULL;
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_category" ON "mcpServerTemplates" ("category_id");
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_official_name" ON "mcpServerTemplates" ("official_name");
--> statement-breakpoint

CREATE INDEX "idx_mcpServers_registry_id" ON "mcpServerTemplates" ("official_registry_server_id");
--> statement-breakpoint

-- Deleting a user clears "created_by"; this finds the rows without reading the whole catalog.
CREATE INDEX "idx_mcpServers_created_by" ON "mcpServerTemplates" ("created_by") WHERE "created_by" IS NOT NULL;
