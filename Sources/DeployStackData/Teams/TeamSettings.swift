import DeployStackModels

/// The platform's settings that the rules of teams read, with the defaults that count when a setting is absent.
struct TeamSettings: Sendable {
    /// The most teams that one user may own, default team included.
    var creationLimit = 3
    /// What a new team may have.
    var limits = TeamLimits()

    /// The keys under which the settings are stored.
    static let keys = [
        "team.allow_github_mcp", "team.allow_private_github_repos", "team.allow_remote_mcp", "team.creation_limit",
        "team.default_mcp_server_limit", "team.default_member_limit", "team.default_non_http_mcp_limit", "team.github_mcp_limit",
    ]

    /// Reads the settings from their stored texts.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` that names the setting whose text is not a number, or not a boolean.
    init(_ stored: [(key: String, value: String)]) throws(DataError) {
        for (key, value) in stored {
            switch key {
            case "team.creation_limit": creationLimit = try Self.number(value, key)
            case "team.default_member_limit": limits.members = try Self.number(value, key)
            case "team.default_mcp_server_limit": limits.mcpServers = try Self.number(value, key)
            case "team.default_non_http_mcp_limit": limits.nonHttp = try Self.number(value, key)
            case "team.github_mcp_limit": limits.github = try Self.number(value, key)
            case "team.allow_remote_mcp": limits.allowsRemoteServers = try Self.boolean(value, key)
            case "team.allow_github_mcp": limits.allowsGitHubServers = try Self.boolean(value, key)
            case "team.allow_private_github_repos": limits.allowsPrivateRepositories = try Self.boolean(value, key)
            default: break
            }
        }
    }

    private static func number(_ text: String, _ key: String) throws(DataError) -> Int {
        guard let number = Int(text), (0...Int(Int32.max)).contains(number) else {
            throw DataError(.configuration, entity: .setting, field: key, reason: "the setting must be a whole number, 0 to \(Int32.max)")
        }
        return number
    }

    private static func boolean(_ text: String, _ key: String) throws(DataError) -> Bool {
        switch text.lowercased() {
        case "true", "1", "yes", "on", "enabled": return true
        case "false", "0", "no", "off", "disabled": return false
        default: throw DataError(.configuration, entity: .setting, field: key, reason: "the setting must be true or false")
        }
    }
}
