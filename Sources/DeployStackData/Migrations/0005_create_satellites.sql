-- Satellites, which run the servers, with their heartbeats and the commands waiting for them.

CREATE TYPE "satelliteType" AS ENUM ('global', 'team');
--> statement-breakpoint

CREATE TYPE "satelliteStatus" AS ENUM ('active', 'inactive', 'maintenance', 'error');
--> statement-breakpoint

-- No index on "last_heartbeat": it changes every 30 seconds in every row, and an index on it would forbid heap-only updates.
CREATE TABLE "satellites" (
    "id" text COLLATE "C" NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "satellite_type" "satelliteType" NOT NULL,
    "team_id" text COLLATE "C",
    "status" "satelliteStatus" NOT NULL DEFAULT 'inactive',
    "capabilities" jsonb NOT NULL DEFAULT '["stdio", "http", "sse"]',
    "api_key_hash" text COLLATE "C" NOT NULL,
    "last_heartbeat" timestamptz,
    "system_info" jsonb,
    "satellite_url" text COLLATE "C" NOT NULL DEFAULT 'http://127.0.0.1:3001',
    "region" text COLLATE "C",
    "mcp_status" jsonb,
    "config" jsonb NOT NULL DEFAULT '{}',
    "created_by" text COLLATE "C",
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "satellites_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "satellites_name_key" UNIQUE ("name"),
    CONSTRAINT "satellites_api_key_hash_key" UNIQUE ("api_key_hash"),
    CONSTRAINT "satellites_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE CASCADE,
    CONSTRAINT "satellites_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "satellites_name_check" CHECK ("name" ~ '^[a-z0-9_-]{10,32}$'),
    CONSTRAINT "satellites_type_matches_team" CHECK (("satellite_type" = 'team') = ("team_id" IS NOT NULL)),
    CONSTRAINT "satellites_capabilities_check" CHECK (jsonb_typeof("capabilities") = 'array'),
    CONSTRAINT "satellites_system_info_check" CHECK (jsonb_typeof("system_info") = 'object'),
    CONSTRAINT "satellites_mcp_status_check" CHECK (jsonb_typeof("mcp_status") = 'object'),
    CONSTRAINT "satellites_config_check" CHECK (jsonb_typeof("config") = 'object')
);
--> statement-breakpoint

-- Its key is a constant, so it is nothing more than a small list of the active rows. That is what it is for.
CREATE INDEX "idx_active_satellites" ON "satellites" ("status") WHERE "status" = 'active';
--> statement-breakpoint

CREATE INDEX "idx_satellites_team" ON "satellites" ("team_id") WHERE "team_id" IS NOT NULL;
--> statement-breakpoint

-- The installations came first. In one transaction with the rest this checks their rows under a lock; on a large table in use,
-- add such a key NOT VALID and validate it afterwards.
ALTER TABLE "mcpTeamInstallations"
    ADD CONSTRAINT "mcpTeamInstallations_satellite_id_fkey" FOREIGN KEY ("satellite_id") REFERENCES "satellites" ("id") ON DELETE SET NULL;
--> statement-breakpoint

CREATE TABLE "satelliteHeartbeats" (
    "id" text COLLATE "C" NOT NULL,
    "satellite_id" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "system_metrics" jsonb NOT NULL,
    "process_count" integer NOT NULL DEFAULT 0,
    "healthy_process_count" integer NOT NULL DEFAULT 0,
    "error_count" integer NOT NULL DEFAULT 0,
    "response_time_ms" integer,
    "uptime_seconds" integer,
    "version" text COLLATE "C",
    "timestamp" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "satelliteHeartbeats_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "satelliteHeartbeats_satellite_id_fkey" FOREIGN KEY ("satellite_id") REFERENCES "satellites" ("id") ON DELETE CASCADE,
    CONSTRAINT "satelliteHeartbeats_status_check" CHECK ("status" IN ('active', 'degraded', 'error')),
    CONSTRAINT "satelliteHeartbeats_system_metrics_check" CHECK (jsonb_typeof("system_metrics") = 'object')
);
--> statement-breakpoint

CREATE INDEX "idx_satelliteHeartbeats_satellite_timestamp" ON "satelliteHeartbeats" ("satellite_id", "timestamp" DESC);
--> statement-breakpoint

CREATE TABLE "satelliteCommands" (
    "id" text COLLATE "C" NOT NULL,
    "satellite_id" text COLLATE "C" NOT NULL,
    "command_type" text COLLATE "C" NOT NULL,
    -- 0 immediate, 1 high, 2 normal, 3 low: a number, so that the most urgent comes first in an index.
    "priority" smallint NOT NULL DEFAULT 2,
    "payload" jsonb NOT NULL,
    "status" text COLLATE "C" NOT NULL DEFAULT 'pending',
    "target_team_id" text COLLATE "C",
    "correlation_id" text COLLATE "C",
    "retry_count" integer NOT NULL DEFAULT 0,
    "max_retries" integer NOT NULL DEFAULT 3,
    "error_message" text COLLATE "C",
    "result" jsonb,
    "created_by" text COLLATE "C",
    "expires_at" timestamptz NOT NULL,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "satelliteCommands_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "satelliteCommands_satellite_id_fkey" FOREIGN KEY ("satellite_id") REFERENCES "satellites" ("id") ON DELETE CASCADE,
    CONSTRAINT "satelliteCommands_target_team_id_fkey" FOREIGN KEY ("target_team_id") REFERENCES "teams" ("id") ON DELETE SET NULL,
    CONSTRAINT "satelliteCommands_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "authUser" ("id") ON DELETE SET NULL,
    CONSTRAINT "satelliteCommands_command_type_check" CHECK (
        "command_type" IN ('configure', 'spawn', 'kill', 'restart', 'health_check', 'invalidate_user_token_cache')
    ),
    CONSTRAINT "satelliteCommands_priority_check" CHECK ("priority" BETWEEN 0 AND 3),
    CONSTRAINT "satelliteCommands_status_check" CHECK ("status" IN ('pending', 'acknowledged', 'executing', 'completed', 'failed')),
    CONSTRAINT "satelliteCommands_payload_check" CHECK (jsonb_typeof("payload") = 'object'),
    CONSTRAINT "satelliteCommands_result_check" CHECK (jsonb_typeof("result") = 'object')
);
--> statement-breakpoint

-- What a satellite polls for: only waiting commands are in it, in the order in which they are handed out.
CREATE INDEX "idx_satelliteCommands_pending" ON "satelliteCommands" ("satellite_id", "priority", "created_at") WHERE "status" = 'pending';
--> statement-breakpoint

-- The partial index above knows only waiting commands; deleting a satellite takes all of its commands.
CREATE INDEX "idx_satelliteCommands_satellite" ON "satelliteCommands" ("satellite_id");
--> statement-breakpoint

CREATE INDEX "idx_satelliteCommands_correlation" ON "satelliteCommands" ("correlation_id");
--> statement-breakpoint

CREATE INDEX "idx_satelliteCommands_target_team" ON "satelliteCommands" ("target_team_id");
--> statement-breakpoint

CREATE INDEX "idx_satelliteCommands_created_by" ON "satelliteCommands" ("created_by") WHERE "created_by" IS NOT NULL;
