import DeployStackModels

/// Something that an answer tells: an identifier, a secret, or what else later calls can be made with.
struct Fact: Sendable, Hashable, CustomStringConvertible {
    enum Kind: Sendable, Hashable, CaseIterable {
        case user, role, team, category, server, version, installation, configuration
        case client, request, accessTokenID, family, consent, satellite, command, registrationTokenID, notification
        case username, email, slug, membership, instancePath, instanceToken, clientSecret, code, accessToken, refreshToken, apiKey, registrationToken
        case cursor, revealed
    }

    var kind: Kind
    var text: String
    /// What it belongs to: an installation's team, a code's client.
    var owner: String

    init(_ kind: Kind, _ text: String, of owner: String = "") {
        self.kind = kind
        self.text = text
        self.owner = owner
    }

    init<Tag>(_ kind: Kind, _ id: Identifier<Tag>, of owner: String = "") {
        self.init(kind, id.rawValue, of: owner)
    }

    var description: String { owner.isEmpty ? "\(kind) \(text)" : "\(kind) \(text) of \(owner)" }
}

/// What a dialogue has been told so far, the oldest first. What was rolled back or deleted stays known: calls with stale identifiers are wanted.
struct Known {
    private var facts: [Fact.Kind: [Fact]] = [:]
    /// When something happened or expires.
    private(set) var moments: [Timestamp] = []

    mutating func learn(_ answer: Answer) {
        for fact in answer.facts where facts[fact.kind]?.contains(fact) != true { facts[fact.kind, default: []].append(fact) }
        for moment in answer.moments where !moments.contains(moment) { moments.append(moment) }
    }

    /// Remembers when a step was made.
    mutating func note(_ moment: Timestamp) {
        if !moments.contains(moment) { moments.append(moment) }
    }

    /// All facts of a kind, the oldest first.
    func all(_ kind: Fact.Kind) -> [Fact] { facts[kind] ?? [] }

    /// The identifiers of a kind, the oldest first.
    func ids(_ kind: Fact.Kind) -> [String] { all(kind).map(\.text) }
}
