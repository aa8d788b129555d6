import DeployStackModels

/// Which entries of the catalog a viewer sees and a filter lets through, for the in-memory tables.
struct CatalogSelection: Sendable {
    private let viewer: CatalogViewer
    private let filter: CatalogFilter
    private let allTags: TagSet
    private let anyTag: TagSet
    private let noTags: TagSet

    init(viewer: CatalogViewer, filter: CatalogFilter = .none) {
        self.viewer = viewer
        self.filter = filter
        allTags = TagSet(filter.allTags)
        anyTag = TagSet(filter.anyTag)
        noTags = TagSet(filter.noTags)
    }

    /// Whether an entry is among them.
    func contains(_ server: McpServer) -> Bool {
        isVisible(server) && hasProperties(server) && hasTags(server) && hasMetadata(server)
    }

    private func isVisible(_ server: McpServer) -> Bool {
        switch viewer {
        case .administrator: true
        case .member(let teams): server.visibility == .global || server.ownerTeamID.map(teams.contains) ?? false
        }
    }

    private func hasProperties(_ server: McpServer) -> Bool {
        Self.allows(filter.visibility, server.visibility) && Self.allows(filter.category, server.categoryID)
            && Self.allows(filter.language?.bytewise, server.language.bytewise) && Self.allows(filter.runtime?.bytewise, server.runtime.bytewise)
            && Self.allows(filter.status, server.status) && Self.allows(filter.transport, server.transport)
            && Self.allows(filter.source, server.source) && Self.allows(filter.isFeatured, server.isFeatured)
            && Self.allows(filter.requiresOAuth, server.requiresOAuth)
    }

    private func hasTags(_ server: McpServer) -> Bool {
        allTags.isContained(in: server.tags) && (filter.anyTag.isEmpty || anyTag.meets(server.tags)) && !noTags.meets(server.tags)
    }

    private func hasMetadata(_ server: McpServer) -> Bool {
        filter.metadataContains.map { server.metadata.contains($0) } ?? true
            && filter.metadataMatch.map { server.metadata.value(at: $0.path) == $0.value } ?? true
    }

    /// Whether a value is the wanted one; without a wanted one, any value is.
    private static func allows<Value: Equatable>(_ wanted: Value?, _ value: @autoclosure () -> Value?) -> Bool {
        wanted == nil || wanted == value()
    }
}

extension CatalogSort {
    /// Whether one row comes before another.
    func precedes(_ left: RowTable<ServerRow>.Stored, _ right: RowTable<ServerRow>.Stored) -> Bool {
        precedes(left.row.server, right.row.server)
    }

    /// Whether one entry comes before another.
    func precedes(_ left: McpServer, _ right: McpServer) -> Bool {
        switch self {
        case .name:
            (left.isFeatured.trueFirst, left.name.bytewise, left.id.bytewise) < (right.isFeatured.trueFirst, right.name.bytewise, right.id.bytewise)
        case .gitHubStars:
            // Negated, so that the most stars come first; entries without a number come after those with the fewest.
            (left.gitHubStars.map(-) ?? .max, left.name.bytewise, left.id.bytewise)
                < (right.gitHubStars.map(-) ?? .max, right.name.bytewise, right.id.bytewise)
        case .newest:
            (left.createdAt, left.id.bytewise) > (right.createdAt, right.id.bytewise)
        }
    }
}
