#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Disarms the few variables that libpq obeys whatever it is told.
///
/// Everything else is overridden in the ``ConnectionString``. `PGSERVICE` names a section of a file whose absence alone makes every attempt fail, and
/// the others are sent to the server as settings of the session.
///
/// Changing the environment of a process with several threads has a price: on systems whose `getenv` takes no lock (glibc before 2.41), removing
/// an entry moves those behind it, and a thread that looks one up at that moment may miss it. So nothing is touched that is not set; the settings are
/// overwritten in place with the word that libpq passes over, which moves nothing; and it is done when a client is made, which is early, and looked
/// at again before each connection. Only a process that is started with `PGSERVICE` has an entry removed, once.
enum ProcessEnvironment {
    /// It guards the environment, so the value is of no interest; an empty one would have the address of something else.
    private static let lock = Lock(0)

    /// The value that libpq takes for "not set" in the variables that become settings of the session.
    private static let neutral = "default"

    /// Disarms the variables in the environment of this process.
    static func disarm() {
        lock.withLock { _ in
            for name in ["PGDATESTYLE", "PGTZ", "PGGEQO"] {
                guard let value = unsafe getenv(name), unsafe strcmp(value, neutral) != 0 else { continue }
                unsafe setenv(name, neutral, 1)
            }
            if unsafe getenv("PGSERVICE") != nil { unsafe unsetenv("PGSERVICE") }
        }
    }
}
