#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The variables that libpq reads, each with a value that would break every connection if it had any effect.
package enum PoisonedEnvironment {
    /// The variables and their values.
    package static let values = [
        "PGHOST": "poisoned.invalid", "PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "PGDATABASE": "poisoned", "PGUSER": "poisoned",
        "PGPASSWORD": "poisoned", "PGPASSFILE": "/nonexistent/pgpass", "PGSERVICE": "poisoned", "PGSERVICEFILE": "/nonexistent/pg_service.conf",
        "PGSYSCONFDIR": "/nonexistent", "PGLOCALEDIR": "/nonexistent",
        "PGOPTIONS": "-c default_transaction_read_only=on -c search_path=poisoned", "PGAPPNAME": "poisoned",
        "PGSSLMODE": "disable", "PGREQUIRESSL": "1", "PGSSLCOMPRESSION": "1", "PGSSLCERT": "/nonexistent/cert.pem",
        "PGSSLKEY": "/nonexistent/key.pem", "PGSSLROOTCERT": "/nonexistent/root.pem", "PGSSLCRL": "/nonexistent/crl.pem",
        "PGSSLCRLDIR": "/nonexistent", "PGSSLSNI": "0", "PGSSLMINPROTOCOLVERSION": "TLSv1", "PGSSLMAXPROTOCOLVERSION": "TLSv1.1",
        "PGREQUIREPEER": "poisoned", "PGCHANNELBINDING": "disable", "PGGSSENCMODE": "require", "PGKRBSRVNAME": "poisoned",
        "PGGSSLIB": "poisoned", "PGCONNECT_TIMEOUT": "1", "PGTARGETSESSIONATTRS": "standby", "PGCLIENTENCODING": "LATIN1",
        "PGTZ": "poisoned", "PGDATESTYLE": "poisoned", "PGGEQO": "poisoned",
    ]

    private static let poisoning: Void = {
        for (name, value) in values { unsafe setenv(name, value, 1) }
    }()

    /// Sets the variables, once, before the first client of the process. The driver itself takes away or neutralises four of them then.
    package static func prepare() {
        poisoning
    }
}
