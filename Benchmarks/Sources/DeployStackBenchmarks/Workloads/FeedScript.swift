import DeployStackModels

/// The SQL that gives the first user as many notifications as are wanted, and nobody else any. Each text is sent alone.
enum FeedScript {
    static func statements(count: Int) -> [String] {
        [
            "TRUNCATE \"notifications\"",
            """
            INSERT INTO "notifications" (\(AppNotification.rawColumns))
            SELECT 'notification-' || lpad(n::text, 9, '0'), u."id", 'Deployment ' || n || ' is done',
                'The server ' || n % 977 || ' of your team runs in version 1.' || n % 89 || ' and has answered its first request.', n % 3 = 0,
                timestamptz '2025-01-01 00:00:00+00' + n * interval '7.000123 seconds'
            FROM generate_series(1, \(count)) AS n
            CROSS JOIN (SELECT min("id") AS "id" FROM "authUser") AS u
            """, "VACUUM (ANALYZE) \"notifications\"",
        ]
    }
}
