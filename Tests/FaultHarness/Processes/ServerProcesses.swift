import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The processes of a server, as the system shows them.
package enum ServerProcesses {
    /// A signal for a process.
    package enum Signal: Sendable {
        /// Ends it without a word.
        case kill
        /// Freezes it; its sockets stay open, and the system goes on acknowledging what is sent to it.
        case stop
        /// Lets a frozen one go on.
        case go

        fileprivate var number: Int32 {
            switch self {
            case .kill: SIGKILL
            case .stop: SIGSTOP
            case .go: SIGCONT
            }
        }
    }

    /// Sends a signal; false if there is no such process.
    @discardableResult
    package static func send(_ signal: Signal, to process: Int32) -> Bool {
        guard process > 1 else { return false }
        return kill(process, signal.number) == 0
    }

    /// The processes that a process has started, those that wait to be collected left out.
    package static func children(of parent: Int32) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { process in
            guard let status = status(of: process) else { return false }
            return status.parent == parent && status.isAlive
        }
    }

    /// Whether a process runs or is frozen. One that has ended and waits to be collected does not.
    package static func isAlive(_ process: Int32) -> Bool { status(of: process)?.isAlive ?? false }

    /// Whether a process is frozen.
    package static func isStopped(_ process: Int32) -> Bool { status(of: process)?.state == "T" }

    private struct Status {
        let state: Substring
        let parent: Int32

        var isAlive: Bool { state != "Z" && state != "X" }
    }

    private static func status(of process: Int32) -> Status? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        // The name is in brackets and may contain anything; what follows are single words.
        let words = String(decoding: bytes, as: UTF8.self).split(separator: ") ").last?.split(separator: " ") ?? []
        guard words.count > 1, let parent = Int32(words[1]) else { return nil }
        return Status(state: words[0], parent: parent)
    }
}
