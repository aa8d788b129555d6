/// Whom a satellite serves.
public enum SatelliteType: OpenEnumeration {
    /// It serves every team.
    case global
    /// It serves the team that it belongs to.
    case team
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SatelliteType] = [.global, .team]

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
