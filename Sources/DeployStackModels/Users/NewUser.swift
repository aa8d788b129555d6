/// What is needed to create a user.
public struct NewUser: Sendable, Hashable {
    /// The name by which others know the user, 3 to 30 characters, without white space at its ends.
    public var username: String
    /// The e-mail address, at most 254 bytes; it is stored in lower case.
    public var email: String
    /// How the user signs in.
    public var authType: AuthenticationType
    /// The given name, or `nil` when unknown, at most 100 characters.
    public var firstName: String?
    /// The family name, or `nil` when unknown, at most 100 characters.
    public var lastName: String?
    /// The user's identifier at GitHub, or `nil` when the account is not linked.
    public var githubID: String?

    /// Describes a user to create.
    public init(
        username: String, email: String, authType: AuthenticationType = .emailSignup, firstName: String? = nil, lastName: String? = nil,
        githubID: String? = nil
    ) {
        self.username = username
        self.email = email
        self.authType = authType
        self.firstName = firstName
        self.lastName = lastName
        self.githubID = githubID
    }
}
