import DeployStackModels

extension TagAnswers {
    func report(into report: inout Report) {
        report.call("store.catalog.tagCounts(viewer: .administrator, limit: 8)")
        report.answer(counts.map { "\($0.tag) \($0.count)" }.joined(separator: ", "))
        report.gap()
        let list = tags.map { "\"\($0)\"" }.joined(separator: ", ")
        report.call("store.catalog.servers(withAllTags: [\(list)])")
        report.table([.text("Server", limit: 36), .text("Tags", limit: 58)], Self.rows(withAll))
        report.call("store.catalog.servers(withAnyTag: [\(list)])")
        report.table([.text("Server", limit: 36), .text("Tags", limit: 58)], Self.rows(withAny))
    }

    private static func rows(_ servers: [McpServer]) -> [[String]] {
        servers.map { [$0.name, $0.tags.joined(separator: ", ")] }
    }
}
