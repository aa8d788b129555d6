-- What each user prefers: texts by key, whose types and defaults the program defines.

CREATE TABLE "userPreferences" (
    "id" text COLLATE "C" NOT NULL,
    "user_id" text COLLATE "C" NOT NULL,
    "preference_key" text COLLATE "C" NOT NULL,
    "preference_value" text COLLATE "C" NOT NULL,
    "created_at" timestamptz NOT NULL DEFAULT now(),
    "updated_at" timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT "userPreferences_pkey" PRIMARY KEY ("id"),
    -- It begins with the user, so it serves "all preferences of a user" and the deletion of a user too.
    CONSTRAINT "userPreferences_user_id_preference_key_key" UNIQUE ("user_id", "preference_key"),
    CONSTRAINT "userPreferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "authUser" ("id") ON DELETE CASCADE,
    CONSTRAINT "userPreferences_preference_key_check"
        CHECK (char_length("preference_key") BETWEEN 1 AND 255 AND "preference_key" ~ '^[A-Za-z0-9._-]+$')
);
