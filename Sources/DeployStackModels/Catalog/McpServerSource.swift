/// Where an entry of the catalog came from.
public enum McpServerSource: OpenEnumeration {
    /// It is kept equal to the official registry.
    case officialRegistry
    /// An administrator or an import made it.
    case manual
    /// A team deployed it from a GitHub repository.
    case github
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpServerSource] = [.officialRegistry, .manual, .github]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "official_registry": self = .officialRegistry
        case "manual": self = .manual
        case "github": self = .github
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .officialRegistry: "official_registry"
        case .manual: "manual"
        case .github: "github"
        case .unknown(let text): text
        }
    }
}
