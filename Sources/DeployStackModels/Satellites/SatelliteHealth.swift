/// How a satellite says it is.
public enum SatelliteHealth: OpenEnumeration {
    /// Everything works.
    case active
    /// It works in part.
    case degraded
    /// It does not work.
    case error
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SatelliteHealth] = [.active, .degraded, .error]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "active": self = .active
        case "degraded": self = .degraded
        case "error": self = .error
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .active: "active"
        case .degraded: "degraded"
        case .error: "error"
        case .unknown(let text): text
        }
    }
}
