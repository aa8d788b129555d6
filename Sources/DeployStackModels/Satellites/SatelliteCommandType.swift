/// What a satellite is told to do.
public enum SatelliteCommandType: OpenEnumeration {
    /// Fetch its configuration and apply it.
    case configure
    /// Start a server.
    case spawn
    /// Stop a server.
    case kill
    /// Stop a server and start it again.
    case restart
    /// Check a server's health.
    case healthCheck
    /// Forget what it knows about a user's tokens.
    case invalidateUserTokenCache
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SatelliteCommandType] = [.configure, .spawn, .kill, .restart, .healthCheck, .invalidateUserTokenCache]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "configure": self = .configure
        case "spawn": self = .spawn
        case "kill": self = .kill
        case "restart": self = .restart
        case "health_check": self = .healthCheck
        case "invalidate_user_token_cache": self = .invalidateUserTokenCache
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .configure: "configure"
        case .spawn: "spawn"
        case .kill: "kill"
        case .restart: "restart"
        case .healthCheck: "health_check"
        case .invalidateUserTokenCache: "invalidate_user_token_cache"
        case .unknown(let text): text
        }
    }
}
