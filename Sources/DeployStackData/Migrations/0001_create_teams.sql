-- Teams, their limits, and who belongs to them.

CREATE TYPE "teamRole" AS ENUM ('team_admin', 'team_user');
--> statement-breakpoint

CREATE TABLE "teams" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "slug" text COLLATE "C" NOT NULL,
    "description" text COLLATE "C",
    "owner_id" text COLLATE "C" NOT NULL,
    "is_default" boolean NOT NULL DEFAULT false,
    "mcp_server_limit" integer NOT NULL DEFAULT 5,
    "non_http_mcp_limit" integer NOT NULL DEFAULT 1,
    "github_mcp_limit" integer NOT NULL DEFAULT 1,
    "member_limit" integer NOT NULL DEFAULT 3,
    "allow_remote_mcp" boolean NOT NULL DEFAULT false,
    "allow_github_mcp" boolean NOT NULL DEFAULT false,
    "allow_private_github_repos" boolean NOT NULL DEFAULT false,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "teams_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "teams_slug_key" UNIQUE ("slug"),
    CONSTRAINT "teams_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "teams_mcp_server_limit_check" CHECK ("mcp_server_limit" >= 0),
    CONSTRAINT "teams_non_http_mcp_limit_check" CHECK ("non_http_mcp_limit" >= 0),
    CONSTRAINT "teams_github_mcp_limit_check" CHECK ("github_mcp_limit" >= 0),
    CONSTRAINT "teams_member_limit_check" CHECK ("member_limit" >= 1),
    -- Added as bigint: two large limits would overflow an integer, and the broken rule would come back as an arithmetic error.
    CONSTRAINT "teams_limits_consistent" CHECK ("mcp_server_limit" >= "non_http_mcp_limit"::bigint + "github_mcp_limit")
);
--> statement-breakpoint

CREATE INDEX "idx_teams_owner" ON "teams" ("owner_id");
--> statement-breakpoint

-- One personal team for each user, however many requests arrive at once.
CREATE UNIQUE INDEX "idx_teams_one_default_per_owner" ON "teams" ("owner_id") WHERE "is_default";
--> statement-breakpoint

CREATE TABLE "teamMemberships" (
    "id" text COLLATE "C" NOT NULL,
    "team_id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "role" "teamRole" NOT NULL,
    "joined_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "teamMemberships_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "teamMemberships_team_id_user_id_key" UNIQUE ("team_id", "user_id"),
    CONSTRAINT "teamMemberships_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "teamMemberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

-- The unique key begins with the team; "the teams of a user" needs the other direction.
CREATE INDEX "idx_teamMemberships_user" ON "teamMemberships" ("user_id");
