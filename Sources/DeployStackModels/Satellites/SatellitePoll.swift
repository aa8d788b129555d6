/// What a satellite gets when it polls.
public struct SatellitePoll: Sendable, Hashable {
    /// How soon a satellite shall poll again.
    public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
        /// There was something that somebody waits for: in 2 seconds.
        case immediate
        /// There was something urgent: in 10 seconds.
        case fast
        /// There was something else: in 30 seconds.
        case normal
        /// There was nothing: in 60 seconds.
        case idle
    }

    /// The commands, which are the satellite's to carry out now: the most urgent first, then the oldest.
    public var commands: [SatelliteCommand]
    /// How soon to poll again.
    public var mode: Mode

    /// Creates an answer; how soon to poll again follows from the commands.
    public init(commands: [SatelliteCommand]) {
        self.commands = commands
        mode =
            switch commands.map(\.priority).min() {
            case .immediate: .immediate
            case .high: .fast
            case .normal, .low: .normal
            case nil: .idle
            }
    }

    /// How many seconds to wait before polling again.
    public var nextPollSeconds: Int {
        switch mode {
        case .immediate: 2
        case .fast: 10
        case .normal: 30
        case .idle: 60
        }
    }
}
