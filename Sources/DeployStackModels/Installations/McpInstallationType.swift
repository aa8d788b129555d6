/// Which satellites run an installation.
public enum McpInstallationType: OpenEnumeration {
    /// Any of the platform's satellites.
    case global
    /// A satellite of the team.
    case team
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpInstallationType] = [.global, .team]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "global": self = .global
        case "team": self = .team
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .global: "global"
        case .team: "team"
        case .unknown(let text): text
        }
    }
}
