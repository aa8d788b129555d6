/// What a member may do in a team.
public enum TeamRole: OpenEnumeration {
    /// Installs servers, sets shared configuration and manages members.
    case administrator
    /// Uses the team's servers and sets a personal configuration.
    case user
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [TeamRole] = [.administrator, .user]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "team_admin": self = .administrator
        case "team_user": self = .user
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .administrator: "team_admin"
        case .user: "team_user"
        case .unknown(let text): text
        }
    }
}
