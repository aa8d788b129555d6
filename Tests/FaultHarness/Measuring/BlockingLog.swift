import Dispatch
package import Logging
import Synchronization

/// A point in code that does not wait asynchronously, where a thread is held up until it is let go, for two seconds at most.
package final class Block: Sendable {
    /// The longest time for which anybody is held up.
    private static let limit = 2.0

    private let gate = DispatchSemaphore(value: 0)
    private let reached = Atomic(false)

    package init() {}

    /// Whether anybody has come to the point.
    package var isReached: Bool { reached.load(ordering: .sequentiallyConsistent) }

    /// Holds the thread up.
    package func wait() {
        reached.store(true, ordering: .sequentiallyConsistent)
        if gate.wait(timeout: .now() + Self.limit) == .success { gate.signal() }
    }

    /// Lets all go on that are held up or will come.
    package func open() {
        gate.signal()
    }
}

/// A log that, once armed, holds up whoever writes to it.
package final class BlockingLog: Sendable {
    private let block: Block?
    private let isArmed = Atomic(false)

    /// Makes a log that is held up at `block`, or never.
    package init(_ block: Block?) {
        self.block = block
    }

    /// From now on, lines are held up.
    package func arm() {
        isArmed.store(true, ordering: .sequentiallyConsistent)
    }

    /// A logger that writes here, whatever the level.
    package var logger: Logger {
        var logger = Logger(label: "fault tests") { _ in Handler(owner: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let owner: BlockingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            if owner.isArmed.load(ordering: .sequentiallyConsistent) { owner.block?.wait() }
        }
    }
}
