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

    private static func number(_ option: String, of name: String) async throws(ClusterError) -> UInt32? {
        let answer = try await Program("/usr/bin/id", [option, name]).run()
        return answer.succeeded ? UInt32(answer.output.trimmingCharacters(in: .whitespacesAndNewlines)) : nil
    }
}
