import DeployStackModels

extension CatalogAnswers {
    func report(into report: inout Report, name: String) {
        report.call("store.catalog.importServers(file)")
        report.table(
            [.text("File"), .number("Entries"), .number("Inserted"), .number("Updated"), .number("Unchanged"), .number("Rejected")],
            [
                Self.row(name, first), Self.row("the same again", again), Self.row("with one description corrected", corrected),
                Self.row("five broken entries", broken),
            ])
        for rejection in first.rejected + broken.rejected {
            let name = rejection.name.map { $0.allSatisfy(\.isWhitespace) ? "blank" : $0 }
            report.line("rejected: entry \(rejection.index)\(name.map { " (\($0))" } ?? ""), \(rejection.refusal.description)")
        }
        report.gap()
        report.call("store.catalog.list(viewer: .administrator)")
        report.answer("\(total) servers; the first by name: \(servers.prefix(4).map(\.name).joined(separator: ", "))")
    }

    private static func row(_ name: String, _ file: Import) -> [String] {
        [name, "\(file.entries)", "\(file.inserted)", "\(file.updated)", "\(file.unchanged)", "\(file.rejected.count)"]
    }
}
