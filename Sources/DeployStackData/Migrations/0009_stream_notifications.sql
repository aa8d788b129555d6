-- What streams of notifications need: which transaction inserted a row, which team it was sent to, and a word to whoever listens.

-- Transactions commit in another order than that in which they take times and numbers. Only a snapshot tells which have committed, and it does so by
-- their numbers: see ARCHITECTURE.md. Rows that are there already have none: no stream asks for them. The number is the server's own, so rows that are
-- restored from a dump on another server must lose it: UPDATE "notifications" SET "arrived_in" = NULL WHERE "arrived_in" IS NOT NULL.
ALTER TABLE "notifications" ADD COLUMN "arrived_in" xid8;
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "arrived_in" SET DEFAULT pg_current_xact_id();
--> statement-breakpoint

-- The team whose members were notified together. It refers to nothing: a message outlives the team that it came from, and needs no lock on it.
ALTER TABLE "notifications" ADD COLUMN "sent_to_team" text COLLATE "C";
--> statement-breakpoint

-- While they are built, these indexes block new messages: seconds for millions of rows.
CREATE INDEX "idx_notifications_user_arrived" ON "notifications" ("user_id", "arrived_in") WHERE "arrived_in" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "idx_notifications_team_arrived" ON "notifications" ("sent_to_team", "arrived_in") WHERE "sent_to_team" IS NOT NULL;
--> statement-breakpoint

-- For the purge of old ones.
CREATE INDEX "idx_notifications_created" ON "notifications" ("created_at", "id");
--> statement-breakpoint

-- In a trigger and not in the statements that insert, so that whoever inserts wakes those who listen: another version, another program, an operator.
-- It runs once for each statement. What many rows are about is not said one by one; everybody who listens looks then. A notice has room for 8000 bytes;
-- nobody asks for identifiers of more than 255.
CREATE FUNCTION "announce_notifications"() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT 1 FROM "arrived" LIMIT 65) AS "some") > 64 THEN
        PERFORM pg_catalog.pg_notify('deploystack_notifications', '');
    ELSE
        PERFORM pg_catalog.pg_notify('deploystack_notifications', t."topic")
        FROM (
            SELECT 'user:' || left("user_id", 255) AS "topic" FROM "arrived"
            UNION
            SELECT 'team:' || left("sent_to_team", 255) FROM "arrived" WHERE "sent_to_team" IS NOT NULL) AS t;
    END IF;
    RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "notifications_announce"
AFTER INSERT ON "notifications"
REFERENCING NEW TABLE AS "arrived"
FOR EACH STATEMENT EXECUTE FUNCTION "announce_notifications"();
