import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let catalog = creation + lookUps + lists + searches + exports + imports + readings

    private static let create = "McpServerCatalog.create(_:by:)"
    private static let list = "McpServerCatalog.list(viewer:filter:sort:page:)"
    private static let search = "McpServerCatalog.search(_:viewer:filter:page:)"
    private static let importServers = "McpServerCatalog.importServers(_:by:progress:)"

    private static let creation =
        [
            StoreCall(
                create,
                [
                    "server.name", "server.description", "server.longDescription", "server.readme", "server.version", "server.iconURL",
                    "server.websiteURL", "server.repositoryURL", "server.gitCommitSHA", "server.language", "server.runtime", "server.tags",
                ]
            ) { store, _, text in
                let new = NewServer(
                    name: text("server.name"), description: text("server.description"), longDescription: text("server.longDescription"),
                    readme: text("server.readme"), version: text("server.version"), iconURL: text("server.iconURL"),
                    websiteURL: text("server.websiteURL"),
                    repositoryURL: text("server.repositoryURL"), gitCommitSHA: text("server.gitCommitSHA"), language: text("server.language"),
                    runtime: text("server.runtime"), tags: [text("server.tags")])
                return AnswerText.of(try await store.catalog.create(new, by: .system))
            },
            StoreCall(
                create,
                ["metadata", "packages", "remotes"].map { "server.\($0)" }
                    + tiers.flatMap { tier in fields.map { "server.configuration.\(tier).\($0)" } }
            ) { store, _, text in
                let tier: (String) -> McpConfigurationSchemas.Tier = { tier in
                    let array: (String) -> JSONValue = { [text("server.configuration.\(tier).\($0)").asMember($0)] }
                    return McpConfigurationSchemas.Tier(
                        args: array("args"), env: array("env"), headers: array("headers"), queryParams: array("queryParams"))
                }
                let new = NewServer(
                    name: "Documents", metadata: text("server.metadata").asMember(text("server.metadata")),
                    packages: [.string(text("server.packages"))], remotes: ["url".asMember(text("server.remotes"))],
                    configuration: McpConfigurationSchemas(template: tier("template"), team: tier("team"), user: tier("user")))
                return AnswerText.of(try await store.catalog.create(new, by: .system))
            },
        ]
        + ["transport", "status", "source", "ownerTeam", "category"].map { field in
            StoreCall(create, ["server.\(field)"]) { store, _, text in
                var new = NewServer(name: "Refused")
                let text = text("server.\(field)")
                switch field {
                case "transport": new.transport = McpTransport(rawValue: text)
                case "status": new.status = McpServerStatus(rawValue: text)
                case "source": new.source = McpServerSource(rawValue: text)
                case "ownerTeam": new.ownerTeam = TeamID(text)
                default: new.category = CategoryID(text)
                }
                return AnswerText.of(try await store.catalog.create(new, by: .system))
            }
        } + editors(of: create) { store, _, editor in AnswerText.of(try await store.catalog.create(NewServer(name: "Edited"), by: editor)) }

    static let tiers = ["template", "team", "user"]
    static let fields = ["args", "env", "headers", "queryParams"]

    private static let lookUps = [
        StoreCall("McpServerCatalog.server(_:)", ["id"]) { store, _, text in AnswerText.of(try await store.catalog.server(McpServerID(text("id")))) },
        StoreCall("McpServerCatalog.readme(_:)", ["id"]) { store, _, text in
            try await store.catalog.readme(McpServerID(text("id"))) ?? "nil"
        },
        StoreCall("McpServerCatalog.server(slug:)", ["slug"]) { store, _, text in AnswerText.of(try await store.catalog.server(slug: text("slug"))) },
    ]

    private static let lists =
        filters(of: list) { store, viewer, filter in
            summary(try await store.catalog.list(viewer: viewer, filter: filter, sort: .newest, page: Page(limit: 3)))
        }
        + [
            StoreCall("McpServerCatalog.servers(withAllTags:viewer:page:)", ["tags", "viewer.member.of"]) { store, _, text in
                let viewer = CatalogViewer.member(of: [TeamID(text("viewer.member.of"))])
                let servers = try await store.catalog.servers(withAllTags: [text("tags")], viewer: viewer, page: Page(limit: 3))
                return AnswerText.joined(servers.map { AnswerText.of($0) })
            },
            StoreCall("McpServerCatalog.servers(withAnyTag:viewer:page:)", ["tags", "viewer.member.of"]) { store, _, text in
                let viewer = CatalogViewer.member(of: [TeamID(text("viewer.member.of"))])
                let servers = try await store.catalog.servers(withAnyTag: [text("tags"), "world"], viewer: viewer, page: Page(limit: 3))
                return AnswerText.joined(servers.map { AnswerText.of($0) })
            },
            StoreCall("McpServerCatalog.tagCounts(viewer:limit:)", ["viewer.member.of"]) { store, _, text in
                let counts = try await store.catalog.tagCounts(viewer: .member(of: [TeamID(text("viewer.member.of"))]), limit: 5)
                return AnswerText.joined(counts.map { "\($0.tag) \($0.count)" })
            },
        ]

    private static let searches =
        filters(of: search) { store, viewer, filter in
            summary(try await store.catalog.search("server of the world", viewer: viewer, filter: filter, page: Page(limit: 3)).map(\.server))
        }
        + [
            StoreCall(search, ["query.text"]) { store, _, text in
                let query = SearchQuery(text("query.text"), includesTags: true)
                return summary(try await store.catalog.search(query, viewer: .administrator, filter: .none, page: Page(limit: 3)).map(\.server))
            },
            StoreCall(search, ["query.text"]) { store, _, text in
                let query = SearchQuery.prefix(text("query.text"))
                return summary(try await store.catalog.search(query, viewer: .administrator, filter: .none, page: Page(limit: 3)).map(\.server))
            },
            StoreCall(search, ["query.text"]) { store, _, text in
                let query = SearchQuery.raw(text("query.text"), includesTags: true)
                return summary(try await store.catalog.search(query, viewer: .administrator, filter: .none, page: Page(limit: 3)).map(\.server))
            },
        ]

    private static let exports = filters(of: "McpServerCatalog.exportServers(viewer:filter:sort:)") { store, viewer, filter in
        var servers: [String] = []
        for try await server in store.catalog.exportServers(viewer: viewer, filter: filter, sort: .newest) {
            servers.append(AnswerText.of(server))
            if servers.count == 3 { break }
        }
        return AnswerText.joined(servers)
    }

    private static let listing = "McpServerCatalog.listWithTagCounts(viewer:filter:sort:page:tagLimit:)"
    private static let browse = "McpServerCatalog.browse(viewer:filter:sort:from:limit:)"
    private static let browseHits = "McpServerCatalog.browseHits(_:viewer:filter:from:limit:)"

    private static let readings =
        filters(of: listing) { store, viewer, filter in
            let listing = try await store.catalog.listWithTagCounts(
                viewer: viewer, filter: filter, sort: .newest, page: Page(limit: 3), tagLimit: 3)
            return AnswerText.joined([summary(listing.servers)] + listing.tagCounts.map { "\($0.tag) \($0.count)" })
        }
        + filters(of: browse) { store, viewer, filter in
            let first = try await store.catalog.browse(viewer: viewer, filter: filter, sort: .name, from: nil, limit: 2)
            guard let next = first.next else { return AnswerText.joined(first.items.map { AnswerText.of($0) }) }
            let second = try await store.catalog.browse(viewer: viewer, filter: filter, sort: .name, from: next, limit: 2)
            return AnswerText.joined((first.items + second.items).map { AnswerText.of($0) })
        }
        + filters(of: browseHits) { store, viewer, filter in
            let hits = try await store.catalog.browseHits("server of the world", viewer: viewer, filter: filter, from: nil, limit: 3)
            return AnswerText.joined(hits.items.map { AnswerText.of($0.server) })
        }
        + [
            StoreCall(browse, ["cursor.text"]) { store, _, text in
                let cursor = ListCursor(text: text("cursor.text"))
                return AnswerText.joined(try await store.catalog.browse(viewer: .administrator, from: cursor).items.map { AnswerText.of($0) })
            },
            StoreCall(browseHits, ["cursor.text"]) { store, _, text in
                let cursor = ListCursor(text: text("cursor.text"))
                let hits = try await store.catalog.browseHits("server", viewer: .administrator, from: cursor)
                return AnswerText.joined(hits.items.map { AnswerText.of($0.server) })
            },
            StoreCall(browseHits, ["query.text"]) { store, _, text in
                let query = SearchQuery(text("query.text"))
                let hits = try await store.catalog.browseHits(query, viewer: .administrator, filter: .none, from: nil, limit: 3)
                return AnswerText.joined(hits.items.map { AnswerText.of($0.server) })
            },
            StoreCall("McpServerCatalog.suggestion(for:viewer:)", ["text", "viewer.member.of"]) { store, _, text in
                let viewer = CatalogViewer.member(of: [TeamID(text("viewer.member.of"))])
                return "\(try await store.catalog.suggestion(for: text("text"), viewer: viewer) as Any)"
            },
        ]

    private static let imports =
        [
            StoreCall(
                importServers,
                ["name", "title", "description", "tags", "repository", "commit", "icon", "image", "type", "category", "secrets"].map { "file.\($0)" }
            ) { store, world, text in
                let entry: JSONValue = [
                    // The slug is made from the name, and is to be new, so that the entry is stored and not compared with an older one.
                    "name": .string("entry \(world.round) \(text("file.name"))"), "title": .string(text("file.title")),
                    "description": .string(text("file.description")), "tags": [.string(text("file.tags"))],
                    "repository": .string(text("file.repository")), "commit": .string(text("file.commit")), "icon": .string(text("file.icon")),
                    "image": .string(text("file.image")), "type": .string(text("file.type")), "category": .string(text("file.category")),
                    "secrets": [["name": .string(text("file.secrets")), "env": .string(text("file.secrets"))]],
                ]
                return try await report(of: entry, in: store)
            },
            StoreCall(importServers, ["file.remote", "file.env", "file.oauth"]) { store, world, text in
                let entry: JSONValue = [
                    "name": .string("entry \(world.round)"), "remote": ["url": .string(text("file.remote")), "transport_type": "sse"],
                    "env": [["name": .string(text("file.env"))]], "oauth": [.string(text("file.oauth"))],
                ]
                return try await report(of: entry, in: store)
            },
            StoreCall(importServers, ["file.name"]) { store, _, text in try await report(of: ["name": .string(text("file.name"))], in: store) },
        ]
        + editors(of: importServers) { store, world, editor in
            let file = try CatalogFile(json: Array("[{\"name\": \"edited \(world.round)\"}]".utf8))
            return AnswerText.of(try await store.catalog.importServers(file, by: editor, progress: nil))
        }

    private static func report(of entry: JSONValue, in store: DataStore) async throws -> String {
        AnswerText.of(try await store.catalog.importServers(try CatalogFile(json: Array(JSONValue.array([entry]).text.utf8))))
    }

    private static func summary(_ page: PageResult<McpServer>) -> String {
        AnswerText.joined(["\(page.total)"] + page.items.map { AnswerText.of($0) })
    }

    /// Calls whose viewer and filter come from outside.
    private static func filters(
        of method: String, _ body: @escaping @Sendable (DataStore, CatalogViewer, CatalogFilter) async throws -> String
    ) -> [StoreCall] {
        [
            // One that finds something, and all at once.
            StoreCall(method, ["filter.noTags"]) { store, _, text in
                try await body(store, .administrator, CatalogFilter(noTags: [text("filter.noTags")]))
            },
            StoreCall(method, ["filter.metadataContains"]) { store, _, text in
                let text = text("filter.metadataContains")
                return try await body(store, .administrator, CatalogFilter(metadataContains: text.asMember(text)))
            },
            StoreCall(method, ["filter.metadataMatch.path", "filter.metadataMatch.value"]) { store, _, text in
                let match = MetadataMatch(at: [text("filter.metadataMatch.path")], equals: .string(text("filter.metadataMatch.value")))
                return try await body(store, .administrator, CatalogFilter(metadataMatch: match))
            },
            StoreCall(method, ["viewer.member.of"] + ["language", "runtime", "allTags", "anyTag", "noTags"].map { "filter.\($0)" }) {
                store, _, text in
                let filter = CatalogFilter(
                    language: text("filter.language"), runtime: text("filter.runtime"), allTags: [text("filter.allTags")],
                    anyTag: ["world", text("filter.anyTag")], noTags: [text("filter.noTags")])
                return try await body(store, .member(of: [TeamID(text("viewer.member.of"))]), filter)
            },
        ]
            + ["visibility", "category", "status", "transport", "source"].map { field in
                StoreCall(method, ["filter.\(field)"]) { store, _, text in
                    let text = text("filter.\(field)")
                    var filter = CatalogFilter.none
                    switch field {
                    case "visibility": filter.visibility = McpVisibility(rawValue: text)
                    case "category": filter.category = CategoryID(text)
                    case "status": filter.status = McpServerStatus(rawValue: text)
                    case "transport": filter.transport = McpTransport(rawValue: text)
                    default: filter.source = McpServerSource(rawValue: text)
                    }
                    return try await body(store, .administrator, filter)
                }
            }
    }

    /// Calls whose editor comes from outside.
    static func editors(
        of method: String, _ body: @escaping @Sendable (DataStore, StoreWorld, CatalogEditor) async throws -> String
    ) -> [StoreCall] {
        [
            StoreCall(method, ["editor.globalAdministrator"]) { store, world, text in
                try await body(store, world, .globalAdministrator(UserID(text("editor.globalAdministrator"))))
            },
            StoreCall(method, ["editor.teamAdministrator", "editor.teamAdministrator.of"]) { store, world, text in
                let team = TeamID(text("editor.teamAdministrator.of"))
                return try await body(store, world, .teamAdministrator(UserID(text("editor.teamAdministrator")), of: [team]))
            },
        ]
    }
}

extension String {
    /// An object with this text as its one key.
    func asMember(_ value: String) -> JSONValue { .object(JSONObject([(self, .string(value))])) }
}
