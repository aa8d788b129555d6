import DeployStackModels
import Foundation

extension SearchAnswers {
    func report(into report: inout Report) {
        for search in searches {
            let query = search.isPrefix ? ".prefix(\(Self.literal(search.text)))" : Self.literal(search.text)
            report.call("store.catalog.search(\(query), viewer: .administrator)")
            report.answer("\(search.total) \(search.total == 1 ? "hit" : "hits")\(search.total > 4 ? ", the best four:" : "")")
            guard !search.hits.isEmpty else {
                report.gap()
                continue
            }
            report.table(
                [.number("Rank"), .text("Server", limit: 28), .text("Description", limit: 56)],
                search.hits.prefix(4).map { [String(format: "%.4f", $0.rank), $0.markedName, $0.markedDescription] })
        }
        report.call("store.catalog.listWithTagCounts(viewer: …, filter: CatalogFilter(allTags: [\"\(Self.facetTag)\"]))")
        report.answer("\(facetTotal) servers: \(facets.map { "\($0.tag) \($0.count)" }.joined(separator: ", "))")
        report.gap()
        report.call("store.catalog.suggestion(for: \(Self.literal(Self.typo)), viewer: .administrator)")
        report.answer(suggestion.map { "did you mean \(Self.literal($0.text))?" } ?? "nothing that is similar")
        report.gap()
        report.call("store.catalog.browseHits(\(Self.literal(parts.text)), viewer: .administrator, from: cursor, limit: \(Self.partSize))")
        report.table(
            [.text("Cursor", limit: 14), .text("Servers", limit: 74)],
            [("none", parts.first), ("next", parts.next), ("previous", parts.previous)].map { [$0, $1.joined(separator: ", ")] })
    }

    private static func literal(_ text: String) -> String { text.contains("\"") ? "#\"\(text)\"#" : "\"\(text)\"" }
}
