public import DeployStackModels

/// The catalog of servers: adding, finding, filtering by tag and searching them.
public protocol McpServerCatalog: Sendable {
    /// Creates an entry.
    ///
    /// The slug is made from the name as for teams; a team's own server gets the first eight characters of the team's identifier in front. Host and
    /// path of the repository are derived from its address. Whether it is featured and auto-installed counts only from a global administrator or the
    /// platform.
    ///
    /// - Returns: The new entry, with its details.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.ruleViolation` with rule `globalAdministratorRequired` or
    ///   `teamAdministratorRequired` when the editor may not create it, `.referenceMissing` with entity `team` or `category`.
    @discardableResult
    func create(_ server: NewServer, by editor: CatalogEditor) async throws(DataError) -> McpServer

    /// Returns an entry with its details, or `nil` when there is none with this identifier.
    func server(_ id: McpServerID) async throws(DataError) -> McpServer?

    /// Returns the entry with a slug, with its details, or `nil` when there is none.
    func server(slug: String) async throws(DataError) -> McpServer?

    /// Returns the entry that has a name in the official registry, with its details, or `nil` when there is none. Of several it is the oldest.
    func server(officialName: String) async throws(DataError) -> McpServer?

    /// Returns the README of an entry's repository, or `nil` when there is no such entry, or none was handed in for it.
    ///
    /// It is large, so nothing else returns it.
    func readme(_ id: McpServerID) async throws(DataError) -> String?

    /// Changes an entry. A global administrator and the platform may change every entry, a team's administrator those that the team owns.
    ///
    /// What teams and users have stored in clear and the new configuration calls secret is encrypted in the same transaction. Make such a change outside of
    /// transactions, or in one that is read committed: any other sees, and encrypts, only what was stored before its first statement.
    ///
    /// - Returns: The changed entry with its details, or `nil` when there is none with this identifier. For a team's administrator there is none of another
    ///   team.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.ruleViolation` with rule `globalAdministratorRequired` when a team's
    ///   administrator would change an entry that everybody sees, and with rule `encryptionSecretRequired` when a stored value becomes secret and the store was
    ///   opened without a secret; `.referenceMissing` with entity `category`.
    @discardableResult
    func update(_ id: McpServerID, _ patch: ServerPatch, by editor: CatalogEditor) async throws(DataError) -> McpServer?

    /// Deletes an entry, and with it its installations in every team.
    ///
    /// - Returns: The entry and the installations that went with it, or `nil` when there was none with this identifier.
    /// - Throws: ``DataError`` of kind `.ruleViolation` as ``update(_:_:by:)`` does.
    @discardableResult
    func delete(_ id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> DeletedServer?

    /// Adds tags to those of an entry, in one statement. Tags that it has already are not added, and without a new one nothing changes.
    ///
    /// - Returns: The entry with its details, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` with field `tags` when a tag is not acceptable or the entry would have more than 100;
    ///   `.ruleViolation` as ``update(_:_:by:)`` does.
    @discardableResult
    func addTags(_ tags: [String], to id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer?

    /// Removes tags from those of an entry, in one statement. Without one that it has, nothing changes.
    ///
    /// - Returns: The entry with its details, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` as ``addTags(_:to:by:)`` does.
    @discardableResult
    func removeTags(_ tags: [String], from id: McpServerID, by editor: CatalogEditor) async throws(DataError) -> McpServer?

    /// Stores what a health check found.
    ///
    /// - Parameters:
    ///   - id: The entry.
    ///   - health: What it found.
    ///   - error: Why the server did not answer, 1 to 10 000 characters, or `nil`, which forgets the last reason.
    ///   - time: When it was checked.
    /// - Returns: Whether there is such an entry.
    /// - Throws: ``DataError`` of kind `.validation` with field `health` or `error`.
    @discardableResult
    func setHealth(_ id: McpServerID, _ health: McpServerHealth, error: String?, at time: Timestamp) async throws(DataError) -> Bool

    /// Lists entries, together with the tags of the whole list and how many of its entries have each: in one statement, from one snapshot.
    ///
    /// - Parameters:
    ///   - viewer: Whose view of the catalog to show.
    ///   - filter: Which entries.
    ///   - sort: In which order.
    ///   - page: Which part of the list.
    ///   - tagLimit: The most tags to return, 1 to 1 000.
    /// - Throws: ``DataError`` of kind `.validation` when the page, a filter or the limit is out of range.
    func listWithTagCounts(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page, tagLimit: Int
    ) async throws(DataError) -> CatalogListing

    /// Reads a list of entries from a cursor, forwards or backwards, at a cost that does not grow with depth.
    ///
    /// The pages put together are the list; entries that are added or deleted meanwhile neither repeat nor hide others. A cursor is signed with a key made of
    /// the store's encryption secret, so it holds in every process that has the secret; without one it holds in the process that made it.
    ///
    /// ```swift
    /// var cursor: ListCursor?
    /// repeat {
    ///     let page = try await store.catalog.browse(viewer: .administrator, from: cursor)
    ///     for server in page.items { print(server.name) }
    ///     cursor = page.next
    /// } while cursor != nil
    /// ```
    ///
    /// - Parameters:
    ///   - viewer: Whose view of the catalog to show.
    ///   - filter: Which entries; the same for every page.
    ///   - sort: In which order; the same for every page.
    ///   - cursor: Where to read from, from ``CursorPage/next`` or ``CursorPage/previous``, or `nil` to begin.
    ///   - limit: The most entries to return, 1 to 100.
    /// - Throws: ``DataError`` of kind `.validation` with field `cursor` for one that this list did not return, or when a filter or the limit is out of range.
    func browse(
        viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<McpServer>

    /// Reads the hits of a search from a cursor, forwards or backwards, best first.
    ///
    /// - Parameters:
    ///   - query: What to search for, as in ``search(_:viewer:filter:page:)``; the same for every page.
    ///   - viewer: Whose view of the catalog to search.
    ///   - filter: Which entries; the same for every page.
    ///   - cursor: Where to read from, or `nil` to begin.
    ///   - limit: The most hits to return, 1 to 100.
    /// - Throws: ``DataError`` of kind `.validation` as ``search(_:viewer:filter:page:)`` and ``browse(viewer:filter:sort:from:limit:)`` do.
    func browseHits(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, from cursor: ListCursor?, limit: Int
    ) async throws(DataError) -> CursorPage<CatalogSearchHit>

    /// Lists entries.
    ///
    /// - Parameters:
    ///   - viewer: Whose view of the catalog to show.
    ///   - filter: Which entries.
    ///   - sort: In which order.
    ///   - page: Which part of the list.
    /// - Throws: ``DataError`` of kind `.validation` when the page or a filter's tags are out of range.
    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer>

    /// Returns entries that have all of the given tags (`tags @> […]`), by ``CatalogSort/name``.
    ///
    /// Tags are compared exactly, by bytes. Without tags nothing is restricted.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `tags` for more than 100 tags, one that is blank, longer than 100 characters or contains
    ///   NUL; with field `page.limit` or `page.offset` when the page is out of range.
    func servers(withAllTags tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer]

    /// Returns entries that have at least one of the given tags (`tags ?| […]`), by ``CatalogSort/name``. Without tags there are none.
    ///
    /// - Throws: ``DataError`` as ``servers(withAllTags:viewer:page:)`` does.
    func servers(withAnyTag tags: [String], viewer: CatalogViewer, page: Page) async throws(DataError) -> [McpServer]

    /// Returns the tags of the entries that the viewer sees, each with its number of entries: the most frequent first, then by bytes.
    ///
    /// - Parameters:
    ///   - viewer: Whose view of the catalog to count.
    ///   - limit: The most tags to return, 1 to 1 000.
    /// - Throws: ``DataError`` of kind `.validation` with field `limit` when it is out of range.
    func tagCounts(viewer: CatalogViewer, limit: Int) async throws(DataError) -> [TagCount]

    /// Searches names and descriptions in English, best first.
    ///
    /// How the text is read is the query's ``SearchQuery/mode``. With ``SearchQuery/Mode/web`` it is what people type: words are all wanted, in any form;
    /// `"quoted words"` stand next to each other; `or` allows either side; a leading `-` excludes. ``SearchQuery/Mode/prefix`` completes the last word.
    /// Nothing that is typed is an error; a text without a word that counts, such as only "the", finds nothing. Hits are ordered by rank (`ts_rank`),
    /// then featured entries first, then by name and identifier; entries that only a tag is found in come last. <doc:SearchingTheCatalog> shows examples.
    ///
    /// - Parameters:
    ///   - query: What to search for, at most 4 096 bytes and 500 words.
    ///   - viewer: Whose view of the catalog to search.
    ///   - filter: Which entries.
    ///   - page: Which part of the hits.
    /// - Returns: The hits, with the places of the words that were searched for.
    /// - Throws: ``DataError`` of kind `.validation` with field `text` when it contains U+0000, is too long, or is malformed in
    ///   ``SearchQuery/Mode/raw``; or when a filter or the page is out of range.
    func search(_ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter, page: Page) async throws(DataError) -> PageResult<
        CatalogSearchHit
    >

    /// Suggests what somebody may have meant whose search finds too little: each word that no visible entry has is replaced by the most similar word
    /// of the visible entries, if there is one.
    ///
    /// Similar is what has trigrams in common. Words are compared as they are indexed first, without their endings: at least a quarter of the trigrams of
    /// both must be common, and the five most similar forms are taken. Of the words that became them (in the first twenty entries of each, by identifier)
    /// it is the most similar one, then that of the most entries, then the first by bytes. Words are letters and digits of ASCII, 3 to 40 of them; at
    /// most 20 are looked at. This reads what all visible entries are indexed as, so ask when a search finds nothing, and not with every key.
    ///
    /// On PostgreSQL the words are compared by the extension `pg_trgm`, which the migrations create where the server has it and the role may. Without it there
    /// are no suggestions, and ``canSuggest()`` says so; `CREATE EXTENSION pg_trgm` on the database turns them on.
    ///
    /// - Parameters:
    ///   - text: What was typed, read as in ``SearchQuery/Mode/web``.
    ///   - viewer: Whose view of the catalog to take words from.
    /// - Returns: The suggestion, or `nil` when there is nothing to replace, or nothing to replace it with.
    /// - Throws: ``DataError`` of kind `.validation` with field `text` when it contains U+0000 or is too long.
    func suggestion(for text: String, viewer: CatalogViewer) async throws(DataError) -> SearchSuggestion?

    /// Whether suggestions can be made: on PostgreSQL where the extension `pg_trgm` is there, and always in memory.
    ///
    /// Where they cannot, ``suggestion(for:viewer:)`` returns `nil` for every text. A service asks once, when it starts, and says so in its log.
    func canSuggest() async throws(DataError) -> Bool

    /// Reads all entries that a viewer sees, with their details, bit by bit: for exports, and for whatever has to see everything.
    ///
    /// The entries are those of one moment, that at which the first one is asked for; ``DataStream`` says more.
    ///
    /// ```swift
    /// for try await server in store.catalog.exportServers(viewer: .administrator) {
    ///     print(server.slug, server.details?.packages ?? .null)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - viewer: Whose view of the catalog to read.
    ///   - filter: Which entries.
    ///   - sort: In which order.
    /// - Returns: The entries. Asking for the first one throws ``DataError`` of kind `.validation` when the filter's tags are out of range.
    func exportServers(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort) -> DataStream<McpServer>

    /// Brings servers of the official registry into the catalog, visible to everybody.
    ///
    /// An entry is found again by the registry's identifier. One that is new gets the slug of its official name, or, when that is taken, one with a part of a
    /// hash behind it; slugs never change afterwards. One that is as in the registry already is left alone. What the registry says of an
    /// entry (names, description, version, addresses, transport, packages and remotes) is brought to its state, and cleared where it says nothing any more; a
    /// repository's branch goes with its address. A README that is handed in takes the place of the one before. Everything else, such as tags, category, metadata, status and configuration, stays as it is.
    /// Entries are written in batches of 500, one statement each. A server that is not acceptable is in the report and stops nothing.
    ///
    /// - Parameter servers: The servers, in any order, each once.
    /// - Returns: What became of each server.
    /// - Throws: ``DataError`` of kind `.alreadyExists` with field `slug` when somebody else took a slug at the same moment; the call can be made again.
    @discardableResult
    func upsertFromRegistry(_ servers: [RegistryServer]) async throws(DataError) -> CatalogImportReport

    /// Imports the entries of a catalog file, visible to everybody.
    ///
    /// An entry whose slug exists already is brought to the file's state; one that is as in the file already is left alone, its `updatedAt` too. Entries
    /// are written in batches, one statement each. An entry that cannot be imported is in the report and stops nothing. Values that users have stored in clear and
    /// the file calls secret are encrypted with their batch.
    ///
    /// - Parameters:
    ///   - file: The entries.
    ///   - editor: Who imports; a global administrator or the platform.
    ///   - progress: Called after each batch with the number of entries done so far.
    /// - Returns: What became of each entry.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `globalAdministratorRequired` when the editor may not import, and with rule
    ///   `encryptionSecretRequired` when a stored value becomes secret and the store was opened without a secret.
    func importServers(
        _ file: CatalogFile, by editor: CatalogEditor, progress: (@Sendable (_ done: Int) -> Void)?
    ) async throws(DataError) -> CatalogImportReport
}

extension McpServerCatalog {
    /// Lists entries, by default the first twenty of all by name.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func list(
        viewer: CatalogViewer, filter: CatalogFilter = .none, sort: CatalogSort = .name
    ) async throws(DataError) -> PageResult<McpServer> {
        try await list(viewer: viewer, filter: filter, sort: sort, page: .first)
    }

    /// Returns the first twenty entries, of every team, that have all of the given tags.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func servers(withAllTags tags: [String], page: Page = .first) async throws(DataError) -> [McpServer] {
        try await servers(withAllTags: tags, viewer: .administrator, page: page)
    }

    /// Returns the first twenty entries, of every team, that have at least one of the given tags.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func servers(withAnyTag tags: [String], page: Page = .first) async throws(DataError) -> [McpServer] {
        try await servers(withAnyTag: tags, viewer: .administrator, page: page)
    }

    /// Returns entries that have none of the given tags (`NOT tags ?| […]`), by ``CatalogSort/name``. Without tags nothing is restricted.
    ///
    /// - Throws: ``DataError`` as ``list(viewer:filter:sort:page:)`` does.
    public func servers(
        withoutTags tags: [String], viewer: CatalogViewer = .administrator, page: Page = .first
    ) async throws(DataError) -> [McpServer] {
        try await list(viewer: viewer, filter: CatalogFilter(noTags: tags), sort: .name, page: page).items
    }

    /// Returns entries whose metadata contains a JSON object (`metadata @> …`), by ``CatalogSort/name``.
    ///
    /// - Throws: ``DataError`` as ``list(viewer:filter:sort:page:)`` does.
    public func servers(
        metadataContains object: JSONValue, viewer: CatalogViewer = .administrator, page: Page = .first
    ) async throws(DataError) -> [McpServer] {
        try await list(viewer: viewer, filter: CatalogFilter(metadataContains: object), sort: .name, page: page).items
    }

    /// Returns entries in whose metadata a value stands at a place (`metadata #> … = …`), by ``CatalogSort/name``.
    ///
    /// - Throws: ``DataError`` as ``list(viewer:filter:sort:page:)`` does.
    public func servers(
        metadataAt path: [String], equals value: JSONValue, viewer: CatalogViewer = .administrator, page: Page = .first
    ) async throws(DataError) -> [McpServer] {
        let filter = CatalogFilter(metadataMatch: MetadataMatch(at: path, equals: value))
        return try await list(viewer: viewer, filter: filter, sort: .name, page: page).items
    }

    /// Lists the first twenty entries, with the twenty most frequent tags of the whole list.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func listWithTagCounts(
        viewer: CatalogViewer, filter: CatalogFilter = .none, sort: CatalogSort = .name
    ) async throws(DataError) -> CatalogListing {
        try await listWithTagCounts(viewer: viewer, filter: filter, sort: sort, page: .first, tagLimit: 20)
    }

    /// Reads twenty entries from a cursor, or the first twenty, by default of all by name.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func browse(
        viewer: CatalogViewer, filter: CatalogFilter = .none, sort: CatalogSort = .name, from cursor: ListCursor? = nil
    ) async throws(DataError) -> CursorPage<McpServer> {
        try await browse(viewer: viewer, filter: filter, sort: sort, from: cursor, limit: 20)
    }

    /// Reads twenty hits of a search from a cursor, or the first twenty.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func browseHits(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter = .none, from cursor: ListCursor? = nil
    ) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        try await browseHits(query, viewer: viewer, filter: filter, from: cursor, limit: 20)
    }

    /// Reads hits of a search for what people type from a cursor, by default the first twenty.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func browseHits(
        _ text: String, viewer: CatalogViewer, filter: CatalogFilter = .none, from cursor: ListCursor? = nil, limit: Int = 20
    ) async throws(DataError) -> CursorPage<CatalogSearchHit> {
        try await browseHits(.web(text), viewer: viewer, filter: filter, from: cursor, limit: limit)
    }

    /// Searches names and descriptions for the first twenty hits.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func search(
        _ query: SearchQuery, viewer: CatalogViewer, filter: CatalogFilter = .none
    ) async throws(DataError) -> PageResult<CatalogSearchHit> {
        try await search(query, viewer: viewer, filter: filter, page: .first)
    }

    /// Searches names and descriptions for what people type, by default for the first twenty hits.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func search(
        _ text: String, viewer: CatalogViewer, filter: CatalogFilter = .none, page: Page = .first
    ) async throws(DataError) -> PageResult<CatalogSearchHit> {
        try await search(.web(text), viewer: viewer, filter: filter, page: page)
    }

    /// Reads all entries that a viewer sees, with their details, bit by bit and by name.
    ///
    /// - Returns: The entries, as the full form does.
    public func exportServers(viewer: CatalogViewer, filter: CatalogFilter = .none) -> DataStream<McpServer> {
        exportServers(viewer: viewer, filter: filter, sort: .name)
    }

    /// Imports the entries of a catalog file as the platform itself.
    ///
    /// - Throws: ``DataError`` as the full form does.
    @discardableResult
    public func importServers(_ file: CatalogFile) async throws(DataError) -> CatalogImportReport {
        try await importServers(file, by: .system, progress: nil)
    }
}
