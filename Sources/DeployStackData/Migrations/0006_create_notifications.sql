-- Each user's inbox.

CREATE TABLE "notifications" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "message" text COLLATE "C" NOT NULL,
    "read" boolean NOT NULL DEFAULT false,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id"),
    -- With any other action, a user who ever got a message could not be deleted.
    CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE
);
--> statement-breakpoint

-- This table becomes the largest. Built on it while it is in use, an index would block every new message: use CREATE INDEX
-- CONCURRENTLY there, in a migration without a transaction.
CREATE INDEX "idx_notifications_user_created" ON "notifications" ("user_id", "created_at" DESC, "id" DESC);
--> statement-breakpoint

-- Holds only what is unread, a small part of all messages; the unread count is answered from the index alone.
CREATE INDEX "idx_notifications_unread" ON "notifications" ("user_id", "created_at" DESC) WHERE "read" = false;
