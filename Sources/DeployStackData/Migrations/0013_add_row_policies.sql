-- Policies that keep the rows of teams apart, whatever a statement says.
--
-- They have no effect until somebody enables them, see "deploystack_enable_row_security" below; nothing changes for who does not. The owner of the tables is
-- never bound by them, so that migrations, foreign keys and pg_dump work as before: whoever serves the whole platform connects as the owner.
--
-- Every table of a later migration brings its policies along.

-- Whose rows there are, said anew in each transaction. When such a setting ends it is an empty text and not null, which must match nothing either.
CREATE FUNCTION "deploystack_team"() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('deploystack.team', true), '') $$;
--> statement-breakpoint
CREATE FUNCTION "deploystack_user"() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('deploystack.user', true), '') $$;
--> statement-breakpoint

-- Rows of a team.
CREATE POLICY "of_team" ON "teams" USING ("id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "teamMemberships" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "mcpTeamInstallations" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "oauth_clients" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "oauth_authorization_codes" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "oauth_access_tokens" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "oauth_refresh_tokens" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "oauth_team_consents" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_team" ON "satelliteRegistrationTokens" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint

-- Rows of what a team has installed. As an array, what is asked for once can be what an index looks for, also in a statement that says nothing more.
CREATE POLICY "of_team" ON "mcpUserConfigurations"
    USING ("installation_id" = ANY (ARRAY(SELECT i."id" FROM "mcpTeamInstallations" AS i WHERE i."team_id" = "deploystack_team"())));
--> statement-breakpoint
CREATE POLICY "of_team" ON "mcpServerInstances"
    USING ("installation_id" = ANY (ARRAY(SELECT i."id" FROM "mcpTeamInstallations" AS i WHERE i."team_id" = "deploystack_team"())));
--> statement-breakpoint

-- The catalog: what belongs to no team is there for everybody, and nobody changes it.
CREATE POLICY "of_team" ON "mcpServerTemplates" USING ("owner_team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_platform" ON "mcpServerTemplates" FOR SELECT USING ("owner_team_id" IS NULL);
--> statement-breakpoint

CREATE POLICY "of_team" ON "mcpServerVersions"
    USING ("server_id" = ANY (ARRAY(SELECT s."id" FROM "mcpServerTemplates" AS s WHERE s."owner_team_id" = "deploystack_team"())));
--> statement-breakpoint
CREATE POLICY "of_platform" ON "mcpServerVersions" FOR SELECT
    USING (EXISTS (SELECT FROM "mcpServerTemplates" AS s WHERE s."id" = "server_id" AND s."owner_team_id" IS NULL));
--> statement-breakpoint

-- Satellites of the platform serve every team, and no team changes them.
CREATE POLICY "of_team" ON "satellites" USING ("team_id" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "of_platform" ON "satellites" FOR SELECT USING ("team_id" IS NULL);
--> statement-breakpoint

CREATE POLICY "of_team" ON "satelliteHeartbeats"
    USING ("satellite_id" = ANY (ARRAY(SELECT s."id" FROM "satellites" AS s WHERE s."team_id" = "deploystack_team"())));
--> statement-breakpoint

-- What a team asks of a satellite of the platform is the team's.
CREATE POLICY "of_team" ON "satelliteCommands"
    USING (
        "target_team_id" = "deploystack_team"()
        OR "satellite_id" = ANY (ARRAY(SELECT s."id" FROM "satellites" AS s WHERE s."team_id" = "deploystack_team"())));
--> statement-breakpoint

-- Rows of a user.
CREATE POLICY "of_user" ON "userPreferences" USING ("user_id" = "deploystack_user"());
--> statement-breakpoint
CREATE POLICY "of_user" ON "notifications" USING ("user_id" = "deploystack_user"());
--> statement-breakpoint

-- A team tells its members something together, and sees what it has told them. Whether they have read it is theirs.
CREATE POLICY "of_team" ON "notifications" FOR SELECT USING ("sent_to_team" = "deploystack_team"());
--> statement-breakpoint
CREATE POLICY "to_members" ON "notifications" FOR INSERT
    WITH CHECK (
        "sent_to_team" = "deploystack_team"()
        AND "user_id" IN (SELECT m."user_id" FROM "teamMemberships" AS m WHERE m."team_id" = "deploystack_team"()));
--> statement-breakpoint

-- A team sees the accounts of its members, and a user that of its own. They can be locked, so that they stay while something is made that refers to them,
-- but accounts are changed by the platform.
CREATE POLICY "of_user_and_team" ON "authUser" FOR SELECT
    USING (
        "id" = ANY (
            ARRAY(SELECT m."user_id" FROM "teamMemberships" AS m WHERE m."team_id" = "deploystack_team"()) || "deploystack_user"()));
--> statement-breakpoint
CREATE POLICY "locks" ON "authUser" FOR UPDATE
    USING (
        "id" = ANY (
            ARRAY(SELECT m."user_id" FROM "teamMemberships" AS m WHERE m."team_id" = "deploystack_team"()) || "deploystack_user"()))
    WITH CHECK (false);
--> statement-breakpoint

-- Rows of the platform, which are read by everybody, but for its secrets.
CREATE POLICY "of_platform" ON "roles" FOR SELECT USING (true);
--> statement-breakpoint
CREATE POLICY "of_platform" ON "mcpCategories" FOR SELECT USING (true);
--> statement-breakpoint
CREATE POLICY "of_platform" ON "globalSettingGroups" FOR SELECT USING (true);
--> statement-breakpoint
CREATE POLICY "of_platform" ON "globalSettings" FOR SELECT USING (NOT "is_encrypted");
--> statement-breakpoint

-- Makes the policies hold for everybody but the owner, and lets a role use the tables. Run it as the owner, and again after a migration that adds tables.
-- Each table that is enabled is locked for a moment; those that are already are not. It says how many tables there are.
CREATE FUNCTION "deploystack_enable_row_security"("tenant" text) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    "item" record;
    "count" integer := 0;
BEGIN
    IF NOT has_schema_privilege("tenant", current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), "tenant");
    END IF;
    FOR "item" IN
        SELECT c."oid"::regclass AS "table", c."relrowsecurity" AS "is_enabled"
        FROM pg_catalog.pg_class AS c
        WHERE c."relnamespace" = (SELECT n."oid" FROM pg_catalog.pg_namespace AS n WHERE n."nspname" = current_schema())
            AND EXISTS (
                SELECT FROM pg_catalog.pg_policy AS p
                WHERE p."polrelid" = c."oid" AND p."polname" IN ('of_team', 'of_user', 'of_user_and_team', 'of_platform'))
        ORDER BY c."relname"
    LOOP
        IF NOT "item"."is_enabled" THEN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', "item"."table");
        END IF;
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE %s TO %I', "item"."table", "tenant");
        "count" := "count" + 1;
    END LOOP;
    EXECUTE format('GRANT SELECT ON TABLE "__deploystack_migrations" TO %I', "tenant");
    RETURN "count";
END
$$;
