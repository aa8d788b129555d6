/// Everything that the proxy's thread and the tests share, behind the proxy's lock.
struct ProxyState: SocketMachine {
    let target: FaultProxy.Target
    let isFramed: Bool
    let host: UInt32
    let port: Int
    /// A socket that never listens and keeps the port while nobody else does; nil after the end.
    private var placeholder: Int32?
    /// The socket at which clients come in, unless they are refused.
    private var listener: Int32?
    private(set) var admission = Admission.forward
    private var modes: [FlowDirection: FlowMode] = [:]
    private(set) var links: [Int: Link] = [:]
    private var acceptedLinks = 0
    var rules = RuleBook()
    var log = ProxyLog()
    /// How often each fault has struck, by its name.
    private(set) var strikes: [String: Int] = [:]
    private var random = FaultSeed.run.generator("proxy")
    private var hasEnded = false
    /// Where the listener stands in the thread's poll set.
    private var listenerIndex: Int?

    init(target: FaultProxy.Target, host: UInt32, isFramed: Bool) throws {
        self.target = target
        self.host = host
        self.isFramed = isFramed
        let placeholder = try Sockets.bound(to: 0, of: host)
        self.placeholder = placeholder
        port = Sockets.port(of: placeholder)
        listener = try Self.listener(at: port, of: host)
    }

    private static func listener(at port: Int, of host: UInt32) throws -> Int32 {
        let socket = try Sockets.bound(to: port, of: host)
        try Sockets.startListening(socket)
        return socket
    }

    /// The links that are open, in the order in which they came.
    var linkStates: [LinkState] {
        links.sorted { $0.key < $1.key }.map { $0.value.state(number: $0.key) }
    }

    // MARK: - What tests change

    mutating func setAdmission(_ admission: Admission) throws {
        guard !hasEnded else { return }
        log.add(.changed("admission \(admission)"))
        if admission == .refuse {
            if let listener { Sockets.giveBack(listener) }
            listener = nil
        } else if listener == nil {
            listener = try Self.listener(at: port, of: host)
        }
        self.admission = admission
    }

    mutating func setMode(_ mode: FlowMode, _ directions: [FlowDirection], link: Int?) {
        log.add(.changed("\(mode) \(directions.map(\.rawValue))"), link: link)
        for direction in directions {
            if link == nil { modes[direction] = mode }
            for number in links.keys where link == nil || link == number { links[number]?[direction].mode = mode }
        }
    }

    mutating func strikeNow(_ action: FaultAction, link: Int?, except spared: Int?) {
        for number in links.keys.sorted() where (link == nil || link == number) && number != spared { perform(action, on: number, "a test") }
    }

    mutating func finish() {
        for number in links.keys.sorted() { perform(.reset(), on: number, "the proxy's end") }
        if let listener { Sockets.giveBack(listener) }
        if let placeholder { Sockets.giveBack(placeholder) }
        (listener, placeholder) = (nil, nil)
        hasEnded = true
        log.expire(at: nil, because: "before it was closed")
    }

    // MARK: - What the thread does

    mutating func prepare(_ poll: inout PollSet, now: ContinuousClock.Instant) -> Duration? {
        listenerIndex = listener.map { poll.add($0, reading: true, writing: false) }
        var next = log.nextDeadline
        for number in links.keys {
            guard let link = links[number] else { continue }
            links[number]?.clientIndex = poll.add(link.client, reading: link.toServer.wantsInput, writing: link.toClient.wantsOutput(at: now))
            switch link.server {
            case .open(let descriptor):
                links[number]?.serverIndex = poll.add(
                    descriptor, reading: link.toClient.wantsInput, writing: link.toServer.wantsOutput(at: now))
            case .connecting(let descriptor):
                links[number]?.serverIndex = poll.add(descriptor, reading: false, writing: true)
            case .waiting(let until):
                links[number]?.serverIndex = nil
                next = min(next ?? until, until)
            case .none:
                links[number]?.serverIndex = nil
            }
            for look in [link.toServer.nextLook(after: now), link.toClient.nextLook(after: now)] {
                if let look { next = min(next ?? look, look) }
            }
        }
        return next.map { max(.zero, $0 - now) }
    }

    mutating func turn(_ poll: PollSet, buffer: inout [UInt8], now: ContinuousClock.Instant) {
        for number in links.keys.sorted() {
            guard var link = links.removeValue(forKey: number) else { continue }
            if let index = link.clientIndex, poll.isReadable(index), link.toServer.wantsInput {
                receive(&link, .toServer, link.client, &buffer, number)
            }
            advanceConnecting(&link, poll, number, now: now)
            if let index = link.serverIndex, poll.isReadable(index), link.toClient.wantsInput, let descriptor = link.serverDescriptor {
                receive(&link, .toClient, descriptor, &buffer, number)
            }
            links[number] = link
            pump(number, now: now)
        }
        if let listenerIndex, poll.isReadable(listenerIndex) { acceptClients(now: now) }
        log.expire(at: now)
    }

    private mutating func acceptClients(now: ContinuousClock.Instant) {
        while let listener, let client = Sockets.takeConnection(of: listener) {
            acceptedLinks += 1
            let number = acceptedLinks
            let server: Link.ServerSide =
                switch admission {
                case .forward, .refuse: .waiting(until: now)
                case .slow(let delay): .waiting(until: now + delay)
                case .silent: .none
                }
            var link = Link(client: client, server: server, modes: modes, isFramed: isFramed)
            if case .none = server {
                // What comes is read, so that its end is seen, and goes nowhere.
                link.toServer.breakOff()
                link.toClient.isSourceEnded = true
                link.toClient.breakOff()
            }
            log.add(.accepted, link: number)
            for direction in FlowDirection.allCases {
                for rule in rules.dueAtBeginning(direction) { link[direction].strike(rule, now: now) }
            }
            links[number] = link
            startConnecting(number, now: now)
            pump(number, now: now)
        }
    }

    private mutating func startConnecting(_ number: Int, now: ContinuousClock.Instant) {
        guard var link = links[number] else { return }
        advanceConnecting(&link, nil, number, now: now)
        links[number] = link
    }

    private mutating func advanceConnecting(_ link: inout Link, _ poll: PollSet?, _ number: Int, now: ContinuousClock.Instant) {
        switch link.server {
        case .waiting(let until) where until <= now:
            let result =
                switch target {
                case .unixSocket(let path): Sockets.connectTo(path: path)
                case .port(let port): Sockets.connectTo(port: port)
                }
            switch result {
            case .connected(let descriptor):
                link.server = .open(descriptor)
                log.add(.connected, link: number)
            case .underWay(let descriptor):
                link.server = .connecting(descriptor)
            case .tryAgain:
                link.server = .waiting(until: now + .milliseconds(2))
            case .failed(let code):
                giveUp(&link, code, number)
            }
        case .connecting(let descriptor):
            guard let poll, let index = link.serverIndex, poll.isWritable(index) else { return }
            let code = Sockets.pendingError(descriptor)
            if code == 0 {
                link.server = .open(descriptor)
                log.add(.connected, link: number)
            } else {
                Sockets.giveBack(descriptor)
                giveUp(&link, code, number)
            }
        case .waiting, .open, .none:
            return
        }
    }

    /// The server cannot be reached: the client is told as a refusal would tell it, only later.
    private mutating func giveUp(_ link: inout Link, _ code: Int32, _ number: Int) {
        log.add(.unreachable(code: code), link: number)
        link.server = .none
        link.toClient.isSourceEnded = true
        link.toClient.isSourceReset = true
    }

    private mutating func receive(_ link: inout Link, _ direction: FlowDirection, _ source: Int32, _ buffer: inout [UInt8], _ number: Int) {
        switch Sockets.receive(source, into: &buffer) {
        case .bytes(let count):
            if link[direction].isBroken { return }
            link[direction].framer.append(buffer[..<count])
        case .nothingYet:
            return
        case .end, .failed(isReset: false):
            link[direction].isSourceEnded = true
            log.add(.ended(direction), link: number)
        case .failed:
            link[direction].isSourceEnded = true
            link[direction].isSourceReset = true
            log.add(.ended(direction), link: number)
        }
    }

    /// Passes on, strikes and ends, until nothing more can be done on a link.
    private mutating func pump(_ number: Int, now: ContinuousClock.Instant) {
        var goesOn = true
        while goesOn {
            goesOn = false
            for direction in FlowDirection.allCases {
                guard var link = links.removeValue(forKey: number) else { return }
                let messages = link.admit(direction, rules: &rules, random: &random, now: now)
                let destination = link.destination(of: direction)
                let rule = link[direction].drain(into: destination, now: now)
                links[number] = link
                for message in messages { log.add(.message(message), link: number) }
                if let rule {
                    strike(rule, on: number)
                    goesOn = true
                }
            }
        }
        endWhatIsOver(number, now: now)
    }

    private mutating func endWhatIsOver(_ number: Int, now: ContinuousClock.Instant) {
        guard var link = links[number] else { return }
        for direction in FlowDirection.allCases {
            let flow = link[direction]
            guard flow.isSourceEnded, flow.isEmpty, !flow.isFinished, !flow.isStalled, flow.mode != .swallow, !flow.isBroken else { continue }
            if flow.framer.waiting > 0 {
                // The source went in the middle of a message: what came of it is passed on all the same.
                link[direction].passRemainder(now: now)
                let rest = link[direction].drain(into: link.destination(of: direction), now: now)
                assert(rest == nil)
                if !link[direction].isEmpty { continue }
            }
            if flow.isSourceReset {
                links[number] = link
                perform(.reset(), on: number, "reset by \(direction == .toServer ? "the client" : "the server")")
                return
            }
            guard let destination = link.destination(of: direction) else { continue }
            Sockets.finishWriting(destination)
            link[direction].isFinished = true
        }
        links[number] = link
        if link.isOver { closeBoth(number, "both ends have ended", reset: []) }
    }

    // MARK: - Faults

    private mutating func strike(_ id: Int, on number: Int) {
        guard let rule = rules.rule(id) else { return }
        log.add(.struck(rule: rule.name), link: number)
        strikes[rule.name, default: 0] += 1
        perform(rule.action, on: number, rule.name)
    }

    private mutating func perform(_ action: FaultAction, on number: Int, _ reason: String) {
        guard let link = links[number] else { return }
        switch action {
        case .reset(let ends):
            closeBoth(number, "reset by \(reason)", reset: ends == .both ? [.client, .server] : [ends])
        case .finish:
            for direction in FlowDirection.allCases { halfClose(direction, number) }
        case .halfClose(let direction):
            halfClose(direction, number)
        case .mode(let mode, let direction):
            for direction in direction.map({ [$0] }) ?? FlowDirection.allCases { links[number]?[direction].mode = mode }
        #if os(Linux)
            case .vanish:
                for direction in FlowDirection.allCases { links[number]?[direction].mode = .stall }
                Sockets.deafen(link.client)
        #endif
        case .note:
            return
        case .perform(let body):
            body(link.state(number: number))
        }
    }

    private mutating func halfClose(_ direction: FlowDirection, _ number: Int) {
        guard let destination = links[number]?.destination(of: direction) else { return }
        Sockets.finishWriting(destination)
        links[number]?[direction].breakOff()
        links[number]?[direction].isFinished = true
    }

    private mutating func closeBoth(_ number: Int, _ reason: String, reset: Set<FaultAction.Ends>) {
        guard let link = links.removeValue(forKey: number) else { return }
        if reset.contains(.client) { Sockets.reset(link.client) } else { Sockets.giveBack(link.client) }
        switch link.server {
        case .open(let descriptor), .connecting(let descriptor):
            if reset.contains(.server) { Sockets.reset(descriptor) } else { Sockets.giveBack(descriptor) }
        case .waiting, .none:
            break
        }
        log.add(.closed(reason), link: number)
    }
}
