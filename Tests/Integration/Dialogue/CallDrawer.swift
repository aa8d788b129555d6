import DeployStackDataTesting
import DeployStackModels
import Foundation

/// Draws a call and what it is made with from a stream of choices. Equal choices on equal knowledge give equal calls.
struct CallDrawer {
    var choices: Choices
    let known: Known
    /// What the clocks show.
    let now: Timestamp

    /// The repositories, in the order of the choices that name them.
    enum Subject: Int, CaseIterable {
        case users, teams, members, catalog, versions, search, categories, installations, configurations, instances, userConfigurations
        case requests, tokens, clients, notifications, inbox, satellites, heartbeats, commands, registration, settings, preferences, roles, time
    }

    /// How the first steps of a sequence begin, so that the later ones have something to talk about: a subject and, by the choice 0, its making.
    static let opening: [Subject] = [.users, .users, .teams, .catalog, .catalog, .installations, .members, .clients, .satellites, .notifications]

    /// What a sequence is mostly about. It has too few steps to go into everything; many sequences go into all of it.
    static func themes(_ random: inout SplitMix) -> [Int] {
        (0..<3).map { _ in random.below(Subject.allCases.count) }
    }

    /// How deep transactions are in one another.
    private static let depth = 3

    /// The next step: mostly one call, sometimes a transaction of several.
    mutating func step(depth: Int = 0) -> DialogueCall {
        // One number decides, so that an opening can name the subject with it.
        let number = choices.below(Subject.allCases.count * 12)
        let subject = Subject.allCases[number % Subject.allCases.count]
        guard number >= Subject.allCases.count * 11, depth < Self.depth else { return call(of: subject) }
        let calls = (0..<1 + choices.below(4)).map { _ in step(depth: depth + 1) }
        return .transaction(of: calls, ending: choices.one(of: DialogueCall.Ending.allCases))
    }

    private mutating func call(of subject: Subject) -> DialogueCall {
        // Something new is made more often than any single other thing is done.
        let method = choices.below(4) == 0 ? 0 : choices.below(1_000)
        return switch subject {
        case .users: users(method)
        case .roles: roles(method)
        case .teams: teams(method)
        case .members: members(method)
        case .catalog: catalog(method)
        case .versions: versions(method)
        case .search: search(method)
        case .categories: categories(method)
        case .installations: installations(method)
        case .configurations: configurations(method)
        case .instances: instances(method)
        case .userConfigurations: userConfigurations(method)
        case .requests: requests(method)
        case .tokens: tokens(method)
        case .clients: clients(method)
        case .notifications: notifications(method)
        case .inbox: inbox(method)
        case .satellites: satellites(method)
        case .heartbeats: heartbeats(method)
        case .commands: commands(method)
        case .registration: registration(method)
        case .settings: settings(method)
        case .preferences: preferences(method)
        case .time: time()
        }
    }

    /// Moves the clocks: a little, far, or to a moment at which something expires, or just beside it.
    private mutating func time() -> DialogueCall {
        let durations: [Duration] = [
            .seconds(1), .microseconds(1), .seconds(60), .seconds(90), .seconds(300), .seconds(900), .seconds(3_600), .seconds(86_400),
            .seconds(604_800),
            .seconds(31 * 86_400),
        ]
        let ahead = known.moments.filter { $0 > now }
        guard choices.below(3) > 0, !ahead.isEmpty else {
            let duration = choices.one(of: durations)
            return DialogueCall(text: "time passes: \(duration)") { side in
                side.clock.advance(by: duration)
                return Answer(side.clock.now())
            }
        }
        let moment = ahead[ahead.count - 1 - choices.below(ahead.count)] + choices.one(of: [.zero, .microseconds(-1), .microseconds(1)])
        return DialogueCall(text: "time passes until \(moment)") { side in
            // Time may have passed in the same transaction already; it never runs backwards.
            if side.clock.now() < moment { side.clock.set(to: moment) }
            return Answer(side.clock.now())
        }
    }
}

extension CallDrawer {
    /// Mostly one of the newest that are known of a kind; sometimes an old one, one of another kind, or one that cannot exist.
    mutating func text(of kind: Fact.Kind) -> String { fact(of: kind).text }

    /// As ``text(of:)``, as an identifier.
    mutating func id<Tag>(_ kind: Fact.Kind) -> Identifier<Tag> { Identifier(text(of: kind)) }

    /// A fact of a kind, mostly one that is true.
    mutating func fact(of kind: Fact.Kind) -> Fact {
        let facts = known.all(kind)
        switch choices.below(24) {
        case 23: return Fact(kind, choices.one(of: ["", "nowhere", "nul\0", String(repeating: "x", count: 256), "' OR TRUE --", "\u{10FFFF}"]))
        case 22: return Fact(kind, choices.one(of: ["global_admin", "team_user"] + Fact.Kind.allCases.flatMap { known.ids($0).suffix(3) }))
        case 18...21 where !facts.isEmpty: return facts[choices.below(facts.count)]
        default:
            guard !facts.isEmpty else { return Fact(kind, "unknown-\(kind)") }
            return facts[facts.count - 1 - choices.below(min(facts.count, 3))]
        }
    }

    /// A user and a team, mostly a member and theirs.
    mutating func member() -> (user: UserID, team: TeamID) {
        guard !choices.oneIn(6) else { return (id(.user), id(.team)) }
        let fact = fact(of: .membership)
        return (UserID(fact.text), TeamID(fact.owner))
    }

    /// An installation and a team, mostly its own.
    mutating func installation() -> (id: McpInstallationID, team: TeamID) {
        let fact = fact(of: .installation)
        return (McpInstallationID(fact.text), choices.oneIn(8) ? id(.team) : TeamID(fact.owner))
    }

    /// A name, mostly one of a few so that they collide.
    mutating func name() -> String {
        choices.below(4) == 3 ? hostileText() : "name-\(choices.below(8))"
    }

    /// A text as it is, or as somebody could write it who means the same.
    mutating func variant(of text: String) -> String {
        switch choices.below(8) {
        case 5: text.uppercased()
        case 6: text.decomposedStringWithCanonicalMapping
        case 7: text.precomposedStringWithCanonicalMapping
        default: text
        }
    }

    /// A name, or nothing.
    mutating func optionalName() -> String? { choices.oneIn(3) ? name() : nil }

    /// A text as databases and doubles stumble over it.
    mutating func hostileText() -> String {
        guard choices.below(2) == 1 else {
            return choices.one(of: ["caf\u{E9}", "cafe\u{301}", "NAME-1", " name-1 ", "", "%", "nul\0"])
        }
        return choices.one(of: [
            "", "  ", " name-1 ", "NAME-1", "caf\u{E9}", "cafe\u{301}", "Caf\u{E9}", "\u{130}stanbul", "istanbul", "stra\u{DF}e", "\u{212A}elvin",
            "kelvin",
            "\u{65E5}\u{672C}\u{8A9E}", "O'Brien \"x\"; DROP TABLE teams; --", "nul\0nul", "\0", "\u{1F469}\u{200D}\u{1F680} rocket", "back\\slash",
            "%_", "a%",
            "a_b", "\u{202E}right to left", "\u{FFFE}", "\u{10FFFF}", "line\r\nline", "\r", "\t tab", "\u{A0}", "\u{3000}wide\u{3000}", "\u{200B}",
            String(repeating: "long ", count: 60), String(repeating: "x", count: 255), String(repeating: "\u{E9}", count: 255),
            String(repeating: "x", count: 5_000), "$1", "{}", "*****", "null", "a@b", "-", "a--b", "1",
        ])
    }

    mutating func fieldPatch() -> FieldPatch<String> {
        switch choices.below(4) {
        case 0, 1: .unchanged
        case 2: .clear
        default: .set(name())
        }
    }

    mutating func flag() -> Bool { choices.below(2) == 1 }

    mutating func page() -> Page {
        switch choices.below(10) {
        case 9:
            Page(
                limit: choices.one(of: [0, -1, 101, 100, Int.max, Int.min, 1]), offset: choices.one(of: [0, -1, Int.max, Int(Int32.max) + 1, 1]))
        case 0...3: Page(limit: 100)
        default: Page(limit: 1 + choices.below(4), offset: choices.below(4))
        }
    }

    mutating func limit() -> Int {
        choices.below(8) == 7 ? choices.one(of: [0, -1, 101, 1_001, 100_001, Int.max, Int.min]) : 1 + choices.below(5)
    }

    /// A moment, mostly now or one that was told.
    mutating func moment() -> Timestamp {
        switch choices.below(8) {
        case 7: choices.one(of: [.earliest, .latest, .epoch, now + .microseconds(1), now + .seconds(-60), now + .seconds(60), now + .seconds(-61)])
        case 4...6 where !known.moments.isEmpty: known.moments[known.moments.count - 1 - choices.below(min(known.moments.count, 6))]
        default: now
        }
    }

    /// A length of time, often what has passed since something happened.
    mutating func age() -> Duration {
        let past = known.moments.filter { $0 <= now }
        if choices.below(2) == 1, !past.isEmpty {
            let moment = past[past.count - 1 - choices.below(min(past.count, 6))]
            return .microseconds(now.microsecondsSinceEpoch - moment.microsecondsSinceEpoch)
        }
        return choices.one(of: [
            .seconds(90), .zero, .microseconds(1), .seconds(60), .seconds(3_600), .seconds(86_400), .seconds(-1), .seconds(90 * 86_400),
            .seconds(Int64.max), .seconds(Int64.min), .nanoseconds(1_500),
        ])
    }

    mutating func tags() -> [String] {
        let tags = [
            "git", "files", "Search", "search", "caf\u{E9}", "cafe\u{301}", " padded ", "a\"b", "a,b", "{}", " ", "", "nul\0", "back\\slash",
            "\u{1F680}",
        ]
        return (0..<choices.below(4)).map { _ in tags[choices.oneIn(4) ? choices.below(tags.count) : choices.below(6)] }
    }

    /// An object, mostly; numbers, keys and depths as they are told apart or not.
    mutating func json() -> JSONValue {
        let texts = [
            "{}", #"{"a": 1}"#, #"{"b": {"c": [1, "x", null]}}"#, #"{"request_logging_enabled": false}"#, #"{"a": null}"#, #"{"a": 1.0, "a": 1e0}"#,
            #"{"B": 1, "aa": 2, "b": 3, "": 4}"#, #"{"n": 9007199254740993, "m": 12345678901234567890.1234567890}"#, #"{"z": 1e400, "e": -0}"#,
            #"{"café": "é", "cafe\#u{301}": "e\#u{301}"}"#, "[]", "[1, [2, {}]]", "null", "true", "1", #""text""#, #"{"u": "\u0000"}"#,
            #"{"request_logging_enabled": "yes"}"#, String(repeating: "[", count: 63) + String(repeating: "]", count: 63),
        ]
        let text = texts[choices.oneIn(3) ? choices.below(texts.count) : choices.below(6)]
        return (try? JSONValue(parsing: text)) ?? .init(.object([:]))
    }

    /// The values of one kind of a tier: arguments, or variables by their names; with secrets, masks and blanks.
    mutating func values() -> JSONValue {
        choices.one(of: [
            ["TOKEN": "value", "KEY": "mine"], ["TOKEN": "t0ps3cret"], ["KEY": "k"], ["TOKEN": "*****"], ["TOKEN": " "], ["TOKEN": "", "X": "y"], [:],
            ["--flag", "value"], [], ["TOKEN": 5], ["TOKEN": ["a": 1]], "text", 7, ["KEY": .init(.null)], ["nul": "\0"],
            ["caf\u{E9}": "1", "cafe\u{301}": "2"],
        ])
    }

    mutating func valuesPatch() -> FieldPatch<JSONValue> {
        switch choices.below(4) {
        case 0, 1: .unchanged
        case 2: .set(values())
        default: .clear
        }
    }
}
