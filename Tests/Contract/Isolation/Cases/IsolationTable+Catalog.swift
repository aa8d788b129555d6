import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let catalog: [IsolationCase] = [
        IsolationCase(
            "McpServerCatalog.create(_:by:)",
            own: [
                { call in
                    let new = NewServer(name: "Vault two", ownerTeam: call.ours.team)
                    return everything(of: try await call.store.catalog.create(new, by: .teamAdministrator(call.ours.owner, of: [call.ours.team])))
                }
            ],
            foreign: [
                { call in
                    let new = NewServer(name: "Vault", ownerTeam: call.other.team)
                    return everything(of: try await call.store.catalog.create(new, by: .teamAdministrator(call.ours.owner, of: [call.ours.team])))
                }
            ]),
        IsolationCase("McpServerCatalog.server(_:)", own: [{ everything(of: try await $0.store.catalog.server($0.ours.server)) }]),
        IsolationCase("McpServerCatalog.readme(_:)", own: [{ everything(of: try await $0.store.catalog.readme($0.ours.server)) }]),
        IsolationCase("McpServerCatalog.server(slug:)", own: [{ everything(of: try await $0.store.catalog.server(slug: $0.ours.serverSlug)) }]),
        IsolationCase(
            "McpServerCatalog.list(viewer:filter:sort:page:)",
            own: [
                list(.name), list(.gitHubStars), list(.newest),
                { everything(of: try await $0.store.catalog.list(viewer: .member(of: []), filter: CatalogFilter(anyTag: ["private"]))) },
                { everything(of: try await $0.store.catalog.list(viewer: .member(of: [$0.ours.team]), filter: CatalogFilter(visibility: .team))) },
            ]),
        IsolationCase(
            "McpServerCatalog.servers(withAllTags:viewer:page:)",
            own: [{ everything(of: try await $0.store.catalog.servers(withAllTags: ["private"], viewer: .member(of: [$0.ours.team]), page: .first)) }]
        ),
        IsolationCase(
            "McpServerCatalog.servers(withAnyTag:viewer:page:)",
            own: [
                {
                    everything(
                        of: try await $0.store.catalog.servers(withAnyTag: ["private", "metrics"], viewer: .member(of: [$0.ours.team]), page: .first))
                }
            ]),
        IsolationCase(
            "McpServerCatalog.tagCounts(viewer:limit:)",
            own: [
                { everything(of: try await $0.store.catalog.tagCounts(viewer: .member(of: [$0.ours.team]), limit: 10)) },
                { call in everything(of: try await call.store.catalog.tagCounts(viewer: .member(of: []), limit: 10)) },
            ]),
        IsolationCase(
            "McpServerCatalog.search(_:viewer:filter:page:)",
            own: [
                { everything(of: try await $0.store.catalog.search("metrics or vault", viewer: .member(of: [$0.ours.team]))) },
                { everything(of: try await $0.store.catalog.search("\($0.other.word) or vault", viewer: .member(of: []))) },
            ]),
        IsolationCase(
            "McpServerCatalog.exportServers(viewer:filter:sort:)",
            own: [
                { call in
                    var text = ""
                    for try await server in call.store.catalog.exportServers(viewer: .member(of: [call.ours.team])) { text += everything(of: server) }
                    return text
                }
            ]),
        IsolationCase("McpServerCatalog.importServers(_:by:progress:)", unscoped: platform),
        IsolationCase("McpServerCatalog.upsertFromRegistry(_:)", unscoped: platform),
        IsolationCase("McpServerCatalog.server(officialName:)", unscoped: platform),
        IsolationCase("McpServerCatalog.setHealth(_:_:error:at:)", unscoped: platform),
        IsolationCase(
            "McpServerCatalog.update(_:_:by:)",
            own: [{ everything(of: try await $0.store.catalog.update($0.ours.server, ServerPatch(name: "Renamed"), by: editor($0))) }],
            foreign: [{ everything(of: try await $0.store.catalog.update($0.other.server, ServerPatch(name: "Renamed"), by: editor($0))) }]),
        IsolationCase(
            "McpServerCatalog.delete(_:by:)",
            own: [{ everything(of: try await $0.store.catalog.delete($0.ours.server, by: editor($0))) }],
            foreign: [{ everything(of: try await $0.store.catalog.delete($0.other.server, by: editor($0))) }]),
        IsolationCase(
            "McpServerCatalog.addTags(_:to:by:)",
            own: [{ everything(of: try await $0.store.catalog.addTags(["new"], to: $0.ours.server, by: editor($0))) }],
            foreign: [{ everything(of: try await $0.store.catalog.addTags(["new"], to: $0.other.server, by: editor($0))) }]),
        IsolationCase(
            "McpServerCatalog.removeTags(_:from:by:)",
            own: [{ everything(of: try await $0.store.catalog.removeTags(["private"], from: $0.ours.server, by: editor($0))) }],
            foreign: [{ everything(of: try await $0.store.catalog.removeTags(["private"], from: $0.other.server, by: editor($0))) }]),
        IsolationCase(
            "McpServerCatalog.listWithTagCounts(viewer:filter:sort:page:tagLimit:)",
            own: [
                { everything(of: try await $0.store.catalog.listWithTagCounts(viewer: .member(of: [$0.ours.team]))) },
                { call in everything(of: try await call.store.catalog.listWithTagCounts(viewer: .member(of: []))) },
            ]),
        IsolationCase(
            "McpServerCatalog.browse(viewer:filter:sort:from:limit:)",
            own: [CatalogSort.name, .gitHubStars, .newest].map { sort -> IsolationCase.Call in
                { call in
                    let viewer = CatalogViewer.member(of: [call.ours.team])
                    let first = try await call.store.catalog.browse(viewer: viewer, filter: .none, sort: sort, from: nil, limit: 1)
                    let rest = try await call.store.catalog.browse(viewer: viewer, filter: .none, sort: sort, from: first.next, limit: 100)
                    return everything(of: first) + everything(of: rest)
                }
            }),
        IsolationCase(
            "McpServerCatalog.browseHits(_:viewer:filter:from:limit:)",
            own: [{ everything(of: try await $0.store.catalog.browseHits("metrics or vault", viewer: .member(of: [$0.ours.team]))) }]),
        IsolationCase("McpServerCatalog.canSuggest()", unscoped: platform),
        IsolationCase(
            "McpServerCatalog.suggestion(for:viewer:)",
            own: [
                { everything(of: try await $0.store.catalog.suggestion(for: "metricz valt", viewer: .member(of: [$0.ours.team]))) },
                { call in
                    let suggestion = try await call.store.catalog.suggestion(
                        for: "\(call.other.word)x metricz", viewer: .member(of: [call.ours.team]))
                    return everything(of: suggestion?.replacements.map(\.suggestion))
                },
            ]),
    ]

    private static func editor(_ call: IsolationCase.View) -> CatalogEditor { .teamAdministrator(call.ours.owner, of: [call.ours.team]) }

    private static func list(_ sort: CatalogSort) -> IsolationCase.Call {
        { everything(of: try await $0.store.catalog.list(viewer: .member(of: [$0.ours.team]), filter: .none, sort: sort, page: .first)) }
    }
}
