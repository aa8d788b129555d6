import DeployStackModels

// How the plain loops read the models: the columns that the library selects, in its order, and one value for each.

extension Team {
    private static let names = [
        "id", "name", "slug", "description", "owner_id", "is_default", "mcp_server_limit", "non_http_mcp_limit", "github_mcp_limit", "member_limit",
        "allow_remote_mcp", "allow_github_mcp", "allow_private_github_repos", "created_at", "updated_at",
    ]

    static let rawColumns = rawColumnList(names)

    static func rawColumns(of alias: String) -> String { rawColumnList(names, of: alias) }

    init(raw row: inout RawRow) {
        self.init(
            id: TeamID(row.text()), name: row.text(), slug: row.text(), description: row.optionalText(), ownerID: UserID(row.text()),
            isDefault: row.bool(),
            limits: TeamLimits(
                mcpServers: row.int4(), nonHttp: row.int4(), github: row.int4(), members: row.int4(), allowsRemoteServers: row.bool(),
                allowsGitHubServers: row.bool(), allowsPrivateRepositories: row.bool()),
            createdAt: row.timestamp(), updatedAt: row.timestamp())
    }
}

extension McpInstallation {
    static let rawColumns = rawColumnList(
        [
            "id", "team_id", "server_id", "created_by", "installation_name", "installation_type", "team_args", "team_env", "team_headers",
            "team_url_query_params", "settings", "satellite_id", "created_at", "updated_at", "last_used_at",
        ], of: "i")

    init(raw row: inout RawRow) {
        self.init(
            id: McpInstallationID(row.text()), teamID: TeamID(row.text()), serverID: McpServerID(row.text()),
            createdBy: row.optionalText().map { UserID($0) }, name: row.text(), type: McpInstallationType(rawValue: row.text()),
            configuration: TeamConfiguration(
                args: row.optionalJSON(), env: row.optionalJSON(), headers: row.optionalJSON(), queryParams: row.optionalJSON()),
            settings: row.json(), satelliteID: row.optionalText().map { SatelliteID($0) }, createdAt: row.timestamp(), updatedAt: row.timestamp(),
            lastUsedAt: row.optionalTimestamp())
    }
}

extension McpServer {
    private static let names = [
        "id", "name", "slug", "description", "icon_url", "website_url", "repository_url", "language", "runtime", "transport_type", "visibility",
        "owner_team_id", "category_id", "tags", "metadata", "status", "featured", "source", "requires_oauth", "github_stars", "created_at",
        "updated_at",
    ]

    static let rawColumns = rawColumnList(names)

    static func rawColumns(of alias: String) -> String { rawColumnList(names, of: alias) }

    init(raw row: inout RawRow) throws(BenchmarkError) {
        self.init(
            id: McpServerID(row.text()), name: row.text(), slug: row.text(), description: row.optionalText(), iconURL: row.optionalText(),
            websiteURL: row.optionalText(), repositoryURL: row.optionalText(), language: row.text(), runtime: row.text(),
            transport: McpTransport(rawValue: row.text()), visibility: McpVisibility(rawValue: row.text()),
            ownerTeamID: row.optionalText().map { TeamID($0) }, categoryID: row.optionalText().map { CategoryID($0) }, tags: try row.jsonStrings(),
            metadata: row.json(), status: McpServerStatus(rawValue: row.text()), isFeatured: row.bool(),
            source: McpServerSource(rawValue: row.text()), requiresOAuth: row.bool(), gitHubStars: row.optionalInt4(), createdAt: row.timestamp(),
            updatedAt: row.timestamp(), details: nil)
    }

    /// The server with real JSON values in place of the texts that the plain loop keeps.
    func withParsedJSON() throws -> McpServer {
        var server = self
        server.metadata = try metadata.parsedText()
        return server
    }
}

extension McpInstallationView {
    init(raw row: inout RawRow) throws(BenchmarkError) {
        self.init(installation: McpInstallation(raw: &row), server: try McpServer(raw: &row), team: Team(raw: &row))
    }

    /// The view with real JSON values in place of the texts that the plain loop keeps.
    func withParsedJSON() throws -> McpInstallationView {
        var view = self
        view.installation.settings = try installation.settings.parsedText()
        view.installation.configuration.args = try installation.configuration.args?.parsedText()
        view.installation.configuration.env = try installation.configuration.env?.parsedText()
        view.installation.configuration.headers = try installation.configuration.headers?.parsedText()
        view.installation.configuration.queryParams = try installation.configuration.queryParams?.parsedText()
        view.server = try server?.withParsedJSON()
        return view
    }
}

extension AppNotification {
    static let rawColumns = rawColumnList(["id", "user_id", "title", "message", "read", "created_at"])

    init(raw row: inout RawRow) {
        self.init(
            id: NotificationID(row.text()), userID: UserID(row.text()), title: row.text(), message: row.text(), isRead: row.bool(),
            createdAt: row.timestamp())
    }
}

extension Timestamp {
    /// Where PostgreSQL begins to count, midnight UTC on 1 January 2000, in microseconds since 1970.
    static let postgresEpoch: Int64 = 946_684_800_000_000
}

extension JSONValue {
    fileprivate func parsedText() throws -> JSONValue {
        guard case .string(let text) = kind else { throw BenchmarkError("The plain loop keeps JSON as text.") }
        return try JSONValue(parsing: text)
    }
}

extension RawRow {
    /// The text of a JSON value, as a string; nobody looks into it.
    mutating func json() -> JSONValue { JSONValue(.string(jsonText())) }

    mutating func optionalJSON() -> JSONValue? {
        guard !isNull else {
            skip()
            return nil
        }
        return json()
    }

    mutating func timestamp() -> Timestamp { Timestamp(microsecondsSinceEpoch: int8() + Timestamp.postgresEpoch) ?? .epoch }

    mutating func optionalTimestamp() -> Timestamp? {
        guard !isNull else {
            skip()
            return nil
        }
        return timestamp()
    }

    mutating func optionalInt4() -> Int? {
        guard !isNull else {
            skip()
            return nil
        }
        return int4()
    }
}

/// Quoted names, each with the table's alias if there is one.
private func rawColumnList(_ names: [String], of alias: String? = nil) -> String {
    names.map { name in alias.map { "\($0).\"\(name)\"" } ?? "\"\(name)\"" }.joined(separator: ", ")
}
