/// How far a command is.
public enum SatelliteCommandStatus: OpenEnumeration {
    /// It waits for its satellite.
    case pending
    /// The satellite has fetched it.
    case acknowledged
    /// The satellite is at work on it.
    case executing
    /// It is done.
    case completed
    /// It failed, or expired before it was begun, and is not tried again.
    case failed
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [SatelliteCommandStatus] = [.pending, .acknowledged, .executing, .completed, .failed]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "pending": self = .pending
        case "acknowledged": self = .acknowledged
        case "executing": self = .executing
        case "completed": self = .completed
        case "failed": self = .failed
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .pending: "pending"
        case .acknowledged: "acknowledged"
        case .executing: "executing"
        case .completed: "completed"
        case .failed: "failed"
        case .unknown(let text): text
        }
    }
}
