import DeployStackModels

extension ViewAnswers {
    func report(into report: inout Report) {
        report.call("store.installations.installationViews(team: team.id)   // three tables, one statement")
        report.table(
            [.text("Installation", limit: 30), .text("Server", limit: 30), .text("Transport"), .text("Team", limit: 14), .text("Since")],
            views.map { view in
                [
                    view.installation.name, view.server?.slug ?? "", view.server?.transport.rawValue ?? "", view.team?.slug ?? "",
                    String(view.installation.createdAt.secondsText.dropFirst(11)),
                ]
            })
        report.call("store.installations.installationViews(team: team.id, tagged: [\(tags.map { "\"\($0)\"" }.joined(separator: ", "))])")
        report.answer("\(tagged.count) of \(views.count): \(tagged.map(\.installation.name).joined(separator: ", "))")
    }
}
