import DeployStackModels

// Rows for the catalogue of statements. Their values do not matter, only their types do.

extension User {
    static let example = User(
        id: "", username: "", email: "", authType: .emailSignup, firstName: nil, lastName: nil, githubID: nil, roleID: nil, isEmailVerified: false,
        createdAt: .epoch, updatedAt: .epoch)
}

extension Role {
    static let example = Role(id: "", name: "", description: nil, permissions: [], isSystemRole: false, createdAt: .epoch, updatedAt: .epoch)
}

extension SubstringRule {
    static let example = SubstringRule(lowercased: "")
}

extension StoredSetting {
    static let example = StoredSetting(
        key: "", name: nil, value: "", type: .string, description: nil, isEncrypted: false, groupID: nil, createdAt: .epoch, updatedAt: .epoch)
}

extension Team {
    static let example = Team(
        id: "", name: "", slug: "", description: nil, ownerID: "", isDefault: false, limits: TeamLimits(), createdAt: .epoch, updatedAt: .epoch)
}

extension McpServer {
    static let example = McpServer(
        id: "", name: "", slug: "", description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil, language: "", runtime: "",
        transport: .stdio, visibility: .global, ownerTeamID: nil, categoryID: nil, tags: [], metadata: [:], status: .active, isFeatured: false,
        source: .manual, requiresOAuth: false, gitHubStars: nil, createdAt: .epoch, updatedAt: .epoch, details: nil)
}

extension CatalogSearch {
    static let example = CatalogSearch(known: .web(""))
    static let examples = SearchQuery.Mode.allCases.flatMap { mode in
        [false, true].map { ("\(mode)\($0 ? " with tags" : "")", CatalogSearch(known: SearchQuery("example", mode: mode, includesTags: $0))) }
    }
}

extension McpServerDetails {
    static let example = McpServerDetails(NewServer(name: ""), by: .system)
}

extension McpInstallation {
    static let example = McpInstallation(
        id: "", teamID: "", serverID: "", createdBy: nil, name: "", type: .global, configuration: TeamConfiguration(), settings: [:],
        satelliteID: nil, createdAt: .epoch, updatedAt: .epoch, lastUsedAt: nil)
}

extension McpUserConfiguration {
    static let example = McpUserConfiguration(
        id: "", installationID: "", userID: "", values: UserConfigurationValues(), createdAt: .epoch, updatedAt: .epoch, lastUsedAt: nil)
}

extension AccessToken {
    static let example = AccessToken(
        id: "", userID: "", teamID: "", clientID: "", scopes: [], resource: nil, familyID: nil, createdAt: .epoch, expiresAt: .epoch, lastUsedAt: nil)
}

extension AuthorizationRequest {
    static let example = AuthorizationRequest(
        id: "", userID: "", teamID: "", clientID: "", redirectURI: "", scopes: [], state: "", codeChallenge: "", codeChallengeMethod: .s256,
        resource: nil, createdAt: .epoch, expiresAt: .epoch)
}

extension RefreshToken {
    static let example = RefreshToken(
        id: "", userID: "", teamID: "", clientID: "", scopes: [], resource: nil, familyID: "", isUsed: false, usedAt: nil, createdAt: .epoch,
        expiresAt: .epoch)
}

extension OAuthClient {
    static let example = OAuthClient(id: "", registration: .dynamic, name: "", redirectURIs: [])
}

extension TeamConsent {
    static let example = TeamConsent(id: "", userID: "", teamID: "", clientID: "", scopes: [], grantedAt: .epoch)
}

extension AppNotification {
    static let example = AppNotification(id: "", userID: "", title: "", message: "", isRead: false, createdAt: .epoch)
}

extension ArrivalPosition {
    static let example = ArrivalPosition(history: "", snapshot: "1:1:")
    static let furtherExample = ArrivalPosition(
        history: "", snapshot: "1:1:", progress: Progress(target: "1:1:", last: Row(transaction: "1", createdAt: .epoch, id: "")))
}
