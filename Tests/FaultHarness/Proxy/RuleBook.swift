/// The faults that are armed, and how far each link has come towards them.
struct RuleBook {
    private struct Armed {
        let rule: FaultRule
        var strikesLeft: Int
        /// How many strikes have been promised and not yet made.
        var pending = 0
    }

    /// How far one link has come towards one fault.
    struct Progress {
        var isOpen = false
        var occurrences = 0
    }

    private var rules: [Int: Armed] = [:]
    private var nextID = 1

    /// Arms a fault and returns its number.
    mutating func arm(_ rule: FaultRule) -> Int {
        let id = nextID
        nextID += 1
        rules[id] = Armed(rule: rule, strikesLeft: rule.strikes)
        return id
    }

    /// Takes a fault back, or all.
    mutating func disarm(_ name: String?) {
        rules = rules.filter { name != nil && $0.value.rule.name != name }
    }

    /// What a fault that has been reached does; nil if it has been taken back meanwhile.
    mutating func rule(_ id: Int) -> FaultRule? {
        guard let armed = rules[id] else { return nil }
        rules[id]?.pending -= 1
        if armed.strikesLeft <= 0, armed.pending <= 1 { rules[id] = nil }
        return armed.rule
    }

    /// The faults that strike before anything has been passed on in a direction.
    mutating func dueAtBeginning(_ direction: FlowDirection) -> [Int] {
        rules.keys.sorted().filter { id in
            switch rules[id]?.rule.point {
            case .boundary(0, direction), .byte(0, direction): claim(id)
            default: false
            }
        }
    }

    /// The faults that strike while a message is passed on, in the order of the bytes that go before them.
    ///
    /// - Parameters:
    ///   - message: The message that is about to be passed on.
    ///   - passedBytes: The bytes of its direction that have been passed on before it.
    ///   - progress: What the link has seen so far.
    mutating func due(
        for message: WireMessage, passedBytes: Int, progress: inout [Int: Progress]
    ) -> [(offset: Int, rule: Int)] {
        var due: [(offset: Int, rule: Int)] = []
        for id in rules.keys.sorted() {
            guard let armed = rules[id], armed.strikesLeft > 0 else { continue }
            if armed.rule.since != nil, progress[id]?.isOpen != true { continue }
            guard let offset = offset(of: armed.rule.point, in: message, passedBytes, &progress[id, default: Progress()].occurrences) else {
                continue
            }
            if claim(id) { due.append((offset, id)) }
        }
        return due.sorted { ($0.offset, $0.rule) < ($1.offset, $1.rule) }
    }

    /// Notes a message that has been passed on, for the faults that wait for it.
    func note(_ message: WireMessage, progress: inout [Int: Progress]) {
        for (id, armed) in rules {
            if let since = armed.rule.since, since.matches(message) { progress[id, default: Progress()].isOpen = true }
        }
    }

    private mutating func claim(_ id: Int) -> Bool {
        guard let armed = rules[id], armed.strikesLeft > 0 else { return false }
        rules[id]?.strikesLeft -= 1
        rules[id]?.pending += 1
        return true
    }

    private func offset(of point: FaultPoint, in message: WireMessage, _ passedBytes: Int, _ occurrences: inout Int) -> Int? {
        switch point {
        case .before(let pattern, let occurrence):
            return occurs(pattern, occurrence, message, &occurrences) ? 0 : nil
        case .inside(let pattern, let byte, let occurrence):
            return occurs(pattern, occurrence, message, &occurrences) ? min(max(0, byte), message.length) : nil
        case .after(let pattern, let occurrence):
            return occurs(pattern, occurrence, message, &occurrences) ? message.length : nil
        case .boundary(let number, message.direction):
            return number == message.number + 1 ? message.length : nil
        case .byte(let number, message.direction):
            return (1...message.length).contains(number - passedBytes) ? number - passedBytes : nil
        case .boundary, .byte:
            return nil
        }
    }

    private func occurs(_ pattern: MessagePattern, _ occurrence: Int, _ message: WireMessage, _ occurrences: inout Int) -> Bool {
        guard pattern.matches(message) else { return false }
        occurrences += 1
        return occurrences == occurrence
    }
}
