import DeployStackModels

/// Whose notifications a stream tells.
enum StreamTopic: Hashable, Sendable {
    case user(UserID)
    case team(TeamID)

    /// The topic that the database names in a wake-up, as its trigger writes it; nil for one that is meant for everybody.
    init?(wakeUp text: String) {
        if text.hasPrefix("user:") {
            self = .user(UserID(String(text.dropFirst(5))))
        } else if text.hasPrefix("team:") {
            self = .team(TeamID(String(text.dropFirst(5))))
        } else {
            return nil
        }
    }

    /// A topic about which nothing is ever told becomes one that can be asked for.
    static func existing(user: UserID) -> StreamTopic { .user(IdentifierRule.canExist(user) ? user : "") }
    /// A topic about which nothing is ever told becomes one that can be asked for.
    static func existing(team: TeamID) -> StreamTopic { .team(IdentifierRule.canExist(team) ? team : "") }
}
