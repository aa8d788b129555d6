import DeployStackModels

/// What came of a call: a text in which everything that two stores can differ in is to be seen, and what the call has told.
struct Answer: Sendable {
    var text: String
    var facts: [Fact] = []
    var moments: [Timestamp] = []
    /// Whether the call threw.
    var isRefusal = false

    /// The answer of a call that returned.
    init(_ value: some Sendable, _ further: [Fact] = []) {
        let teaching = value as? any Teaching
        facts = (teaching?.facts ?? []) + further
        moments = teaching?.moments ?? []
        // Secrets do not show themselves, so what is known of them is written out.
        text = facts.isEmpty ? "\(value)" : "\(value) \(facts)"
    }

    /// The answer of a call that threw.
    init(error: any Error) {
        text = (error as? DataError)?.allParts ?? "\(error)"
        isRefusal = true
    }

    /// The answers of the calls of a transaction.
    init(of answers: [Answer]) {
        text = answers.map(\.text).joined(separator: "\n")
        facts = answers.flatMap(\.facts)
        moments = answers.flatMap(\.moments)
    }
}

extension DataError {
    /// Everything that two backends must agree on.
    var allParts: String {
        "error \(kind) \(entity?.rawValue ?? "-") \(field ?? "-") \(reason ?? "-") \(rule?.rawValue ?? "-") \(limit.map { "\($0)" } ?? "-") "
            + "\(constraint ?? "-") \(outcome) \(cause?.rawValue ?? "-")"
    }
}

/// A result from which later calls learn.
protocol Teaching {
    var facts: [Fact] { get }
    var moments: [Timestamp] { get }
}

extension Teaching {
    var moments: [Timestamp] { [] }
}

extension Optional: Teaching where Wrapped: Teaching {
    var facts: [Fact] { self?.facts ?? [] }
    var moments: [Timestamp] { self?.moments ?? [] }
}

extension Array: Teaching where Element: Teaching {
    var facts: [Fact] { flatMap(\.facts) }
    var moments: [Timestamp] { flatMap(\.moments) }
}

extension PageResult: Teaching where Item: Teaching {
    var facts: [Fact] { items.facts }
}

extension FeedPage: Teaching where Item: Teaching {
    var facts: [Fact] { items.facts }
}

extension User: Teaching {
    var facts: [Fact] { [Fact(.user, id), Fact(.username, username), Fact(.email, email)] }
}

extension Role: Teaching {
    var facts: [Fact] { [Fact(.role, id)] }
}

extension Team: Teaching {
    var facts: [Fact] { [Fact(.team, id), Fact(.slug, slug), Fact(.membership, ownerID, of: id.rawValue)] }
}

extension DefaultTeam: Teaching {
    var facts: [Fact] { team.facts + autoInstall.installed.map { Fact(.installation, $0, of: team.id.rawValue) } }
}

extension TeamMembership: Teaching {
    var facts: [Fact] { [Fact(.membership, userID, of: teamID.rawValue)] }
}

extension McpServer: Teaching {
    var facts: [Fact] { [Fact(.server, id), Fact(.slug, slug)] }
}

extension McpServerVersion: Teaching {
    var facts: [Fact] { [Fact(.version, id, of: serverID.rawValue)] }
}

extension McpCategory: Teaching {
    var facts: [Fact] { [Fact(.category, id)] }
}

extension McpInstallationDetail: Teaching {
    var facts: [Fact] { [Fact(.installation, id, of: installation.teamID.rawValue)] + instances.facts }
}

extension McpServerInstance: Teaching {
    var facts: [Fact] { path.map { [Fact(.instancePath, $0)] } ?? [] }
}

extension ProvisionedInstance: Teaching {
    var facts: [Fact] { instance.facts + [Fact(.instanceToken, token.reveal())] }
}

extension McpUserConfiguration: Teaching {
    var facts: [Fact] { [Fact(.configuration, id)] }
}

extension SettingValue: Teaching {
    var facts: [Fact] { secret.map { [Fact(.revealed, $0.reveal())] } ?? [] }
}

extension AppNotification: Teaching {
    var facts: [Fact] { [Fact(.notification, id, of: userID.rawValue)] }
    var moments: [Timestamp] { [createdAt] }
}
