public import DeployStackModels

extension NewUser {
    /// A user to create, with a name and an address that no other has.
    ///
    /// - Parameters:
    ///   - username: The username, or `nil` for a new one.
    ///   - email: The e-mail address, or `nil` for a new one.
    ///   - authType: How the user signs in.
    ///   - firstName: The given name.
    ///   - lastName: The family name.
    ///   - githubID: The user's identifier at GitHub.
    public static func fixture(
        username: String? = nil, email: String? = nil, authType: AuthenticationType = .emailSignup, firstName: String? = nil, lastName: String? = nil,
        githubID: String? = nil
    ) -> NewUser {
        let unique = UniqueText.make("user-")
        return NewUser(
            username: username ?? unique, email: email ?? "\(unique)@example.org", authType: authType, firstName: firstName, lastName: lastName,
            githubID: githubID)
    }
}
