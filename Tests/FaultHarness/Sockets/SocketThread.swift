import Foundation
import PostgresDriver

/// What a thread that serves sockets does: everything that it and the tests share, behind one lock.
protocol SocketMachine: Sendable {
    /// Names the descriptors that are waited for, and says how long at most; nil has no end.
    mutating func prepare(_ poll: inout PollSet, now: ContinuousClock.Instant) -> Duration?

    /// Does everything that can be done now.
    mutating func turn(_ poll: PollSet, buffer: inout [UInt8], now: ContinuousClock.Instant)

    /// Gives everything back, as the last thing that happens.
    mutating func finish()
}

/// A thread that waits for sockets and serves them, until it is closed.
final class SocketThread<Machine: SocketMachine>: Sendable {
    private struct Shared {
        var machine: Machine
        var isClosing = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// What the thread itself holds; it outlives the owner for a moment.
    private final class Core: Sendable {
        let shared: Lock<Shared>
        let wake: (reading: Int32, writing: Int32)

        init(_ machine: Machine) throws {
            shared = Lock(Shared(machine: machine))
            wake = try Sockets.makePipe()
        }

        deinit {
            Sockets.giveBack(wake.reading)
            Sockets.giveBack(wake.writing)
        }

        func run() {
            var poll = PollSet()
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            var isOver = false
            while !isOver {
                poll.removeAll()
                let wakeIndex = poll.add(wake.reading, reading: true, writing: false)
                let time = shared.withLock { $0.machine.prepare(&poll, now: .now) }
                poll.wait(for: time)
                if poll.isReadable(wakeIndex) { while case .bytes = Sockets.receive(wake.reading, into: &buffer) {} }
                isOver = shared.withLock { shared in
                    if !shared.isClosing { shared.machine.turn(poll, buffer: &buffer, now: .now) }
                    return shared.isClosing
                }
            }
            let closers = shared.withLock { shared in
                shared.machine.finish()
                shared.hasEnded = true
                return shared.closers
            }
            for closer in closers { closer.resume() }
        }
    }

    private let core: Core

    /// Starts the thread.
    init(_ machine: Machine, named name: String) throws {
        core = try Core(machine)
        let thread = Thread { [core] in
            // Only from inside does the name reach the system.
            Thread.current.name = name
            core.run()
        }
        thread.start()
    }

    deinit {
        core.shared.withLock { $0.isClosing = true }
        Sockets.signal(core.wake.writing)
    }

    /// Looks at what is shared.
    func look<Value: Sendable>(_ body: (borrowing Machine) -> Value) -> Value {
        core.shared.withLock { body($0.machine) }
    }

    /// Changes what is shared, and lets the thread look at it.
    func change<Value: Sendable, Failure: Error>(_ body: (inout Machine) throws(Failure) -> Value) throws(Failure) -> Value {
        defer { Sockets.signal(core.wake.writing) }
        return try core.shared.withLock { shared throws(Failure) in try body(&shared.machine) }
    }

    /// Whether the thread has given everything back.
    var hasEnded: Bool { core.shared.withLock { $0.hasEnded } }

    /// Ends the thread; when it returns, everything has been given back.
    func close() async {
        await withCheckedContinuation { continuation in
            let hasEnded = core.shared.withLock { shared in
                shared.isClosing = true
                if !shared.hasEnded { shared.closers.append(continuation) }
                return shared.hasEnded
            }
            Sockets.signal(core.wake.writing)
            if hasEnded { continuation.resume() }
        }
    }
}
