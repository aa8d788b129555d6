import Synchronization

/// One client that a scripted server has had.
package struct ScriptedSession: Sendable {
    /// Its number, counted from 1.
    package let number: Int
    /// What it has said, or the first mebibyte of that.
    package internal(set) var received: [UInt8] = []
    /// How much it has said.
    package internal(set) var bytesReceived = 0
    /// Whether it is still there.
    package internal(set) var isOpen = true

    /// Whether it has said these bytes, in one piece.
    package func hasReceived(_ bytes: some Collection<UInt8>) -> Bool {
        let wanted = Array(bytes)
        guard let first = wanted.first, received.count >= wanted.count else { return wanted.isEmpty }
        return received.indices.dropLast(wanted.count - 1).contains { start in
            received[start] == first && received[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}

/// A server that is none: it plays a script to each client, right or wrong by the protocol, and keeps what the client says.
///
/// It is for what no real server does. It listens on a port of 127.0.0.1.
package final class ScriptedServer: Sendable {
    /// The port of 127.0.0.1 at which it listens.
    package let port: Int
    private let thread: SocketThread<ScriptedState>
    private let waiters = Atomic<Int>(0)

    /// Begins to listen.
    ///
    /// - Parameter script: What is played to a client, by its number, counted from 1.
    package init(_ script: @escaping @Sendable (Int) -> [ScriptStep]) throws {
        let state = try ScriptedState(script: script)
        port = state.port
        thread = try SocketThread(state, named: "scripted-server")
    }

    /// Begins to listen, with the same script for everybody.
    package convenience init(_ script: [ScriptStep]) throws {
        try self.init { _ in script }
    }

    /// The clients so far.
    package var sessions: [ScriptedSession] { thread.look { $0.sessions } }

    /// Forgets what the clients have said so far, though not that they were there.
    package func forget() {
        thread.change { $0.forget() }
    }

    /// Waits until the clients are as wanted; false if that has not come in time.
    package func isTrue(within limit: Duration = .seconds(20), _ matches: @escaping @Sendable ([ScriptedSession]) -> Bool) async -> Bool {
        let id = waiters.add(1, ordering: .relaxed).newValue
        return await withCheckedContinuation { continuation in
            thread.change { $0.wait(id, until: .now + limit, where: matches, continuation) }
        }
    }

    /// Ends all links with a reset; when it returns, no descriptor and no thread is left.
    package func close() async {
        await thread.close()
    }
}
