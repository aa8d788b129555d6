package import Logging
import PostgresDriver

/// Keeps what a client logs, with the time, instead of printing it.
package final class LogRecorder: Sendable {
    /// One line of the log.
    package struct Line: Sendable {
        package let time: ContinuousClock.Instant
        package let level: Logger.Level
        package let text: String
    }

    private let recorded = Lock<[Line]>([])

    package init() {}

    /// A logger that writes here, whatever the level.
    package var logger: Logger {
        var logger = Logger(label: "fault tests") { _ in Handler(recorder: self) }
        logger.logLevel = .trace
        return logger
    }

    /// Everything so far, in order.
    package var lines: [Line] { recorded.withLock { $0 } }

    /// When attempts to connect ended, whether they succeeded or failed.
    package var attempts: [ContinuousClock.Instant] {
        lines.filter { $0.text == "connection opened" || $0.text == "connection failed" }.map(\.time)
    }

    /// When attempts to connect failed.
    package var failedAttempts: [ContinuousClock.Instant] {
        lines.filter { $0.text == "connection failed" }.map(\.time)
    }

    private func note(_ level: Logger.Level, _ text: String) {
        recorded.withLock { $0.append(Line(time: .now, level: level, text: text)) }
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.note(event.level, "\(event.message)")
        }
    }
}
