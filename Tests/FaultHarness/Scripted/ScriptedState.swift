/// Everything that a scripted server's thread and the tests share.
struct ScriptedState: SocketMachine {
    private struct Link {
        let descriptor: Int32
        var steps: ArraySlice<ScriptStep>
        var framer = MessageFramer(.toServer)
        var phase = MessageFramer.Phase.opening
        var outgoing: ArraySlice<UInt8> = []
        /// How much of a flood has been said.
        var flooded = 0
        var hasFinished = false
        var isEnded = false
        var index: Int?
    }

    /// So much is kept of what a client says.
    private static let keptBytes = 1024 * 1024

    private let script: @Sendable (Int) -> [ScriptStep]
    let port: Int
    private var listener: Int32?
    private var listenerIndex: Int?
    private var links: [Int: Link] = [:]
    private(set) var sessions: [ScriptedSession] = []
    private var waiters:
        [Int: (matches: @Sendable ([ScriptedSession]) -> Bool, deadline: ContinuousClock.Instant, CheckedContinuation<Bool, Never>)] = [:]

    init(script: @escaping @Sendable (Int) -> [ScriptStep]) throws {
        self.script = script
        let listener = try Sockets.bound(to: 0)
        self.listener = listener
        port = Sockets.port(of: listener)
        try Sockets.startListening(listener)
    }

    mutating func wait(
        _ id: Int, until deadline: ContinuousClock.Instant, where matches: @escaping @Sendable ([ScriptedSession]) -> Bool,
        _ continuation: CheckedContinuation<Bool, Never>
    ) {
        waiters[id] = (matches, deadline, continuation)
        answerWaiters(now: .now)
    }

    /// Forgets what was said so far, for tests of very many clients.
    mutating func forget() {
        for index in sessions.indices { sessions[index].received = [] }
    }

    // MARK: - The thread

    mutating func prepare(_ poll: inout PollSet, now: ContinuousClock.Instant) -> Duration? {
        listenerIndex = listener.map { poll.add($0, reading: true, writing: false) }
        for number in links.keys {
            guard let link = links[number] else { continue }
            links[number]?.index = poll.add(link.descriptor, reading: !link.isEnded, writing: !link.outgoing.isEmpty)
        }
        return waiters.values.map(\.deadline).min().map { max(.zero, $0 - now) }
    }

    mutating func turn(_ poll: PollSet, buffer: inout [UInt8], now: ContinuousClock.Instant) {
        for number in links.keys.sorted() {
            guard var link = links.removeValue(forKey: number) else { continue }
            if let index = link.index, poll.isReadable(index), !link.isEnded { receive(&link, &buffer, number) }
            if proceed(&link, number) { links[number] = link }
        }
        if let listenerIndex, poll.isReadable(listenerIndex) {
            while let listener, let descriptor = Sockets.takeConnection(of: listener) {
                let number = sessions.count + 1
                sessions.append(ScriptedSession(number: number))
                var link = Link(descriptor: descriptor, steps: script(number)[...])
                if proceed(&link, number) { links[number] = link }
            }
        }
        answerWaiters(now: now)
    }

    mutating func finish() {
        for (number, link) in links {
            Sockets.reset(link.descriptor)
            sessions[number - 1].isOpen = false
        }
        links = [:]
        if let listener { Sockets.giveBack(listener) }
        listener = nil
        for waiter in waiters.values { waiter.2.resume(returning: false) }
        waiters = [:]
    }

    private mutating func answerWaiters(now: ContinuousClock.Instant) {
        for (id, waiter) in waiters {
            let isTrue = waiter.matches(sessions)
            guard isTrue || waiter.deadline <= now else { continue }
            waiters[id] = nil
            waiter.2.resume(returning: isTrue)
        }
    }

    private mutating func receive(_ link: inout Link, _ buffer: inout [UInt8], _ number: Int) {
        switch Sockets.receive(link.descriptor, into: &buffer) {
        case .bytes(let count):
            link.framer.append(buffer[..<count])
            sessions[number - 1].bytesReceived += count
            let room = Self.keptBytes - sessions[number - 1].received.count
            if room > 0 { sessions[number - 1].received += buffer[..<min(count, room)] }
        case .nothingYet:
            return
        case .end, .failed:
            link.isEnded = true
        }
    }

    // MARK: - The script

    /// Does the steps that can be done. Returns false when the link is over.
    private mutating func proceed(_ link: inout Link, _ number: Int) -> Bool {
        while true {
            guard write(&link) else { return end(link, number, reset: false) }
            if link.isEnded { return end(link, number, reset: false) }
            guard link.outgoing.isEmpty else { return true }
            switch link.steps.first {
            case .send(let bytes):
                link.outgoing = bytes[...]
                link.steps.removeFirst()
            case .flood(let bytes, let total):
                guard link.flooded < total, !bytes.isEmpty else {
                    link.flooded = 0
                    link.steps.removeFirst()
                    continue
                }
                link.outgoing = bytes.prefix(total - link.flooded)
                link.flooded += link.outgoing.count
            case .awaitPacket:
                guard let message = nextMessage(&link) else { return true }
                if case .typed = message.kind { continue }
                link.steps.removeFirst()
            case .awaitMessage(let letter):
                guard let message = nextMessage(&link) else { return true }
                if message.isOfType(letter) { link.steps.removeFirst() }
            case .reply(let letter, let answer):
                guard let message = nextMessage(&link) else { return true }
                if message.isOfType(letter) {
                    link.outgoing = answer(message)[...]
                    link.steps.removeFirst()
                }
            case .serve(let answer):
                guard let message = nextMessage(&link) else { return true }
                link.outgoing = answer(message)[...]
            case .silence:
                _ = link.framer.takeRemainder()
                return true
            case .reset:
                return end(link, number, reset: true)
            case .finish, nil:
                if !link.hasFinished { Sockets.finishWriting(link.descriptor) }
                link.hasFinished = true
                _ = link.framer.takeRemainder()
                return true
            }
        }
    }

    private func write(_ link: inout Link) -> Bool {
        while !link.outgoing.isEmpty {
            guard let count = Sockets.put(link.descriptor, link.outgoing) else { return false }
            if count == 0 { return true }
            link.outgoing = link.outgoing.dropFirst(count)
        }
        return true
    }

    private func nextMessage(_ link: inout Link) -> WireMessage? {
        guard let message = link.framer.next(in: link.phase) else { return nil }
        // What is larger than the framer waits for is passed over piece by piece.
        let taken = link.framer.take(message.length).count
        guard taken == message.length else { return nil }
        if message.kind == .startup { link.phase = .session }
        return message
    }

    private mutating func end(_ link: Link, _ number: Int, reset: Bool) -> Bool {
        if reset { Sockets.reset(link.descriptor) } else { Sockets.giveBack(link.descriptor) }
        sessions[number - 1].isOpen = false
        return false
    }
}
