import DeployStackModels
import Synchronization

@testable import DeployStackData

// Rows with a default for everything that a test is not about.

extension User {
    static func row(_ id: UserID, username: String? = nil, email: String? = nil, githubID: String? = nil, role: RoleID? = nil) -> User {
        User(
            id: id, username: username ?? id.rawValue, email: email ?? "\(id)@example.org", authType: .emailSignup, firstName: nil, lastName: nil,
            githubID: githubID, roleID: role, isEmailVerified: false, createdAt: .epoch, updatedAt: .epoch)
    }
}

extension Team {
    static func row(_ id: TeamID, owner: UserID, slug: String? = nil, isDefault: Bool = false, limits: TeamLimits = TeamLimits()) -> Team {
        Team(
            id: id, name: id.rawValue, slug: slug ?? id.rawValue, description: nil, ownerID: owner, isDefault: isDefault, limits: limits,
            createdAt: .epoch, updatedAt: .epoch)
    }
}

extension TeamMembership {
    static func row(_ id: MembershipID, _ user: UserID, in team: TeamID) -> TeamMembership {
        TeamMembership(id: id, teamID: team, userID: user, role: .user, joinedAt: .epoch)
    }
}

extension ServerRow {
    static func row(_ id: McpServerID, owner: TeamID? = nil, creator: UserID? = nil, category: CategoryID? = nil) throws -> ServerRow {
        let environment = StoreEnvironment(StoreOptions())
        let new = NewServer(name: id.rawValue, ownerTeam: owner, category: category)
        var server = McpServer(new, in: environment)
        server.id = id
        server.slug = id.rawValue
        var details = McpServerDetails(new, by: .system)
        details.createdBy = creator
        return try ServerRow(server, details)
    }
}

extension McpInstallation {
    static func row(
        _ id: McpInstallationID, of server: McpServerID, in team: TeamID, creator: UserID? = nil, satellite: SatelliteID? = nil
    ) -> McpInstallation {
        McpInstallation(
            id: id, teamID: team, serverID: server, createdBy: creator, name: id.rawValue, type: .global, configuration: TeamConfiguration(),
            settings: [:], satelliteID: satellite, createdAt: .epoch, updatedAt: .epoch, lastUsedAt: nil)
    }
}

extension InstanceRow {
    static func row(_ id: McpInstanceID, of installation: McpInstallationID, _ user: UserID) -> InstanceRow {
        InstanceRow(
            instance: McpServerInstance(
                id: id, installationID: installation, userID: user, path: nil, status: .provisioning, statusMessage: nil, statusUpdatedAt: .epoch,
                lastHealthCheckAt: nil, lastCredentialCheckAt: nil, createdAt: .epoch, updatedAt: .epoch),
            tokenHash: nil)
    }
}

extension SatelliteRow {
    static func row(_ id: SatelliteID, team: TeamID) -> SatelliteRow {
        SatelliteRow(
            Satellite(
                id: id, name: "satellite-1", type: .team, teamID: team, status: .inactive, capabilities: [], lastHeartbeatAt: nil, url: "",
                region: nil, createdBy: nil, createdAt: .epoch, updatedAt: .epoch, details: nil),
            apiKeyHash: "hash")
    }
}

extension UserConfigurationRow {
    static func row(_ id: McpUserConfigurationID, of installation: McpInstallationID, _ user: UserID) -> UserConfigurationRow {
        UserConfigurationRow(
            McpUserConfiguration(
                id: id, installationID: installation, userID: user, values: UserConfigurationValues(), createdAt: .epoch, updatedAt: .epoch,
                lastUsedAt: nil))
    }
}

extension AccessTokenRow {
    static func row(_ id: AccessTokenID, _ user: UserID, in team: TeamID) -> AccessTokenRow {
        AccessTokenRow(
            record: AccessToken(
                id: id, userID: user, teamID: team, clientID: "client", scopes: TokenScope.all, resource: nil, familyID: nil, createdAt: .epoch,
                expiresAt: .epoch, lastUsedAt: nil),
            hash: TokenHash(of: id.rawValue))
    }
}

extension RefreshTokenRow {
    static func row(_ id: RefreshTokenID, _ user: UserID, in team: TeamID) -> RefreshTokenRow {
        RefreshTokenRow(
            record: RefreshToken(
                id: id, userID: user, teamID: team, clientID: "client", scopes: TokenScope.all, resource: nil,
                familyID: TokenFamilyID(id.rawValue), isUsed: false, usedAt: nil, createdAt: .epoch, expiresAt: .epoch),
            hash: TokenHash(of: id.rawValue))
    }
}

extension AuthorizationCodeRow {
    static func row(_ id: AuthorizationCodeID, _ user: UserID, in team: TeamID) -> AuthorizationCodeRow {
        AuthorizationCodeRow(
            request: AuthorizationRequest(
                id: id, userID: user, teamID: team, clientID: "client", redirectURI: "http://127.0.0.1/", scopes: TokenScope.all, state: "state",
                codeChallenge: "challenge", codeChallengeMethod: .s256, resource: nil, createdAt: .epoch, expiresAt: .epoch))
    }
}

extension TeamConsentRow {
    static func row(_ id: TeamConsentID, _ user: UserID, in team: TeamID) -> TeamConsentRow {
        TeamConsentRow(
            consent: TeamConsent(
                id: id, userID: user, teamID: team, clientID: "client", scopes: TokenScope.all, grantedAt: .epoch))
    }
}

extension NotificationRow {
    static func row(_ id: NotificationID, for user: UserID) -> NotificationRow {
        NotificationRow(
            notification: AppNotification(id: id, userID: user, title: "title", message: "message", isRead: false, createdAt: .epoch), arrivedIn: 1)
    }
}

extension InMemoryTables {
    /// Ada owns the team "crew", of which Bob is a member. A server of everybody's and one of the team's own are installed in it, each with an
    /// instance, a personal configuration, a token and a notification of Bob's; the team has a satellite, and another team installed the same server.
    static func populated() throws -> InMemoryTables {
        var tables = InMemoryTables()
        try tables.insert([User.row("ada"), User.row("bob")])
        try tables.insert([Team.row("crew", owner: "ada"), Team.row("others", owner: "bob")])
        try tables.insert([TeamMembership.row("m1", "ada", in: "crew"), TeamMembership.row("m2", "bob", in: "crew")])
        try tables.insert(McpCategory(id: "tools", name: "Tools", description: nil, icon: nil, sortOrder: 0, createdAt: .epoch))
        try tables.insert([try ServerRow.row("public", creator: "bob", category: "tools"), try ServerRow.row("own", owner: "crew")])
        try tables.insert(SatelliteRow.row("satellite", team: "crew"))
        try tables.insert([
            McpInstallation.row("i1", of: "public", in: "crew", creator: "bob", satellite: "satellite"),
            McpInstallation.row("i2", of: "own", in: "crew"), McpInstallation.row("i3", of: "public", in: "others", satellite: "satellite"),
        ])
        try tables.insert(InstanceRow.row("inst_1", of: "i1", "bob"))
        try tables.insert(UserConfigurationRow.row("c1", of: "i1", "bob"))
        try tables.insert(AccessTokenRow.row("t1", "bob", in: "crew"))
        try tables.insert(NotificationRow.row("n1", for: "bob"))
        return tables
    }
}

/// Identifiers in order: `id-1`, `id-2` and so on.
final class CountingIDs: IDGenerator {
    private let count = Mutex(0)

    func makeID() -> String {
        count.withLock { count in
            count += 1
            return "id-\(count)"
        }
    }
}

extension InMemoryBackend {
    static func make() -> InMemoryBackend {
        InMemoryBackend(environment: StoreEnvironment(StoreOptions(idGenerator: CountingIDs())))
    }
}
