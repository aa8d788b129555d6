/// How a user signs in.
public enum AuthenticationType: OpenEnumeration {
    /// With an e-mail address and a password.
    case emailSignup
    /// With a GitHub account.
    case github
    /// A value that this version does not know, as it is stored.
    case unknown(String)

    /// The cases that this version knows.
    public static let known: [AuthenticationType] = [.emailSignup, .github]

    /// The case for a stored text.
    public init(rawValue: String) {
        switch rawValue {
        case "email_signup": self = .emailSignup
        case "github": self = .github
        default: self = .unknown(rawValue)
        }
    }

    /// The stored text.
    public var rawValue: String {
        switch self {
        case .emailSignup: "email_signup"
        case .github: "github"
        case .unknown(let text): text
        }
    }
}
