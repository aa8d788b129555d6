/// What an instance is doing.
public enum McpInstanceStatus: OpenEnumeration {
    /// A required personal value is missing.
    case awaitingUserConfiguration
    /// It was ordered.
    case provisioning
    /// A satellite has the order.
    case commandReceived
    /// The satellite connects to it.
    case connecting
    /// The satellite asks for its tools.
    case discoveringTools
    /// The satellite reports its tools.
    case syncingTools
    /// It can be used.
    case online
    /// It is being restarted.
    case restarting
    /// It does not run.
    case offline
    /// It failed.
    case error
    /// Its user must sign in again.
    case requiresReauthentication
    /// It crashed too often and is not started again.
    case permanentlyFailed
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpInstanceStatus] = [
        .awaitingUserConfiguration, .provisioning, .commandReceived, .connecting, .discoveringTools, .syncingTools, .online, .restarting, .offline,
        .error, .requiresReauthentication, .permanentlyFailed,
    ]

    /// What people want to know first about an instance.
    public enum Group: String, Sendable, Hashable, CaseIterable {
        /// It can be used.
        case online
        /// It does not run.
        case offline
        /// Somebody must do something.
        case error
        /// Everything else: it waits or is on its way.
        case provisioning
    }

    /// The group that the status belongs to.
    public var group: Group {
        switch self {
        case .online: .online
        case .offline: .offline
        case .error, .permanentlyFailed, .requiresReauthentication: .error
        default: .provisioning
        }
    }

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "awaiting_user_config": self = .awaitingUserConfiguration
        case "provisioning": self = .provisioning
        case "command_received": self = .commandReceived
        case "connecting": self = .connecting
        case "discovering_tools": self = .discoveringTools
        case "syncing_tools": self = .syncingTools
        case "online": self = .online
        case "restarting": self = .restarting
        case "offline": self = .offline
        case "error": self = .error
        case "requires_reauth": self = .requiresReauthentication
        case "permanently_failed": self = .permanentlyFailed
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .awaitingUserConfiguration: "awaiting_user_config"
        case .provisioning: "provisioning"
        case .commandReceived: "command_received"
        case .connecting: "connecting"
        case .discoveringTools: "discovering_tools"
        case .syncingTools: "syncing_tools"
        case .online: "online"
        case .restarting: "restarting"
        case .offline: "offline"
        case .error: "error"
        case .requiresReauthentication: "requires_reauth"
        case .permanentlyFailed: "permanently_failed"
        case .unknown(let text): text
        }
    }
}
