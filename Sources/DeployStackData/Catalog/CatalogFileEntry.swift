import DeployStackModels

/// One acceptable entry of a catalog file: what an import stores.
struct CatalogFileEntry: Sendable {
    /// The entry's place in the file, counted from 0.
    let index: Int
    /// The entry's name in the file.
    let catalogName: String
    /// The slug of the entry's name, by which it is found again.
    let slug: String
    /// The name of the entry's category, or `nil`.
    let category: String?
    /// What is stored, apart from the category's identifier.
    let server: NewServer

    init(_ element: JSONValue, index: Int) throws(DataError) {
        guard element.object != nil else { throw .validation("entry", "it must be a JSON object") }
        let reader = MemberReader(element)
        guard let name = try reader.string("name") else { throw .validation("name", "it is required") }
        let title = try reader.string("title")
        let remote = try reader.object("remote")
        let transport = try Self.transport(remote)
        let image = try reader.string("image")

        var server = NewServer(name: title ?? name, transport: transport)
        server.description = try reader.string("description")
        server.tags = try reader.strings("tags")
        server.repositoryURL = try reader.string("repository")
        server.gitCommitSHA = try reader.string("commit")
        server.iconURL = try reader.string("icon")
        server.requiresOAuth = try !(reader.array("oauth") ?? []).isEmpty
        server.runtime = image == nil ? nil : "docker"
        if let image { server.packages = [["registryType": "oci", "identifier": .string(image)]] }
        if let remote { server.remotes = .array([remote]) }
        server.configuration.user.env = try Self.environmentSchema(reader)
        server.metadata = ["catalogName": .string(name), "type": try reader.string("type").map(JSONValue.string) ?? .null]

        self.index = index
        catalogName = name
        slug = SlugRule(try CatalogRules.name(name), fallback: "").base
        // Entries without one would all share the fallback of other names, and each import would overwrite what another made.
        guard !slug.isEmpty else { throw .validation("name", "it must have a letter a to z or a digit, of which the slug is made") }
        self.category = try TextRule(field: "category", characters: 1...100, isTrimmed: true).checked(try reader.string("category"))
        self.server = try server.validated(by: .system)
    }

    private static func transport(_ remote: JSONValue?) throws(DataError) -> McpTransport {
        guard let remote else { return .stdio }
        switch try MemberReader(remote, path: "remote.").string("transport_type") {
        case "sse": return .sse
        case "streamable-http", "http", nil: return .http
        default: throw .validation("remote.transport_type", "it must be sse, streamable-http or http")
        }
    }

    /// The environment variables that a user sets: those under `env` as text, those under `secrets` as secrets.
    private static func environmentSchema(_ reader: MemberReader) throws(DataError) -> JSONValue {
        var entries: [JSONValue] = []
        for (member, nameKey, type) in [("env", "name", "string"), ("secrets", "env", "secret")] {
            for element in try reader.array(member) ?? [] {
                guard element.object != nil else { throw .validation(member, "each element must be a JSON object") }
                guard let name = try MemberReader(element, path: "\(member).").string(nameKey) else {
                    throw .validation("\(member).\(nameKey)", "it is required")
                }
                entries.append(["name": .string(name), "type": .string(type), "required": .bool(type == "secret")])
            }
        }
        return .array(entries)
    }
}

extension CatalogImportReport.Rejection {
    /// An entry whose slug a team's own server has.
    static func slugTaken(index: Int, name: String?) -> Self {
        Self(index: index, name: name, error: .alreadyExists(.server, "slug", constraint: "mcpServerTemplates_slug_key"))
    }
}
