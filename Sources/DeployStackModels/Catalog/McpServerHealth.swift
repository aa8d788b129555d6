/// What the last health check of a server found.
public enum McpServerHealth: OpenEnumeration {
    /// It was not checked yet.
    case unchecked
    /// It answered.
    case online
    /// It did not answer.
    case offline
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpServerHealth] = [.unchecked, .online, .offline]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "unknown": self = .unchecked
        case "online": self = .online
        case "offline": self = .offline
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .unchecked: "unknown"
        case .online: "online"
        case .offline: "offline"
        case .unknown(let text): text
        }
    }
}
