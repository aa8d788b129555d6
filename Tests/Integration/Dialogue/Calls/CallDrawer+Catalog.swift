import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func catalog(_ method: Int) -> DialogueCall {
        let (id, editor): (McpServerID, CatalogEditor) = (id(.server), editor())
        switch method % 16 {
        case 1: return DialogueCall("catalog.server(\(id))") { try await $0.catalog.server(id) }
        case 2:
            let slug = text(of: .slug)
            return DialogueCall("catalog.server(slug: \(slug.debugDescription))") { try await $0.catalog.server(slug: slug) }
        case 3:
            let name = officialName()
            return DialogueCall("catalog.server(officialName: \(name.debugDescription))") { try await $0.catalog.server(officialName: name) }
        case 4, 5, 6:
            let patch = serverPatch()
            return DialogueCall("catalog.update(\(id), \(patch), by: \(editor))") { try await $0.catalog.update(id, patch, by: editor) }
        case 13: return DialogueCall("catalog.readme(\(id))") { try await $0.catalog.readme(id) }
        case 7:
            return DialogueCall("catalog.delete(\(id), by: \(editor))") { try await $0.catalog.delete(id, by: editor).map { "\($0)" } }
        case 8:
            let tags = tags()
            return DialogueCall("catalog.addTags(\(tags), to: \(id), by: \(editor))") { try await $0.catalog.addTags(tags, to: id, by: editor) }
        case 9:
            let tags = tags()
            return DialogueCall("catalog.removeTags(\(tags), from: \(id), by: \(editor))") {
                try await $0.catalog.removeTags(tags, from: id, by: editor)
            }
        case 10:
            let health = choices.one(of: McpServerHealth.known + [.unknown("ill")])
            let (error, moment) = (optionalName(), moment())
            return DialogueCall("catalog.setHealth(\(id), \(health), error: \(error as Any), at: \(moment))") {
                try await $0.catalog.setHealth(id, health, error: error, at: moment)
            }
        case 11:
            let servers = (0..<1 + choices.below(2)).map { _ in registryServer() }
            return DialogueCall("catalog.upsertFromRegistry(\(servers))") { Self.report(try await $0.catalog.upsertFromRegistry(servers)) }
        case 12:
            let file = file()
            return DialogueCall("catalog.importServers(\(file), by: \(editor))") {
                Self.report(try await $0.catalog.importServers(try CatalogFile(json: Array(file.utf8)), by: editor, progress: nil))
            }
        default:
            let new = newServer()
            return DialogueCall("catalog.create(\(new), by: \(editor))") { try await $0.catalog.create(new, by: editor) }
        }
    }

    mutating func versions(_ method: Int) -> DialogueCall {
        let server: McpServerID = id(.server)
        switch method % 6 {
        case 1, 2: return DialogueCall("serverVersions.list(\(server))") { try await $0.serverVersions.list(server) }
        case 3, 4:
            let version = fact(of: .version)
            let owner = choices.oneIn(4) ? server : McpServerID(version.owner)
            return DialogueCall("serverVersions.setLatest(\(version.text), of: \(owner))") {
                try await $0.serverVersions.setLatest(McpServerVersionID(version.text), of: owner)
            }
        default:
            let new = NewServerVersion(
                choices.oneIn(6) ? hostileText() : "1.\(choices.below(4))", gitCommit: optionalName(), changelog: optionalName(), isLatest: flag(),
                isStable: flag())
            return DialogueCall("serverVersions.add(\(new), to: \(server))") { try await $0.serverVersions.add(new, to: server) }
        }
    }

    mutating func categories(_ method: Int) -> DialogueCall {
        let id: CategoryID = id(.category)
        switch method % 8 {
        case 1: return DialogueCall("categories.all()") { try await $0.categories.all() }
        case 2: return DialogueCall("categories.category(\(id))") { try await $0.categories.category(id) }
        case 3:
            let patch = CategoryPatch(
                name: optionalName(), description: fieldPatch(), icon: fieldPatch(), sortOrder: choices.oneIn(2) ? sortOrder() : nil)
            return DialogueCall("categories.update(\(id), \(patch))") { try await $0.categories.update(id, patch) }
        case 4: return DialogueCall("categories.delete(\(id))") { try await $0.categories.delete(id) }
        case 5: return DialogueCall("categories.withFeaturedCounts()") { try await $0.categories.withFeaturedCounts() }
        default:
            let new = NewCategory(name: name(), description: optionalName(), icon: optionalName(), sortOrder: sortOrder())
            return DialogueCall("categories.create(\(new))") { try await $0.categories.create(new) }
        }
    }

    mutating func search(_ method: Int) -> DialogueCall {
        let (viewer, filter, page) = (viewer(), filter(), page())
        let sort: CatalogSort = choices.one(of: [.name, .gitHubStars, .newest])
        switch method % 12 {
        case 1:
            let limit = limit()
            return DialogueCall("catalog.listWithTagCounts(\(viewer), \(filter), \(sort), \(page), tagLimit: \(limit))") {
                try await $0.catalog.listWithTagCounts(viewer: viewer, filter: filter, sort: sort, page: page, tagLimit: limit)
            }
        case 2, 3:
            return browse(viewer, filter, sort)
        case 4:
            let (query, cursor, limit) = (searchQuery(), choices.oneIn(3) ? cursor() : nil, limit())
            return DialogueCall("catalog.browseHits(\(query), \(viewer), \(filter), from: \(cursor as Any), limit: \(limit))") {
                try await $0.catalog.browseHits(query, viewer: viewer, filter: filter, from: cursor, limit: limit)
            }
        case 5:
            let tags = tags()
            return DialogueCall("catalog.servers(withAllTags: \(tags), \(viewer), \(page))") {
                try await $0.catalog.servers(withAllTags: tags, viewer: viewer, page: page)
            }
        case 6:
            let tags = tags()
            return DialogueCall("catalog.servers(withAnyTag: \(tags), \(viewer), \(page))") {
                try await $0.catalog.servers(withAnyTag: tags, viewer: viewer, page: page)
            }
        case 7:
            let limit = limit()
            return DialogueCall("catalog.tagCounts(\(viewer), limit: \(limit))") { try await $0.catalog.tagCounts(viewer: viewer, limit: limit) }
        case 8, 9:
            let query = searchQuery()
            return DialogueCall("catalog.search(\(query), \(viewer), \(filter), \(page))") {
                try await $0.catalog.search(query, viewer: viewer, filter: filter, page: page)
            }
        case 11:
            guard !choices.oneIn(20) else { return DialogueCall("catalog.canSuggest()") { try await $0.catalog.canSuggest() } }
            let text = choices.oneIn(3) ? query() : choices.one(of: ["databse", "serching fils", "git", "nam-1", ""])
            return DialogueCall("catalog.suggestion(\(text.debugDescription), \(viewer))") {
                try await $0.catalog.suggestion(for: text, viewer: viewer)
            }
        case 10:
            return DialogueCall("catalog.exportServers(\(viewer), \(filter), \(sort))") {
                try await $0.catalog.exportServers(viewer: viewer, filter: filter, sort: sort).reduce(into: [McpServer]()) { $0.append($1) }
            }
        default:
            return DialogueCall("catalog.list(\(viewer), \(filter), \(sort), \(page))") {
                try await $0.catalog.list(viewer: viewer, filter: filter, sort: sort, page: page)
            }
        }
    }

    /// A report as text, with everything that its errors say.
    private static func report(_ report: CatalogImportReport) -> String {
        let rejected = report.rejected.map { "\($0.index) \($0.name ?? "-") \($0.error.allParts)" }
        return "\(report.inserted) inserted, \(report.updated) updated, \(report.unchanged) unchanged, rejected \(rejected)"
    }
}

// What the catalog is asked with.
extension CallDrawer {
    private mutating func viewer() -> CatalogViewer {
        choices.below(3) == 2 ? .member(of: (0..<choices.below(3)).map { _ in id(.team) }) : .administrator
    }

    /// Goes through the catalog; mostly on from where an answer ended, as it was asked for there.
    private mutating func browse(_ viewer: CatalogViewer, _ filter: CatalogFilter, _ sort: CatalogSort) -> DialogueCall {
        let sorts = ["name": CatalogSort.name, "gitHubStars": .gitHubStars, "newest": .newest]
        let (cursor, limit) = (known.all(.cursor).isEmpty ? nil : fact(of: .cursor), limit())
        if choices.below(3) > 0, let cursor, let sort = sorts[cursor.owner] {
            return DialogueCall(text: "catalog.browse(administrator, all, \(sort), from: \(cursor.text), limit: \(limit))") {
                let from = ListCursor(text: cursor.text)
                let page = try await $0.store.catalog.browse(viewer: .administrator, filter: .none, sort: sort, from: from, limit: limit)
                return Answer(page, Self.cursors(of: page, sort))
            }
        }
        let from = choices.oneIn(3) ? self.cursor() : nil
        return DialogueCall(text: "catalog.browse(\(viewer), \(filter), \(sort), from: \(from as Any), limit: \(limit))") {
            let page = try await $0.store.catalog.browse(viewer: viewer, filter: filter, sort: sort, from: from, limit: limit)
            return Answer(page, viewer == .administrator && filter == .none ? Self.cursors(of: page, sort) : [])
        }
    }

    private static func cursors(of page: CursorPage<McpServer>, _ sort: CatalogSort) -> [Fact] {
        [page.next, page.previous].compactMap(\.self).map { Fact(.cursor, $0.text, of: "\(sort)") }
    }

    /// A cursor that does not belong to the list, or to any.
    private mutating func cursor() -> ListCursor {
        let odd = choices.one(of: ["", "x", "nul\0", String(repeating: "A", count: 80)])
        return ListCursor(text: choices.oneIn(2) ? odd : text(of: .cursor))
    }

    /// What people type into a search field.
    mutating func query() -> String {
        let words = [
            "database", "Searching", "\"file search\"", "-git", "or", "the", "running", "c++", "https://example.org/x", "\u{E9}tude", "--x", "\"",
            "fil",
            "name-1", "user@example.org", "well-known", "1.2.3", "&", "!", "(", ":*", "'", "\\",
        ]
        let hostile = choices.oneIn(12) ? hostileText() + " " : ""
        return hostile + (0..<choices.below(4)).map { _ in choices.one(of: words) }.joined(separator: " ")
    }

    private mutating func searchQuery() -> SearchQuery {
        SearchQuery(query(), mode: choices.one(of: [.web, .web, .prefix, .raw]), includesTags: choices.oneIn(3))
    }

    private mutating func filter() -> CatalogFilter {
        var filter = CatalogFilter()
        guard choices.below(2) == 1 else { return filter }
        if choices.oneIn(4) { filter.transport = choices.one(of: [.stdio, .http, .unknown("pigeon")]) }
        if choices.oneIn(6) { filter.visibility = choices.one(of: [.global, .team]) }
        if choices.oneIn(6) { filter.isFeatured = flag() }
        if choices.oneIn(6) { filter.requiresOAuth = flag() }
        if choices.oneIn(6) { filter.source = choices.one(of: [.manual, .github, .officialRegistry, .unknown("moon")]) }
        if choices.oneIn(6) { filter.status = choices.one(of: [.active, .disabled, .unknown("asleep")]) }
        if choices.oneIn(6) { filter.language = choices.one(of: ["typescript", "swift", "", "nul\0"]) }
        if choices.oneIn(6) { filter.runtime = choices.one(of: ["node", "python", "Node"]) }
        if choices.oneIn(5) { filter.allTags = tags() }
        if choices.oneIn(5) { filter.anyTag = tags() }
        if choices.oneIn(5) { filter.noTags = tags() }
        if choices.oneIn(5) { filter.metadataContains = json() }
        if choices.oneIn(6) {
            filter.metadataMatch = MetadataMatch(at: choices.one(of: [["a"], ["b", "c"], ["n"], [], ["nul\0"], [""]]), equals: json())
        }
        if choices.oneIn(9) { filter.category = id(.category) }
        return filter
    }
}

// What the catalog is given.
extension CallDrawer {
    private mutating func editor() -> CatalogEditor {
        switch choices.below(8) {
        // Who edits was established by the caller, so it is somebody who can exist.
        case 6: .globalAdministrator(UserID(known.ids(.user).last ?? "nobody"))
        case 7: .teamAdministrator(UserID(known.ids(.user).last ?? "nobody"), of: [id(.team)])
        default: .system
        }
    }

    private mutating func sortOrder() -> Int { choices.oneIn(5) ? choices.one(of: [-1, Int(Int32.max), Int.max, Int.min]) : choices.below(3) }

    private mutating func newServer() -> NewServer {
        let descriptions = [
            "Runs a database for searching files", "Git and file search", "The running \u{E9}tude of C++", "See https://example.org/x",
            "A well-known file; mail user@example.org about 1.2.3",
        ]
        var server = NewServer(name: name(), description: choices.oneIn(5) ? nil : choices.one(of: descriptions), tags: tags())
        if choices.oneIn(3) { server.ownerTeam = id(.team) }
        if choices.oneIn(5) { server.category = id(.category) }
        if choices.oneIn(2) { server.transport = choices.one(of: [.http, .sse, .http, .sse, .http, .sse, .unknown("pigeon")]) }
        if choices.oneIn(4) { server.source = .github }
        if choices.oneIn(4) { server.isFeatured = true }
        if choices.oneIn(6) { server.isAutoInstalled = true }
        if choices.oneIn(8) { server.status = choices.one(of: [.disabled, .deprecated, .maintenance, .unknown("asleep")]) }
        if choices.oneIn(6) { server.language = choices.one(of: ["swift", "", "nul\0"]) }
        if choices.oneIn(6) { server.runtime = choices.one(of: ["python", "node"]) }
        if choices.oneIn(3) { server.gitHubStars = choices.oneIn(6) ? choices.one(of: [-1, Int.max]) : choices.below(5) }
        if choices.oneIn(3) { server.repositoryURL = "https://github.com/owner/\(choices.below(9)).git" }
        if choices.oneIn(6) { server.websiteURL = choices.one(of: ["https://example.org", "no address", "javascript:alert(1)"]) }
        if choices.oneIn(3) { server.metadata = json() }
        if choices.oneIn(2) { server.configuration = schemas() }
        return server
    }

    private mutating func schemas() -> McpConfigurationSchemas {
        var schemas = McpConfigurationSchemas()
        let type: JSONValue = choices.one(of: ["secret", "string"])
        schemas.team.env = [["name": "TOKEN", "required": .init(.bool(flag())), "type": type]]
        if choices.oneIn(2) { schemas.user.env = [["name": "KEY", "required": true, "type": type]] }
        if choices.oneIn(3) { schemas.user.args = [["name": "--flag", "required": false]] }
        if choices.oneIn(3) { schemas.template.env = [["name": "MODE", "value": "fixed"]] }
        if choices.oneIn(8) { schemas.team.headers = json() }
        return schemas
    }

    private mutating func serverPatch() -> ServerPatch {
        var patch = ServerPatch(name: optionalName(), description: fieldPatch(), version: fieldPatch())
        if choices.oneIn(4) { patch.tags = tags() }
        if choices.oneIn(4) { patch.metadata = json() }
        if choices.oneIn(4) { patch.transport = choices.one(of: [.http, .stdio, .unknown("pigeon")]) }
        if choices.oneIn(4) { patch.category = choices.oneIn(3) ? .clear : .set(id(.category)) }
        if choices.oneIn(4) { patch.status = choices.one(of: [.disabled, .active, .unknown("asleep")]) }
        if choices.oneIn(4) { patch.isFeatured = flag() }
        if choices.oneIn(4) { patch.isAutoInstalled = flag() }
        if choices.oneIn(4) { patch.gitHubStars = choices.oneIn(3) ? .clear : .set(choices.below(5) - 1) }
        if choices.oneIn(3) { patch.configuration = schemas() }
        if choices.oneIn(6) { patch.authorName = fieldPatch() }
        if choices.oneIn(6) { patch.packages = json() }
        if choices.oneIn(6) { patch.readme = fieldPatch() }
        return patch
    }

    private mutating func officialName() -> String { choices.oneIn(6) ? hostileText() : "io.example/\(choices.below(3))" }

    private mutating func registryServer() -> RegistryServer {
        var server = RegistryServer(registryID: choices.oneIn(8) ? hostileText() : "registry-\(choices.below(3))", officialName: officialName())
        if choices.oneIn(2) { server.title = name() }
        if choices.oneIn(2) { server.description = "Git and file search" }
        if choices.oneIn(2) { server.version = choices.one(of: ["1.0.0", "1.0.1", ""]) }
        if choices.oneIn(4) { server.repositoryURL = "https://github.com/owner/\(choices.below(9)).git" }
        if choices.oneIn(3) { server.packages = choices.one(of: [[["registry_type": "npm", "identifier": "a"]], [], ["a": 1]]) }
        if choices.oneIn(3) { server.remotes = choices.one(of: [[["type": "sse", "url": "https://example.org"]], [], "x"]) }
        if choices.oneIn(3) { server.publishedAt = moment() }
        if choices.oneIn(4) { server.readme = choices.one(of: ["Read me", "Read\nme too"]) }
        if choices.oneIn(3) { server.updatedAt = moment() }
        return server
    }

    /// A catalog file of a few entries, some of them not acceptable.
    private mutating func file() -> String {
        let entries = (0..<choices.below(4)).map { _ in
            var members = ["\"name\": \"name-\(choices.below(12))\"", "\"type\": \"server\""]
            if choices.oneIn(2) { members.append("\"title\": \"Title \(choices.below(4))\"") }
            if choices.oneIn(2) { members.append("\"category\": \"cat-\(choices.below(4))\"") }
            if choices.oneIn(2) { members.append("\"tags\": [\"git\", \"files\"]") }
            if choices.oneIn(3) { members.append("\"description\": \"Runs a database\"") }
            if choices.oneIn(8) { members.append("\"icon\": 5") }
            if choices.oneIn(4) { members.append("\"secrets\": [{\"name\": \"s\", \"env\": \"KEY\"}]") }
            if choices.oneIn(4) { members.append("\"remote\": {\"url\": \"https://example.org\", \"transport_type\": \"sse\"}") }
            return "{\(members.joined(separator: ", "))}"
        }
        return choices.oneIn(15) ? "{}" : "[\(entries.joined(separator: ", "))]"
    }
}
