/// Whether a satellite works.
public enum SatelliteStatus: OpenEnumeration {
    /// It sends heartbeats and gets commands.
    case active
    /// It is registered, and its next heartbeat makes it active.
    case inactive
    /// An administrator has taken it out of service; heartbeats do not change that.
    case maintenance
    /// An administrator has marked it as broken; heartbeats do not change that.
    case error
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SatelliteStatus] = [.active, .inactive, .maintenance, .error]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "active": self = .active
        case "inactive": self = .inactive
        case "maintenance": self = .maintenance
        case "error": self = .error
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .active: "active"
        case .inactive: "inactive"
        case .maintenance: "maintenance"
        case .error: "error"
        case .unknown(let text): text
        }
    }
}
