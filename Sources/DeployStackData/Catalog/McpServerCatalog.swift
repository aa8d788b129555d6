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
    /// The text is what people type: words are all wanted, in any form; `"quoted words"` stand next to each other; `or` allows either side; a leading
    /// `-` excludes. Nothing that is typed is an error; a text without a word that counts, such as only "the", finds nothing. Hits are ordered by rank
    /// (`ts_rank`), then featured entries first, then by name and identifier.
    ///
    /// - Parameters:
    ///   - text: What to search for, at most 4 096 bytes and 500 words.
    ///   - viewer: Whose view of the catalog to search.
    ///   - filter: Which entries.
    ///   - page: Which part of the hits.
    /// - Throws: ``DataError`` of kind `.validation` with field `text` when it contains U+0000 or is too long, or when the page is out of range.
    func search(_ text: String, viewer: CatalogViewer, filter: CatalogFilter, page: Page) async throws(DataError) -> PageResult<CatalogSearchHit>

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

    /// Imports the entries of a catalog file, visible to everybody.
    ///
    /// An entry whose slug exists already is brought to the file's state; one that is as in the file already is left alone, its `updatedAt` too. Entries
    /// are written in batches, one statement each. An entry that cannot be imported is in the report and stops nothing.
    ///
    /// - Parameters:
    ///   - file: The entries.
    ///   - editor: Who imports; a global administrator or the platform.
    ///   - progress: Called after each batch with the number of entries done so far.
    /// - Returns: What became of each entry.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `globalAdministratorRequired` when the editor may not import.
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

    /// Searches names and descriptions, by default for the first twenty hits.
    ///
    /// - Throws: ``DataError`` as the full form does.
    public func search(
        _ text: String, viewer: CatalogViewer, filter: CatalogFilter = .none
    ) async throws(DataError) -> PageResult<CatalogSearchHit> {
        try await search(text, viewer: viewer, filter: filter, page: .first)
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
