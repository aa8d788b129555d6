/// Why a throw-away cluster could not be found, started, used or stopped.
///
/// The description says what was tried, what the system or the server answered, and what to do next. It holds no secret: a throw-away
/// cluster has none.
package struct ClusterError: Error, Hashable, CustomStringConvertible {
    /// What went wrong, for code that decides (for example: leave tests out only when there are no binaries).
    package enum Kind: Sendable, Hashable {
        /// No directory with `initdb`, `pg_ctl` and `postgres` was found.
        case noBinaries
        /// The directory of the cluster cannot be made or is not safe to use.
        case unusableFolder
        /// The process is root and there is no account that the server could run as.
        case noServerAccount
        /// `initdb` failed.
        case initializationFailed
        /// The server did not start.
        case startFailed
        /// The server did not stop, or its files could not be removed.
        case stopFailed
        /// Another process held the lock of the cluster for too long.
        case locked
        /// A program could not be run at all.
        case programFailed
    }

    package let kind: Kind
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// No server programs were found in any of the places that were tried.
    static func noBinaries(tried: [String]) -> ClusterError {
        let places = tried.map { "  - \($0)" }.joined(separator: "\n")
        return ClusterError(
            .noBinaries,
            """
            No PostgreSQL server was found (a directory counts when initdb, pg_ctl and postgres are in it). Tried:
            \(places)
            Next: \(InstallAdvice.server), or set DEPLOYSTACK_PG_BIN to the directory of the binaries.
            """
        )
    }

    /// A program ended with a failure; its last words are part of the sentence.
    static func failed(_ kind: Kind, _ what: String, output: String, next: String) -> ClusterError {
        let words = output.split(separator: "\n").suffix(12).map { "  \($0)" }.joined(separator: "\n")
        return ClusterError(kind, "\(what)\(words.isEmpty ? "." : ":\n\(words)")\nNext: \(next).")
    }
}

/// The line that installs a PostgreSQL server on this kind of system.
enum InstallAdvice {
    #if os(macOS)
        static let server = "brew install postgresql@17"
    #else
        static let server = "sudo apt-get install -y postgresql (Debian, Ubuntu), sudo dnf install -y postgresql-server postgresql-contrib (Fedora)"
    #endif
}
