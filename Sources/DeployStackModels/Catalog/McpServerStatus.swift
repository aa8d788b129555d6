/// Whether a server of the catalog can be used.
public enum McpServerStatus: OpenEnumeration {
    /// It can be installed.
    case active
    /// It can be installed, but something better exists.
    case deprecated
    /// It is being worked on.
    case maintenance
    /// It cannot be installed.
    case disabled
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpServerStatus] = [.active, .deprecated, .maintenance, .disabled]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "active": self = .active
        case "deprecated": self = .deprecated
        case "maintenance": self = .maintenance
        case "disabled": self = .disabled
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .active: "active"
        case .deprecated: "deprecated"
        case .maintenance: "maintenance"
        case .disabled: "disabled"
        case .unknown(let text): text
        }
    }
}
