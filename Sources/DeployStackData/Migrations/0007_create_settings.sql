-- Settings of the whole system, and those that the rules for teams read.

CREATE TABLE "globalSettingGroups" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "description" text COLLATE "C",
    "icon" text COLLATE "C",
    "sort_order" integer NOT NULL DEFAULT 0,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "globalSettingGroups_pkey" PRIMARY KEY ("id")
);
--> statement-breakpoint

CREATE TABLE "globalSettings" (
    "key" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C",
    "value" text COLLATE "C" NOT NULL,
    "type" text COLLATE "C" NOT NULL DEFAULT 'string',
    "description" text COLLATE "C",
    "is_encrypted" boolean NOT NULL DEFAULT false,
    "group_id" text COLLATE "C",
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "globalSettings_pkey" PRIMARY KEY ("key"),
    CONSTRAINT "globalSettings_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "globalSettingGroups" ("id") ON DELETE SET NULL,
    CONSTRAINT "globalSettings_key_check" CHECK (char_length("key") BETWEEN 1 AND 255 AND "key" ~ '^[A-Za-z0-9._-]+$'),
    CONSTRAINT "globalSettings_type_check" CHECK ("type" IN ('string', 'number', 'boolean'))
);
--> statement-breakpoint

CREATE INDEX "idx_globalSettings_group" ON "globalSettings" ("group_id");
--> statement-breakpoint

-- What is already there is never overwritten. The moment is fixed, so that every database, and the in-memory store, holds
-- exactly the same rows.
INSERT INTO "globalSettingGroups" ("id", "name", "description", "icon", "sort_order", "created_at", "updated_at")
VALUES ('team', 'Teams', 'Limits and permissions that new teams start with', 'users', 0, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00')
ON CONFLICT ("id") DO NOTHING;
--> statement-breakpoint

INSERT INTO "globalSettings" ("key", "name", "value", "type", "description", "group_id", "created_at", "updated_at")
VALUES
    (
        'team.creation_limit', 'Teams per user', '3', 'number',
        'How many teams one user may own, the default team included', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.default_member_limit', 'Members per team', '3', 'number',
        'How many members a new team may have', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.default_mcp_server_limit', 'Installations per team', '5', 'number',
        'How many servers a new team may install', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.default_non_http_mcp_limit', 'Local installations per team', '1', 'number',
        'How many of them may be programs started on a satellite', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.github_mcp_limit', 'GitHub installations per team', '1', 'number',
        'How many of them may be deployed from a GitHub repository', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.allow_remote_mcp', 'Allow remote servers', 'false', 'boolean',
        'Whether a new team may add remote servers of its own', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.allow_github_mcp', 'Allow GitHub deployments', 'true', 'boolean',
        'Whether a new team may deploy servers from GitHub', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team.allow_private_github_repos', 'Allow private repositories', 'true', 'boolean',
        'Whether a new team may deploy from private GitHub repositories', 'team', '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    )
ON CONFLICT ("key") DO NOTHING;
