import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The account that the server runs as when the caller is root, because PostgreSQL refuses to run as root.
struct ServerAccount: Sendable, Hashable {
    let name: String
    let userID: uid_t
    let groupID: gid_t

    /// The identifier of the caller's own account.
    static var caller: uid_t { geteuid() }

    /// The account to drop to, or `nil` when the caller is not root and the server simply runs as the caller.
    ///
    /// `postgres` is taken if it exists, else `nobody`.
    static func forServer() async throws(ClusterError) -> ServerAccount? {
        guard caller == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let user = try await number("-u", of: name), let group = try await number("-g", of: name), user != 0 {
                return ServerAccount(name: name, userID: user, groupID: group)
            }
        }
        throw ClusterError(
            .noServerAccount,
            "PostgreSQL does not run as root, and neither an account postgres nor nobody exists. Next: useradd --system postgres."
        )
    }

    /// A command that runs a program as this account.
    ///
    /// A program of the system changes the account, not the child of a fork before it executes: in a process with many threads the C library's `setuid`
    /// waits for all of them, and in the child they do not exist. It would wait for ever.
    func command(_ path: String, _ arguments: [String]) -> [String] {
        let changers: [(String, [String])] = [
            ("/usr/bin/setpriv", ["--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups", "--"]),
            ("/sbin/runuser", ["-u", name, "--"]), ("/usr/sbin/runuser", ["-u", name, "--"]),
        ]
        let (changer, options) =
            changers.first { FileManager.default.isExecutableFile(atPath: $0.0) } ?? ("/usr/bin/sudo", ["-n", "-u", name, "--"])
        return [changer] + options + [path] + arguments
    }

    private static func number(_ option: String, of name: String) async throws(ClusterError) -> UInt32? {
        let answer = try await Program("/usr/bin/id", [option, name]).run()
        return answer.succeeded ? UInt32(answer.output.trimmingCharacters(in: .whitespacesAndNewlines)) : nil
    }
}
