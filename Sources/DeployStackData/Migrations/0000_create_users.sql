-- Roles and the people who have them.
--
-- Text is compared and sorted by bytes (COLLATE "C") here and in every other table: the same on every machine, whatever its locale.
--
-- Every constraint carries its name: the library recognises a broken rule by that name, on every server version.
-- Every identifier is quoted: PostgreSQL folds a bare authUser to authuser, which does not exist.

CREATE TABLE "roles" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "description" text COLLATE "C",
    "permissions" jsonb NOT NULL DEFAULT '[]',
    "is_system_role" boolean NOT NULL DEFAULT false,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "roles_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "roles_name_key" UNIQUE ("name"),
    CONSTRAINT "roles_permissions_check" CHECK (jsonb_typeof("permissions") = 'array')
);
--> statement-breakpoint

CREATE TABLE "authUser" (
    "id" text COLLATE "C" NOT NULL,
    "username" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "auth_type" text COLLATE "C" NOT NULL,
    "first_name" text COLLATE "C",
    "last_name" text COLLATE "C",
    "github_id" text COLLATE "C",
    "hashed_password" text COLLATE "C",
    "role_id" text COLLATE "C",
    "email_verified" boolean NOT NULL DEFAULT false,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "authUser_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "authUser_username_key" UNIQUE ("username"),
    CONSTRAINT "authUser_email_key" UNIQUE ("email"),
    CONSTRAINT "authUser_github_id_key" UNIQUE ("github_id"),
    CONSTRAINT "authUser_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles" ("id") ON DELETE RESTRICT,
    CONSTRAINT "authUser_auth_type_check" CHECK ("auth_type" IN ('email_signup', 'github'))
);
--> statement-breakpoint

-- Repeats what "authUser_email_key" already indexes. It is kept because operators look for it by this name.
CREATE INDEX "idx_authUser_email" ON "authUser" ("email");
--> statement-breakpoint

-- Unique, so that two spellings of one address cannot become two accounts. Look-ups must say lower("email").
CREATE UNIQUE INDEX "idx_lowercase_email" ON "authUser" (lower("email"));
--> statement-breakpoint

-- Deleting a role asks who still has it; without this index that reads the whole table.
CREATE INDEX "idx_authUser_role" ON "authUser" ("role_id");
--> statement-breakpoint

-- The roles every installation starts with. Identifier and name are equal so that code and people can say the same word.
-- The moment is fixed, so that every database, and the in-memory store, holds exactly the same rows.
INSERT INTO "roles" ("id", "name", "description", "permissions", "is_system_role", "created_at", "updated_at")
VALUES
    (
        'global_admin', 'global_admin', 'Administers users, the catalog, satellites and settings',
        '["users.manage", "roles.manage", "teams.manage", "catalog.manage", "categories.manage", "satellites.manage", "settings.manage", "teams.create"]',
        true, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'global_user', 'global_user', 'Browses the catalog and creates teams',
        '["catalog.view", "teams.create"]',
        true, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team_admin', 'team_admin', 'Manages the members and installations of a team',
        '["team.view", "team.edit", "team.members.manage", "installations.view", "installations.manage", "installations.configure_own"]',
        true, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    ),
    (
        'team_user', 'team_user', 'Uses the installations of a team',
        '["team.view", "installations.view", "installations.configure_own"]',
        true, '2025-01-01 00:00:00+00', '2025-01-01 00:00:00+00'
    )
ON CONFLICT ("id") DO NOTHING;
