/// How a server is reached.
public enum McpTransport: OpenEnumeration {
    /// As a process on a satellite, through its standard input and output.
    case stdio
    /// As a remote endpoint, through streamable HTTP.
    case http
    /// As a remote endpoint, through server-sent events.
    case sse
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [McpTransport] = [.stdio, .http, .sse]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "stdio": self = .stdio
        case "http": self = .http
        case "sse": self = .sse
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .stdio: "stdio"
        case .http: "http"
        case .sse: "sse"
        case .unknown(let text): text
        }
    }
}
