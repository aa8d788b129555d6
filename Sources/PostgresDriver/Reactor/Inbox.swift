/// What other threads ask of the reactor.
enum Command: Sendable {
    case submit(Request)
    case abandon(Request)
    case endLease(Lease)
    case connected(ConnectionID, LibpqConnection)
    case connectFailed(ConnectionID, ConnectFailure)
    case cancelSent(ConnectionID)
    /// A connection was closed after the server had stopped, or had time to.
    case stopped
    case serve(ConnectionID)
    case close(by: MonotonicTime, CheckedContinuation<Void, Never>?)
}

/// The way into the reactor: a queue behind a lock, and a pipe that is written only when the reactor sleeps.
final class Inbox: Sendable {
    private struct State {
        var commands: [Command] = []
        var isAsleep = false
        var isClosed = false
    }

    /// The end of the wake pipe that the reactor watches.
    let wakeDescriptor: Int32
    private let signalDescriptor: Int32
    private let state = Lock(State())

    /// Nil if the system has no descriptors left.
    init?() {
        guard let (reading, writing) = Platform.makePipe() else { return nil }
        wakeDescriptor = reading
        signalDescriptor = writing
    }

    /// Leaves a command for the reactor; false if it takes no more, in which case the command never happens.
    @discardableResult
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.commands.append(command)
            if state.isAsleep {
                state.isAsleep = false
                // Inside the lock, so that the descriptor cannot have been closed and given to somebody else.
                Platform.signal(signalDescriptor)
            }
            return true
        }
    }

    /// Says that the reactor is about to wait; false if there is something to do, in which case it must not.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty
            return state.isAsleep
        }
    }

    /// Says that the reactor is awake and swaps what was left for it with an empty array.
    func take(_ commands: inout [Command]) {
        state.withLock { state in
            state.isAsleep = false
            swap(&state.commands, &commands)
        }
    }

    /// Takes no more commands, and gives those that nobody has seen.
    func close() -> [Command] {
        state.withLock { state in
            state.isClosed = true
            Platform.close(wakeDescriptor)
            Platform.close(signalDescriptor)
            defer { state.commands = [] }
            return state.commands
        }
    }
}
