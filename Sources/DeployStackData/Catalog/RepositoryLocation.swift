/// Where a repository is hosted, derived from its address.
struct RepositoryLocation: Sendable, Hashable {
    /// `github`, `gitlab` or `bitbucket`.
    var source: String
    /// The path at the host, without `.git`.
    var id: String

    /// Reads an address such as `https://github.com/owner/name.git`; `nil` for any other host.
    init?(url: String?) {
        guard let url, let scheme = ["https://", "http://", "ssh://git@", "git://"].first(where: url.hasPrefix) else { return nil }
        let rest = url.dropFirst(scheme.count).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard rest.count == 2 else { return nil }
        let host = rest[0].lowercased()
        switch host.hasPrefix("www.") ? String(host.dropFirst(4)) : host {
        case "github.com": source = "github"
        case "gitlab.com": source = "gitlab"
        case "bitbucket.org": source = "bitbucket"
        default: return nil
        }
        var path = rest[1].prefix { $0 != "?" && $0 != "#" }
        while path.last == "/" { path = path.dropLast() }
        if path.hasSuffix(".git") { path = path.dropLast(4) }
        guard !path.isEmpty else { return nil }
        id = String(path)
    }
}
