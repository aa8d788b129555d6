import DeployStackData
import Foundation
import Rainbow

/// What the demo prints for people: what the backends answered, how long they took, and whether they agree.
struct DemoReport {
    var catalogName: String
    /// One run, or two that are compared.
    var runs: [DemoRun]
    var differences: [DemoDifference]

    /// The whole text.
    var text: String {
        guard let first = runs.first else { return "" }
        var report = Report()
        report.line("One program, \(runs.count == 1 ? "one backend" : "two backends"): \(runs.map(\.backend).joined(separator: " and ")).")
        for step in DemoStep.allCases {
            report.step(step.title)
            write(step, of: first.transcript, into: &report)
        }
        writeServer(into: &report)
        writeTimes(into: &report)
        writeVerdict(into: &report)
        return report.text
    }

    private func write(_ step: DemoStep, of transcript: DemoTranscript, into report: inout Report) {
        switch step {
        case .catalog: transcript.catalog.report(into: &report, name: catalogName)
        case .people: transcript.people.report(into: &report)
        case .tags: transcript.tags.report(into: &report)
        case .search: transcript.search.report(into: &report)
        case .installations: transcript.installations.report(into: &report)
        case .views: transcript.views.report(into: &report)
        case .teams: transcript.teams.report(into: &report)
        case .transaction: transcript.transaction.report(into: &report)
        case .tokens: transcript.tokens.report(into: &report)
        case .notifications: transcript.notifications.report(into: &report)
        }
    }

    /// What only a server has: migrations and plans.
    private func writeServer(into report: inout Report) {
        for run in runs {
            guard let migration = run.migration else { continue }
            report.step("What only \(run.backend) has")
            let time = migration.applied.reduce(Duration.zero) { $0 + $1.duration }
            report.call("store.migrate()")
            report.answer("\(migration.applied.count) of \(migration.total) migrations applied in \(time.text)")
            guard !run.plans.isEmpty else { continue }
            report.gap()
            report.line("With \(DemoPlan.generatedServers) generated servers more: the line of each call's plan that finds its rows.")
            report.gap()
            for plan in run.plans {
                report.call("store.\(plan.call)")
                report.answer(plan.isUsed ? plan.line : "\(plan.line) \("(not \(plan.index))".yellow)")
            }
        }
    }

    private func writeTimes(into report: inout Report) {
        report.step("Times")
        var rows = DemoStep.allCases.map { step in [step.title] + runs.map { $0.times[step]?.text ?? "" } }
        rows.append(["All \(runs.first?.calls ?? 0) calls"] + runs.map(\.time.text))
        report.table([.text("Step")] + runs.map { .number($0.backend) }, rows)
    }

    private func writeVerdict(into report: inout Report) {
        guard runs.count == 2 else { return report.line("Nothing to compare with: this was \(runs.first?.backend ?? "nothing") alone.") }
        guard !differences.isEmpty else {
            return report.line(
                "\("✓ Equal:".green.bold) both backends gave the same answers to all \(runs[0].calls) calls, in \(DemoStep.allCases.count) steps.")
        }
        report.line("\("✗ Not equal:".red.bold) the backends differ in \(differences.count) of \(DemoStep.allCases.count) steps.")
        for difference in differences {
            report.gap()
            let count = difference.answers.count
            report.line("\(difference.step.title): \(count) \(count == 1 ? "answer differs" : "answers differ")")
            report.table(
                [.text("Answer", limit: 40), .text(runs[0].backend, limit: 26), .text(runs[1].backend, limit: 26)],
                difference.answers.prefix(20).map { [$0.path, $0.left ?? "–", $0.right ?? "–"] })
            if count > 20 { report.line("… and \(count - 20) more; all of them are in --json") }
        }
    }
}
