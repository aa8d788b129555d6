import DeployStackModels
import PostgresDriver
import TextSearch

extension CatalogConditions {
    /// What a search stands for, as a `tsquery`.
    static func query(of search: CatalogSearch) -> StatementFragment {
        switch search.form {
        case .web(let text): "websearch_to_tsquery('english', \(text))"
        case .raw(let text): "to_tsquery('english', \(text))"
        case .prefix(let typed):
            """
            (websearch_to_tsquery('english', \(typed.before))
                || (websearch_to_tsquery('english', \(typed.beside)) && to_tsquery('english', \(typed.last))))
            """
        }
    }

    /// The entries that a search finds. Served by `idx_mcpServers_search`, and by `idx_mcpServers_tags` beside it when tags are searched too.
    static func found(by search: CatalogSearch) -> StatementFragment {
        guard !search.tags.isEmpty else { return "\"search_vector\" @@ \(query(of: search))" }
        return "(\"search_vector\" @@ \(query(of: search)) OR \"tags\" ?| \(search.tags))"
    }

    /// All entries that a search finds, each with its rank.
    static func matches(of search: CatalogSearch, viewer: CatalogViewer, filter: CatalogFilter) -> StatementFragment {
        """
        SELECT "id", "featured", "name", ts_rank("search_vector", \(query(of: search)))::double precision AS "rank"
                FROM "mcpServerTemplates"
                WHERE \(found(by: search)) AND \(visible(to: viewer))\(matching(filter))
        """
    }
}
