#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Removes the few variables that libpq obeys whatever it is told.
///
/// Everything else is overridden in the ``ConnectionString``. `PGSERVICE` names a file whose absence alone makes every attempt fail, and the others
/// are sent to the server as settings of the session. They are removed once, before the first connection, and only if they are set.
enum ProcessEnvironment {
    /// The names of the variables that were set and have been removed.
    static let removedVariables: [String] = ["PGSERVICE", "PGSERVICEFILE", "PGDATESTYLE", "PGTZ", "PGGEQO"].filter { name in
        guard unsafe getenv(name) != nil else { return false }
        unsafe unsetenv(name)
        return true
    }
}
