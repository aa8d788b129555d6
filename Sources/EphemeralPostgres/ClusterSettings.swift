/// The server settings of a throw-away cluster, written to its `postgresql.conf`.
package struct ClusterSettings: Sendable, Hashable {
    /// Setting names and values; the values are plain text and quoted on writing.
    package private(set) var values: [String: String]

    /// The settings of every throw-away cluster, with changes.
    ///
    /// Nothing here outlives a crash of the machine, so nothing is synced to disk. The background vacuum and just-in-time compilation are
    /// off because they change plans and timings from run to run, and because a vacuum worker inside a test database delays its removal.
    ///
    /// - Parameter changes: Settings to add or to replace.
    package init(_ changes: [String: String] = [:]) {
        values = [
            "listen_addresses": "", "port": "5432", "unix_socket_permissions": "0700",
            "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
            "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "1GB", "checkpoint_timeout": "1h",
            "max_connections": "300", "shared_buffers": "64MB", "max_locks_per_transaction": "128",
            "autovacuum": "off", "jit": "off",
            "timezone": "UTC", "log_timezone": "UTC", "lc_messages": "C", "default_text_search_config": "pg_catalog.english",
            "log_line_prefix": "%m [%p] %d %a ", "log_checkpoints": "off",
        ]
        values.merge(changes) { _, changed in changed }
    }

    /// The port, which is also in the name of the socket.
    var port: Int { values["port"].flatMap { Int($0) } ?? 5432 }

    /// The text of `postgresql.conf`, in the order of the names, so that equal settings are equal text.
    ///
    /// - Parameter socketDirectory: The only address that the server listens at.
    func fileText(socketDirectory: String) -> String {
        values.merging(["unix_socket_directories": socketDirectory]) { _, socket in socket }
            .sorted { $0.key < $1.key }
            .map { "\($0.key) = '\($0.value.replacing("'", with: "''"))'\n" }
            .joined()
    }
}

/// The FNV-1a hash of some texts, which names a cluster's folder. It keeps different set-ups apart and protects nothing.
func fingerprint(of texts: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in texts.joined(separator: "\u{0}").utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String((String(repeating: "0", count: 16 - digits.count) + digits).suffix(10))
}
