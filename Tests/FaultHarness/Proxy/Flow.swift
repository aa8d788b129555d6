/// One direction of a link: what has come, what waits to go, and how.
struct Flow {
    /// What stands in the queue to the destination.
    enum Item {
        case bytes(ArraySlice<UInt8>)
        /// A fault that strikes once everything before it has been written.
        case strike(rule: Int)
    }

    /// So much may wait to be written before nothing more is read.
    private static let queueLimit = 256 * 1024

    let direction: FlowDirection
    var framer: MessageFramer
    var mode: FlowMode
    private var queue: [(item: Item, readyAt: ContinuousClock.Instant)] = []
    private var queuedBytes = 0
    /// How many bytes have been taken off the framer.
    private(set) var passedBytes = 0
    /// How many faults stand in the queue.
    private var queuedStrikes = 0
    /// The source has nothing more to say.
    var isSourceEnded = false
    /// The source has gone with a reset.
    var isSourceReset = false
    /// The destination has been told that nothing more will come.
    var isFinished = false
    /// The destination takes nothing more: everything is thrown away.
    var isBroken = false
    /// The faults that strike inside of the current message or at its end, by the number of its bytes that go before. Nil: not yet looked at.
    var due: [(offset: Int, rule: Int)]?
    private var budget = 0.0
    private var budgetAsOf: ContinuousClock.Instant?

    init(_ direction: FlowDirection, mode: FlowMode) {
        self.direction = direction
        framer = MessageFramer(direction)
        self.mode = mode
    }

    /// Whether a fault stands in the queue: nothing behind it is looked at before it has struck.
    var isStriking: Bool { queuedStrikes > 0 }

    /// The number of the current message's bytes after which the next fault strikes.
    var nextOffset: Int? { due?.first?.offset }

    var isStalled: Bool { mode == .stall }

    var isEmpty: Bool { queue.isEmpty }

    /// Whether more should be read from the source.
    var wantsInput: Bool {
        !isSourceEnded && !isStalled && !isStriking && queuedBytes < Self.queueLimit && framer.waiting < 2 * MessageFramer.wholeLimit
    }

    /// Whether something could be written now.
    func wantsOutput(at now: ContinuousClock.Instant) -> Bool {
        guard !isStalled, let head = queue.first, head.readyAt <= now else { return false }
        return allowance(at: now) > 0
    }

    /// When the flow should be looked at although no descriptor is ready.
    func nextLook(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard !isStalled, let head = queue.first else { return nil }
        if head.readyAt > now { return head.readyAt }
        return allowance(at: now) > 0 ? nil : now + .milliseconds(5)
    }

    /// Passes on bytes of the framer's current message: all until `limit`, as far as they have come. Returns how many.
    mutating func pass(_ limit: Int, delayedBy jitter: Double, now: ContinuousClock.Instant) -> Int {
        let bytes = framer.take(limit)
        passedBytes += bytes.count
        if !bytes.isEmpty, !isBroken, mode != .swallow { enqueue(.bytes(bytes), jitter, now) }
        return bytes.count
    }

    /// Lets the faults strike that are due after so many bytes of the current message. Returns whether there were any.
    mutating func strikeDue(at offset: Int, now: ContinuousClock.Instant) -> Bool {
        while let next = due?.first, next.offset <= offset {
            due?.removeFirst()
            strike(next.rule, now: now)
        }
        return isStriking
    }

    /// Passes on what came of a message whose rest will never come.
    mutating func passRemainder(now: ContinuousClock.Instant) {
        let bytes = framer.takeRemainder()
        passedBytes += bytes.count
        if !isBroken, mode != .swallow { enqueue(.bytes(bytes), 0, now) }
    }

    /// Lets a fault strike behind what is in the queue.
    mutating func strike(_ rule: Int, now: ContinuousClock.Instant) {
        queuedStrikes += 1
        enqueue(.strike(rule: rule), 0, now)
    }

    private mutating func enqueue(_ item: Item, _ jitter: Double, _ now: ContinuousClock.Instant) {
        var readyAt = now
        if case .delay(let delay, let spread) = mode, case .bytes = item { readyAt += delay + spread * jitter }
        if let last = queue.last { readyAt = max(readyAt, last.readyAt) }
        if case .bytes(let bytes) = item {
            queuedBytes += bytes.count
            // Small pieces of one moment are written together.
            if case .bytes(var previous)? = queue.last?.item, previous.count < 16 * 1024, queue[queue.count - 1].readyAt == readyAt {
                previous.append(contentsOf: bytes)
                queue[queue.count - 1].item = .bytes(previous)
                return
            }
        }
        queue.append((item, readyAt))
    }

    /// Writes what may be written. Returns the fault that has been reached, if one has.
    mutating func drain(into destination: Int32?, now: ContinuousClock.Instant) -> Int? {
        while !isStalled, let head = queue.first, head.readyAt <= now {
            switch head.item {
            case .strike(let rule):
                // What is done to a link takes both of its ends.
                guard destination != nil || isBroken else { return nil }
                queue.removeFirst()
                queuedStrikes -= 1
                return rule
            case .bytes(let bytes):
                if isBroken {
                    removeHead(bytes.count)
                    continue
                }
                let allowed = allowance(at: now)
                guard let destination, allowed > 0 else { return nil }
                guard let count = Sockets.put(destination, bytes.prefix(allowed)) else {
                    isBroken = true
                    continue
                }
                spend(count, at: now)
                if count == bytes.count {
                    removeHead(count)
                } else {
                    queue[0].item = .bytes(bytes.dropFirst(count))
                    queuedBytes -= count
                    if count < allowed { return nil }
                }
            }
        }
        return nil
    }

    /// Throws everything away that has not been written, and all that will come.
    mutating func breakOff() {
        isBroken = true
        queue.removeAll()
        queuedBytes = 0
        queuedStrikes = 0
    }

    private mutating func removeHead(_ count: Int) {
        queue.removeFirst()
        queuedBytes -= count
    }

    // MARK: - Rate

    private func allowance(at now: ContinuousClock.Instant) -> Int {
        guard case .rate(let bytesPerSecond) = mode else { return .max }
        guard let budgetAsOf else { return max(1, bytesPerSecond / 100) }
        let elapsed = (now - budgetAsOf) / Duration.seconds(1)
        return Int(min(budget + elapsed * Double(bytesPerSecond), max(1, Double(bytesPerSecond) / 20)))
    }

    private mutating func spend(_ count: Int, at now: ContinuousClock.Instant) {
        guard case .rate = mode else {
            budgetAsOf = nil
            return
        }
        budget = Double(allowance(at: now) - count)
        budgetAsOf = now
    }
}
