import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Removes the few variables that libpq obeys whatever it is told.
///
/// Everything else is overridden in the ``ConnectionString``. `PGSERVICE` names a section of a file whose absence alone makes every attempt fail, and
/// the others are sent to the server as settings of the session. They are removed before each connection, and only if they are set.
enum ProcessEnvironment {
    private static let lock = Mutex(())

    /// Removes the variables from the environment of this process.
    static func removeWhatCannotBeOverridden() {
        lock.withLock { _ in
            for name in ["PGSERVICE", "PGDATESTYLE", "PGTZ", "PGGEQO"] where unsafe getenv(name) != nil {
                unsafe unsetenv(name)
            }
        }
    }
}
