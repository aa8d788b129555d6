import DeployStackData

/// What the demo prints with `--json`.
struct DemoDocument: Encodable {
    struct Backend: Encodable {
        struct Migration: Encodable {
            var tag: String
            var milliseconds: Double
        }

        struct Time: Encodable {
            var step: DemoStep
            var milliseconds: Double
        }

        var name: String
        var times: [Time]
        var milliseconds: Double
        var migrations: [Migration]?
        var plans: [DemoPlan]?
    }

    var catalog: String
    var backends: [Backend]
    /// Whether both backends answered equally; absent when there was only one.
    var equal: Bool?
    var differences: [DemoDifference]
    /// What the first backend answered.
    var transcript: DemoTranscript

    init?(catalogName: String, runs: [DemoRun], differences: [DemoDifference]) {
        guard let first = runs.first else { return nil }
        catalog = catalogName
        backends = runs.map(Backend.init)
        equal = runs.count == 2 ? differences.isEmpty : nil
        self.differences = differences
        transcript = first.transcript
    }
}

extension DemoDocument.Backend {
    init(_ run: DemoRun) {
        self.init(
            name: run.backend,
            times: DemoStep.allCases.compactMap { step in run.times[step].map { Time(step: step, milliseconds: $0.milliseconds) } },
            milliseconds: run.time.milliseconds,
            migrations: run.migration?.applied.map { Migration(tag: $0.tag, milliseconds: $0.duration.milliseconds) },
            plans: run.plans.isEmpty ? nil : run.plans)
    }
}
