import Dispatch
import Foundation

/// Ctrl-C and the request to end, as the cancellation of a task, so that what was made is removed before the process ends.
final class Interruption {
    private let sources: [any DispatchSourceSignal]

    /// Listens until the value is gone.
    ///
    /// - Parameter handler: Called for each signal.
    init(_ handler: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            // The signal's default is the immediate end of the process, and comes before the source unless it is ignored.
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
