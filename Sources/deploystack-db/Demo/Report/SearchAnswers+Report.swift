import DeployStackModels
import Foundation

extension SearchAnswers {
    func report(into report: inout Report) {
        for search in searches {
            report.call("store.catalog.search(\(Self.literal(search.text)), viewer: .administrator)")
            report.answer("\(search.total) \(search.total == 1 ? "hit" : "hits")\(search.total > 4 ? ", the best four:" : "")")
            guard !search.hits.isEmpty else {
                report.gap()
                continue
            }
            report.table(
                [.number("Rank"), .text("Server", limit: 28), .text("Description", limit: 56)],
                search.hits.prefix(4).map { [String(format: "%.4f", $0.rank), $0.server.name, $0.server.description ?? ""] })
        }
    }

    private static func literal(_ text: String) -> String { text.contains("\"") ? "#\"\(text)\"#" : "\"\(text)\"" }
}
