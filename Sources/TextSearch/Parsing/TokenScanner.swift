/// Reads one token after the other, as the server's parser does.
///
/// A token is found by trying the rules of ``TokenGrammar``. Where a rule is only an attempt, the scanner remembers where to go on if it fails;
/// this memory is an array and not the call stack, because a text without blanks can hold as many attempts as it has characters.
struct TokenScanner {
    /// Where an attempt was made, and which rule comes after it.
    private struct Attempt {
        var position: Int
        var state: TokenState
        var rule: Int
        var attempted: TokenState
    }

    /// What was attempted in vain, and where.
    private struct Failure: Hashable {
        var position: Int
        var state: TokenState
    }

    /// Shorter attempts are repeated instead of remembered.
    private static let longAttempt = 32

    private let grammar = TokenGrammar.standard
    private let traits: [CharacterTraits]
    private let characters: [Unicode.Scalar]
    private var attempts: [Attempt] = []
    /// The long attempts that have failed before, so that a text like "a_a_a_…" is not read again from each of its characters.
    private var failures: Set<Failure> = []
    /// Where the next token begins.
    private(set) var position: Int
    private var state: TokenState
    private var wantsHost: Bool
    private var ignores = false

    init(_ characters: [Unicode.Scalar]) {
        self.init(characters, traits: characters.map { CharacterTraits($0) }, position: 0, state: .start, wantsHost: false)
    }

    private init(_ characters: [Unicode.Scalar], traits: [CharacterTraits], position: Int, state: TokenState, wantsHost: Bool) {
        self.characters = characters
        self.traits = traits
        self.position = position
        self.state = state
        self.wantsHost = wantsHost
    }

    /// The next token: its kind and the range of its characters, or `nil` at the end of the text.
    mutating func next() -> (kind: TokenKind, range: Range<Int>)? {
        guard position < traits.count else {
            return nil
        }
        let start = position
        var here = start
        // The furthest place that an attempt has come to.
        var reach = start
        var state = self.state
        var candidate = 0
        attempts.removeAll(keepingCapacity: true)
        while true {
            let trait = here < traits.count ? traits[here] : .end
            let rules = grammar[state]
            var skipped = 0
            while true {
                let rule = rules[candidate]
                if rule.traits.intersects(trait), let length = holds(rule.condition, at: here) {
                    skipped = length
                    break
                }
                candidate += 1
            }
            let resumption = candidate + 1
            candidate = 0
            switch rules[resumption - 1].effect {
            case .take(let next):
                state = next
                here += 1
            case .takeElement(let next):
                noteElement(start..<here)
                state = next
                here += 1
            case .attempt(let next):
                if !failures.isEmpty, !wantsHost, failures.contains(Failure(position: here, state: next)) {
                    candidate = resumption
                    continue
                }
                attempts.append(Attempt(position: here, state: state, rule: resumption, attempted: next))
                state = next
                here += 1
            case .accept(let next):
                state = next
            case .fail:
                guard let attempt = attempts.popLast() else {
                    return nil
                }
                reach = max(reach, here)
                if reach - attempt.position > Self.longAttempt, !wantsHost {
                    failures.insert(Failure(position: attempt.position, state: attempt.attempted))
                }
                here = attempt.position
                state = attempt.state
                candidate = attempt.rule
            case .giveUp:
                position = traits.count
                return nil
            case .end(let kind, let next):
                here += skipped
                position = here
                self.state = next
                return (kind, start..<here)
            case .endAndRescan(let kind, let next):
                here += skipped
                wantsHost = kind == .url
                self.state = next
                return (kind, start..<here)
            case .endBeforeNumber:
                position = start + 1
                self.state = .unsignedInteger
                return (.blank, start..<position)
            }
        }
    }

    /// How many characters a condition takes with it, or `nil` if it does not hold.
    private mutating func holds(_ condition: TokenRule.Condition, at here: Int) -> Int? {
        switch condition {
        case .none:
            return 0
        case .insideIgnoredElement:
            return ignores ? 0 : nil
        case .hostIsWanted:
            defer { wantsHost = false }
            return wantsHost ? 0 : nil
        case .hostFollows:
            return wantsHost ? nil : length(of: .host, from: .hostJoint, at: here, wantsHost: true)
        case .urlPathFollows:
            return length(of: .urlPath, from: .urlPathFirst, at: here, wantsHost: false)
        }
    }

    /// The length of the token of a kind that begins at a place, if there is one.
    private func length(of kind: TokenKind, from state: TokenState, at here: Int, wantsHost: Bool) -> Int? {
        var scanner = TokenScanner(characters, traits: traits, position: here, state: state, wantsHost: wantsHost)
        guard let token = scanner.next(), token.kind == kind else {
            return nil
        }
        return token.range.count
    }

    /// Remembers that a script or a style sheet begins or ends, given the characters of a tag up to the end of its name.
    private mutating func noteElement(_ range: Range<Int>) {
        guard (6...8).contains(range.count) else {
            return
        }
        switch String(String.UnicodeScalarView(characters[range])).lowercased() {
        case "<script", "<style": ignores = true
        case "</script", "</style": ignores = false
        default: break
        }
    }
}
