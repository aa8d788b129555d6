-- What "did you mean" needs: the similarity of two words by the trigrams that they have in common.

-- The extension is trusted: whoever may create objects in the database may create it. Where the server does not have it, or the role may not, everything
-- else goes on, and there are no suggestions until somebody runs CREATE EXTENSION "pg_trgm" on the database.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS "pg_trgm";
EXCEPTION
    WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN
        RAISE NOTICE 'the extension pg_trgm could not be created, so searches have no suggestions: %', SQLERRM;
END
$$;
