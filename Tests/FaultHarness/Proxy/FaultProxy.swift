import Synchronization

/// A relay in front of a real server that loses, delays, cuts and resets connections exactly where a test wants it.
///
/// It listens on a port of 127.0.0.1 and stands before a TCP port or a Unix socket. In front of PostgreSQL it understands the messages that pass, so a
/// fault can be armed for a point such as “after the COMMIT has been passed on, before its completion is returned”:
///
/// ```swift
/// let proxy = try FaultProxy(to: .server(at: cluster.socketDirectory, port: cluster.port))
/// proxy.arm(FaultRule("lost answer", .before(.completion("COMMIT")), .reset()))
/// …
/// try await proxy.strike(of: "lost answer")
/// await proxy.close()
/// ```
///
/// One thread serves all links. Everything that happens gets a line in the log, and tests wait for lines, so they need no sleeps.
package final class FaultProxy: Sendable {
    /// What the proxy stands before.
    package enum Target: Sendable, Hashable {
        /// A port of 127.0.0.1.
        case port(Int)
        /// The path of a Unix socket.
        case unixSocket(String)

        /// The socket of a PostgreSQL server, in a directory as libpq names it.
        package static func server(at socketDirectory: String, port: Int) -> Target {
            .unixSocket("\(socketDirectory)/.s.PGSQL.\(port)")
        }
    }

    /// The port at which it listens.
    package let port: Int
    private let thread: SocketThread<ProxyState>
    private let waiters = Atomic<Int>(0)

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - target: What the proxy stands before.
    ///   - host: The last three bytes of the address behind 127. Addresses other than 127.0.0.1 exist on Linux alone.
    ///   - isFramed: Whether messages are told apart. A link that turns to TLS is bytes from there on anyway.
    package init(to target: Target, host: (UInt8, UInt8, UInt8) = (0, 0, 1), isFramed: Bool = true) throws {
        let state = try ProxyState(target: target, host: Sockets.loopback(host), isFramed: isFramed)
        port = state.port
        thread = try SocketThread(state, named: "fault-proxy")
    }

    /// Ends all links with a reset and gives everything back: when it returns, no descriptor and no thread is left.
    package func close() async {
        await thread.close()
    }

    // MARK: - Faults

    /// Arms a fault, for the links that are open and those that will be.
    package func arm(_ rules: FaultRule...) {
        thread.change { state in
            for rule in rules { _ = state.rules.arm(rule) }
        }
    }

    /// Takes the faults of a name back, or all of them.
    package func disarm(_ name: String? = nil) {
        thread.change { $0.rules.disarm(name) }
    }

    /// Passes bytes on in another way from now on: on one link, or on all and those that come.
    package func setMode(_ mode: FlowMode, _ direction: FlowDirection? = nil, link: Int? = nil) {
        thread.change { $0.setMode(mode, direction.map { [$0] } ?? FlowDirection.allCases, link: link) }
    }

    /// Treats clients that connect from now on in another way.
    package func setAdmission(_ admission: Admission) throws {
        try thread.change { try $0.setAdmission(admission) }
    }

    /// Does to one link, or to all that are open but one, what a fault would.
    package func strikeNow(_ action: FaultAction, link: Int? = nil, except spared: Int? = nil) {
        thread.change { $0.strikeNow(action, link: link, except: spared) }
    }

    // MARK: - What has happened

    /// The links that are open.
    package var links: [LinkState] { thread.look { $0.linkStates } }

    /// How often the fault of a name has struck.
    package func strikes(of rule: String) -> Int { thread.look { $0.strikes[rule] ?? 0 } }

    /// The number of the log's last line.
    package var lastSequence: Int { thread.look { $0.log.lastSequence } }

    /// The log, as far as it is kept.
    package var events: [ProxyEvent] { thread.look { $0.log.events } }

    /// The last lines of the log, to be shown when a test fails.
    package func logText(last count: Int = 60) -> String { thread.look { $0.log.text(last: count) } }

    /// Waits for an event and returns it; one that has happened counts.
    ///
    /// - Parameters:
    ///   - what: What is waited for, for the message when it does not come.
    ///   - sequence: Only events after this line of the log count.
    ///   - limit: How long it may take.
    ///   - matches: Whether an event is the one.
    /// - Throws: ``ProxyEventMissing`` with the log; `CancellationError`.
    @discardableResult
    package func event(
        _ what: String, after sequence: Int = 0, within limit: Duration = .seconds(20), where matches: @escaping @Sendable (ProxyEvent) -> Bool
    ) async throws -> ProxyEvent {
        let id = waiters.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                thread.change { $0.log.wait(id, for: what, after: sequence, until: .now + limit, matching: matches, continuation) }
                if thread.hasEnded { thread.change { $0.log.expire(at: nil, because: "before it was closed") } }
                // A cancellation that came before there was anything to cancel.
                if Task.isCancelled { thread.change { $0.log.cancel(id) } }
            }
        } onCancel: {
            thread.change { $0.log.cancel(id) }
        }
    }

    /// Waits until the fault of a name has struck.
    @discardableResult
    package func strike(of rule: String, after sequence: Int = 0, within limit: Duration = .seconds(20)) async throws -> ProxyEvent {
        try await event("strike of \(rule)", after: sequence, within: limit) { $0.isStrike(of: rule) }
    }

    /// Waits until a matching message has been passed on.
    @discardableResult
    package func message(_ pattern: MessagePattern, after sequence: Int = 0, within limit: Duration = .seconds(20)) async throws -> ProxyEvent {
        try await event("\(pattern)", after: sequence, within: limit) { $0.isMessage(pattern) }
    }

    /// Waits until no link is open.
    package func quiescence(within limit: Duration = .seconds(20)) async throws {
        while !links.isEmpty {
            let sequence = lastSequence
            guard !links.isEmpty else { return }
            try await event("the end of a link", after: sequence - 1, within: limit) { $0.isClosing }
        }
    }
}
