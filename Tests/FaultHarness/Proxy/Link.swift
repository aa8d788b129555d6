/// One client's connection and the server's connection behind it.
struct Link {
    /// How far the server's side is.
    enum ServerSide {
        /// Not begun; a slow link begins at its time.
        case waiting(until: ContinuousClock.Instant)
        /// The system connects.
        case connecting(Int32)
        case open(Int32)
        /// The link is silent: there is none.
        case none
    }

    let client: Int32
    var server: ServerSide
    var toServer: Flow
    var toClient: Flow
    var phase = MessageFramer.Phase.opening
    var statements = StatementTracker()
    var progress: [Int: RuleBook.Progress] = [:]
    private(set) var backend: Int32?
    /// Where the two descriptors stand in the thread's poll set.
    var clientIndex: Int?
    var serverIndex: Int?

    init(client: Int32, server: ServerSide, modes: [FlowDirection: FlowMode], isFramed: Bool) {
        self.client = client
        self.server = server
        toServer = Flow(.toServer, mode: modes[.toServer] ?? .pass)
        toClient = Flow(.toClient, mode: modes[.toClient] ?? .pass)
        if !isFramed { phase = .opaque }
    }

    subscript(_ direction: FlowDirection) -> Flow {
        get { direction == .toServer ? toServer : toClient }
        _modify {
            if direction == .toServer { yield &toServer } else { yield &toClient }
        }
    }

    /// The server's descriptor, once it is connected.
    var serverDescriptor: Int32? {
        if case .open(let descriptor) = server { descriptor } else { nil }
    }

    func destination(of direction: FlowDirection) -> Int32? {
        direction == .toServer ? serverDescriptor : client
    }

    /// Whether both directions have come to their end.
    var isOver: Bool {
        [toServer, toClient].allSatisfy { $0.isSourceEnded && ($0.isFinished || $0.isBroken) && $0.isEmpty }
    }

    /// What the link shows to tests.
    func state(number: Int) -> LinkState {
        LinkState(
            number: number, backend: backend, bytesToServer: toServer.passedBytes, bytesToClient: toClient.passedBytes,
            messagesToServer: toServer.framer.passed, messagesToClient: toClient.framer.passed)
    }

    // MARK: - Passing on

    /// Passes on what has come in one direction, up to the next fault. Returns the messages that have passed as a whole.
    mutating func admit(_ direction: FlowDirection, rules: inout RuleBook, random: inout FaultRandom, now: ContinuousClock.Instant) -> [WireMessage] {
        var passed: [WireMessage] = []
        while !self[direction].isStriking, !self[direction].isStalled, let message = nextMessage(direction, rules: &rules) {
            let offset = self[direction].framer.passedOfCurrent
            guard !self[direction].strikeDue(at: offset, now: now) else { continue }
            let jitter = Double.random(in: -1...1, using: &random)
            let count = self[direction].pass((self[direction].nextOffset ?? message.length) - offset, delayedBy: jitter, now: now)
            guard count > 0 else { break }
            _ = self[direction].strikeDue(at: offset + count, now: now)
            guard offset + count == message.length else { continue }
            self[direction].due = nil
            rules.note(message, progress: &progress)
            follow(message)
            passed.append(message.shortened)
        }
        return passed
    }

    /// The message that is next, looked at for what it says and for the faults that strike in it.
    private mutating func nextMessage(_ direction: FlowDirection, rules: inout RuleBook) -> WireMessage? {
        guard var message = self[direction].framer.next(in: phase), self[direction].due == nil else { return self[direction].framer.next(in: phase) }
        message.statement = statements.statement(of: message)
        self[direction].framer.annotate(statement: message.statement)
        if direction == .toClient, message.isOfType("K"), message.body.count >= 4 {
            backend = message.body.prefix(4).reduce(0) { ($0 << 8) | Int32($1) }
        }
        self[direction].due = rules.due(for: message, passedBytes: self[direction].passedBytes, progress: &progress)
        return message
    }

    private mutating func follow(_ message: WireMessage) {
        switch message.kind {
        case .encryptionRequest: phase = .awaitingEncryptionAnswer
        case .encryptionAnswer: phase = message.bytes.first == UInt8(ascii: "N") ? .opening : .opaque
        case .startup: phase = .session
        case .cancelRequest, .typed, .raw: break
        }
    }
}
