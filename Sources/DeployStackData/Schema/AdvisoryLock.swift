import PostgresDriver

/// The names of the locks that this library takes by number within a database, each until its transaction ends.
///
/// They serialise work that no row can stand for, because what it is about does not exist yet: `ON CONFLICT` waits for the row of one constraint, and a
/// second constraint of the same table refuses the statement.
enum AdvisoryLock: Int64 {
    /// One registration of a user at a time decides whether it is the first.
    case registration = 7_311_041_987_461_120
    /// One synchronisation of the roles at a time creates those that are missing.
    case roleSync = 7_311_041_987_461_121
    /// One batch of the registry at a time takes the slugs that are free.
    case registrySync = 7_311_041_987_461_122
}

extension Statement<Void> {
    /// Waits for a lock and holds it until the transaction ends.
    static func hold(_ lock: AdvisoryLock) -> Self {
        Self(
            """
            SELECT pg_advisory_xact_lock(\(lock.rawValue))
            """)
    }
}
