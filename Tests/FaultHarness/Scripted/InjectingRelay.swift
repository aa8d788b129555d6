/// Stands before a server that speaks TLS, and puts words into its mouth: behind its agreement to encrypt, in the clear and in the same segment.
///
/// Everything else is passed on, so the handshake that follows is the server's own and succeeds. A client that keeps what it read before the handshake
/// would take the words for said under encryption (CVE-2021-23222).
package final class InjectingRelay: Sendable {
    /// The port of 127.0.0.1 at which it listens.
    package let port: Int
    private let thread: SocketThread<InjectingState>

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - address: The four numbers of the server's address in the loopback network.
    ///   - port: The server's port.
    ///   - words: What is put behind the server's first byte.
    package init(before address: [UInt8], port: Int, saying words: [UInt8]) throws {
        let host = address.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let state = try InjectingState(host: host, port: port, words: words)
        self.port = state.port
        thread = try SocketThread(state, named: "injecting-relay")
    }

    /// Ends all links; when it returns, no descriptor and no thread is left.
    package func close() async {
        await thread.close()
    }
}

private struct InjectingState: SocketMachine {
    private struct Link {
        let client: Int32
        let server: Int32
        var toServer: ArraySlice<UInt8> = []
        var toClient: ArraySlice<UInt8> = []
        var hasSpoken = false
        var isOver = false
        var indexes: (client: Int, server: Int)?
    }

    private let host: UInt32
    private let target: Int
    private let words: [UInt8]
    let port: Int
    private let listener: Int32
    private var listenerIndex: Int?
    private var links: [Link] = []

    init(host: UInt32, port: Int, words: [UInt8]) throws {
        self.host = host
        target = port
        self.words = words
        listener = try Sockets.bound(to: 0)
        self.port = Sockets.port(of: listener)
        try Sockets.startListening(listener)
    }

    mutating func prepare(_ poll: inout PollSet, now: ContinuousClock.Instant) -> Duration? {
        listenerIndex = poll.add(listener, reading: true, writing: false)
        for number in links.indices {
            let client = poll.add(links[number].client, reading: true, writing: !links[number].toClient.isEmpty)
            let server = poll.add(links[number].server, reading: true, writing: !links[number].toServer.isEmpty)
            links[number].indexes = (client, server)
        }
        return nil
    }

    mutating func turn(_ poll: PollSet, buffer: inout [UInt8], now: ContinuousClock.Instant) {
        for number in links.indices {
            guard let indexes = links[number].indexes else { continue }
            if poll.isReadable(indexes.client) { links[number].isOver = !Self.read(links[number].client, &buffer, into: &links[number].toServer) }
            if poll.isReadable(indexes.server) {
                let isOpen = Self.read(links[number].server, &buffer, into: &links[number].toClient)
                links[number].isOver = links[number].isOver || !isOpen
                if !links[number].hasSpoken, let first = links[number].toClient.first {
                    links[number].toClient = [first] + words + links[number].toClient.dropFirst()
                    links[number].hasSpoken = true
                }
            }
            Self.write(links[number].client, &links[number].toClient)
            Self.write(links[number].server, &links[number].toServer)
        }
        for link in links where link.isOver { Self.end(link) }
        links.removeAll(where: \.isOver)
        guard let listenerIndex, poll.isReadable(listenerIndex) else { return }
        while let client = Sockets.takeConnection(of: listener) {
            switch Sockets.connectTo(port: target, of: host) {
            case .connected(let server), .underWay(let server): links.append(Link(client: client, server: server))
            case .tryAgain, .failed: Sockets.giveBack(client)
            }
        }
    }

    mutating func finish() {
        for link in links { Self.end(link) }
        links = []
        Sockets.giveBack(listener)
    }

    private static func end(_ link: Link) {
        Sockets.giveBack(link.client)
        Sockets.giveBack(link.server)
    }

    private static func read(_ descriptor: Int32, _ buffer: inout [UInt8], into waiting: inout ArraySlice<UInt8>) -> Bool {
        switch Sockets.receive(descriptor, into: &buffer) {
        case .bytes(let count): waiting += buffer[..<count]
        case .nothingYet: break
        case .end, .failed: return false
        }
        return true
    }

    private static func write(_ descriptor: Int32, _ waiting: inout ArraySlice<UInt8>) {
        guard !waiting.isEmpty, let count = Sockets.put(descriptor, waiting) else { return }
        waiting = waiting.dropFirst(count)
    }
}
