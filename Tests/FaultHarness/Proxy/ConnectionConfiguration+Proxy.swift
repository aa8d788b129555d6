package import PostgresDriver

extension ConnectionConfiguration {
    /// The same database and role, reached through a port of 127.0.0.1 without TLS: a proxy or a scripted server.
    package func through(port: Int) -> ConnectionConfiguration {
        var copy = self
        copy.host = "127.0.0.1"
        copy.port = port
        copy.tls = .disable
        return copy
    }
}
