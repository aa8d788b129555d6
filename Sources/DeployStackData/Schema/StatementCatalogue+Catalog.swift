import DeployStackModels
import PostgresDriver

extension StatementCatalogue {
    private static let now = Timestamp.epoch

    static var catalogChanges: [CataloguedStatement] {
        [
            CataloguedStatement("server(officialName)", .server(officialName: "")),
            CataloguedStatement("lockServer", .lockServer("")),
            CataloguedStatement("updateServer", .updateServer(.example, .example, readme: .unchanged)),
            CataloguedStatement("updateServer(no readme)", .updateServer(.example, .example, readme: .clear)),
            CataloguedStatement("updateServer(readme)", .updateServer(.example, .example, readme: .set(""))),
            CataloguedStatement("serverReadme", .serverReadme("")),
            CataloguedStatement("installationsLost", .installationsLost(with: "")),
            CataloguedStatement("deleteServer", .deleteServer("")),
            CataloguedStatement("setServerHealth", .setServerHealth("", .online, error: nil, checkedAt: now, at: now)),
        ]
            + [("everybody", CatalogEditor.system), ("team administrator", .teamAdministrator("", of: []))].flatMap { name, editor in
                [
                    CataloguedStatement("addTags(\(name))", .addTags([], to: "", by: editor, at: now)),
                    CataloguedStatement("removeTags(\(name))", .removeTags([], from: "", by: editor, at: now)),
                ]
            }
    }

    /// Every list with each filter and from nowhere, and without a filter from each kind of place.
    static var browsing: [CataloguedStatement] {
        viewers.flatMap { name, viewer in
            filters.flatMap { filterName, filter in
                [CatalogSort.name, .gitHubStars, .newest].flatMap { sort in
                    [
                        CataloguedStatement(
                            "listing(\(name), \(filterName), by \(sort))", neverNull: ["total", "tag_names", "tag_counts"],
                            .listing(viewer: viewer, filter: filter, sort: sort, page: .first, tagLimit: 1)),
                        CataloguedStatement(
                            "browse(\(name), \(filterName), by \(sort))",
                            .browse(viewer: viewer, filter: filter, sort: sort, from: nil, limit: 1)),
                    ]
                } + [
                    CataloguedStatement(
                        "browseHits(\(name), \(filterName))", neverNull: ["rank"],
                        .browseHits(.example, viewer: viewer, filter: filter, from: nil, limit: 1))
                ]
            }
        }
            + [CatalogCursor.Direction.forwards, .backwards].flatMap { direction in
                let cursor = CatalogCursor(direction, from: CatalogPlace(.example))
                return [CatalogSort.name, .gitHubStars, .newest].map { sort in
                    CataloguedStatement(
                        "browse(\(direction), by \(sort))",
                        .browse(viewer: .administrator, filter: .none, sort: sort, from: cursor, limit: 1))
                } + [
                    CataloguedStatement(
                        "browseHits(\(direction))", neverNull: ["rank"],
                        .browseHits(.example, viewer: .administrator, filter: .none, from: cursor, limit: 1))
                ]
            }
    }

    static var registry: [CataloguedStatement] {
        [
            CataloguedStatement(
                "upsertRegistryServers", neverNull: ["inserted", "updated"], .upsertRegistryServers([], ids: [], at: now))
        ]
    }

    static var serverVersions: [CataloguedStatement] {
        [
            CataloguedStatement("addServerVersion", .addServerVersion(.example)),
            CataloguedStatement("serverVersions", .serverVersions(of: "")),
            CataloguedStatement("setLatestVersion", .setLatestVersion("", of: "")),
            CataloguedStatement("holdServerForVersions", .holdServerForVersions("")),
            CataloguedStatement("clearLatestVersion", .clearLatestVersion(of: "")),
        ]
    }

    /// Searches in each form, with tags and without, and suggestions.
    static var searches: [CataloguedStatement] {
        CatalogSearch.examples.flatMap { name, search in
            [
                CataloguedStatement(
                    "searchServers(\(name))", neverNull: ["total"],
                    .searchServers(search, viewer: .administrator, filter: .none, page: .first)),
                CataloguedStatement(
                    "browseHits(\(name))", neverNull: ["rank"],
                    .browseHits(search, viewer: .administrator, filter: .none, from: nil, limit: 1)),
            ]
        } + [CataloguedStatement("canSuggest", neverNull: ["can_suggest"], .canSuggest())]
            + viewers.map { name, viewer in
                CataloguedStatement(
                    "suggestions(\(name))", neverNull: ["number", "word", "similarity"], .suggestions(for: [], [], viewer: viewer))
            }
    }

    static var categories: [CataloguedStatement] {
        [
            CataloguedStatement("allCategories", .allCategories()),
            CataloguedStatement("category", .category("")),
            CataloguedStatement("lockCategory", .lockCategory("")),
            CataloguedStatement("createCategory", .createCategory(.example)),
            CataloguedStatement("updateCategory", .updateCategory(.example)),
            CataloguedStatement("deleteCategory", .deleteCategory("")),
            CataloguedStatement("featuredCategories", neverNull: ["count"], .featuredCategories()),
        ]
    }
}

extension McpCategory {
    static let example = McpCategory(id: "", name: "", description: nil, icon: nil, sortOrder: 0, createdAt: .epoch)
}

extension McpServerVersion {
    static let example = McpServerVersion(
        id: "", serverID: "", version: "", gitCommit: nil, changelog: nil, isLatest: false, isStable: true, createdAt: .epoch)
}
