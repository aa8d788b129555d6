import DeployStackModels
import Rainbow

extension InstallationAnswers {
    func report(into report: inout Report) {
        report.call("store.installations.createInstallation(team: team.id, user: ada.id, NewInstallation(…))")
        report.table(
            [.text("Server", limit: 36), .text("Transport"), .number("Instances"), .text("Answer", limit: 36)],
            attempts.map { attempt in
                let answer = attempt.refusal.map { "refused (\($0.limit ?? $0.kind))" } ?? "installed"
                return [attempt.server, attempt.transport.rawValue, attempt.refusal == nil ? "\(attempt.instances.count)" : "", answer]
            })
        for refusal in attempts.compactMap(\.refusal) { report.line("\("✗".yellow) \(refusal.text)") }
        report.gap()
        report.call("store.installations.usage(team: team.id)")
        if let usage {
            report.answer(
                "\(usage.total) of \(usage.limits.mcpServers) servers, \(usage.nonHttp) of \(usage.limits.nonHttp) as a process, "
                    + "\(usage.http) remote, \(usage.github) of \(usage.limits.github) from GitHub")
        }
        report.refusal("store.installations.createInstallation(… NewInstallation(serverID: \"no-such-server\", …))", unknownServer)
    }
}
