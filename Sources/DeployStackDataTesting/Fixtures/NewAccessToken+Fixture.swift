public import DeployStackModels

extension NewAccessToken {
    /// An access token to issue.
    ///
    /// - Parameters:
    ///   - user: The user on whose behalf it acts.
    ///   - team: The team that it is bound to.
    ///   - clientID: The OAuth client that gets it.
    ///   - scopes: What it allows.
    ///   - resource: The audience that it is for.
    ///   - familyID: The grant that it comes from.
    public static func fixture(
        user: UserID, team: TeamID, clientID: String = "vscode_mcp_extension", scopes: [TokenScope] = TokenScope.all, resource: String? = nil,
        familyID: String? = nil
    ) -> NewAccessToken {
        NewAccessToken(user: user, team: team, clientID: clientID, scopes: scopes, resource: resource, familyID: familyID)
    }
}
