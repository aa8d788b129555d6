import DeployStackModels
import Testing

/// Each cell of the matrix, for each kind of user.
struct AccessPolicyTests {
    private static let owner: UserID = "owner"
    private static let team = AccessPolicyTests.team(isDefault: false)

    private static func team(isDefault: Bool) -> Team {
        Team(
            id: "team", name: "Team", slug: "team", description: nil, ownerID: owner, isDefault: isDefault, limits: TeamLimits(), createdAt: .epoch,
            updatedAt: .epoch)
    }

    /// The columns of the matrix, and two who have no column: somebody else's administrator, and whoever has a role that this version does not know.
    private static let users: [AccessPolicy] = [
        AccessPolicy(userID: "member", isGlobalAdministrator: false, roles: ["team": .user, "other": .administrator]),
        AccessPolicy(userID: "admin", isGlobalAdministrator: false, roles: ["team": .administrator]),
        AccessPolicy(userID: owner, isGlobalAdministrator: false, roles: ["team": .administrator]),
        AccessPolicy(userID: "global", isGlobalAdministrator: true, roles: [:]),
        AccessPolicy(userID: "stranger", isGlobalAdministrator: false, roles: ["other": .administrator]),
        AccessPolicy(userID: "emperor", isGlobalAdministrator: false, roles: ["team": .unknown("emperor")]),
    ]

    /// Member, administrator, owner, global administrator, stranger, unknown role.
    private static let matrix: [(TeamAction, [Bool])] = [
        (.listMembers, [true, true, true, true, false, true]),
        (.addMember, [false, true, true, true, false, false]),
        (.promote("x"), [false, true, true, true, false, false]),
        (.remove("x", role: .user), [false, true, true, true, false, false]),
        (.remove("x", role: .administrator), [false, false, true, true, false, false]),
        (.remove("x", role: .unknown("emperor")), [false, false, true, true, false, false]),
        (.demote("x"), [false, false, true, true, false, false]),
        (.remove(owner, role: .administrator), [false, false, false, false, false, false]),
        (.remove(owner, role: .user), [false, false, false, false, false, false]),
        (.demote(owner), [false, false, false, false, false, false]),
        (.transferOwnership, [false, false, true, true, false, false]),
        (.delete, [false, false, true, true, false, false]),
        (.manageInstallations, [false, true, true, true, false, false]),
        (.viewLogs, [false, true, true, true, false, false]),
        (.leave, [true, true, false, false, false, true]),
        (.configureUserTier(of: "x"), [false, false, false, false, false, false]),
    ]

    @Test func everyCellOfTheMatrix() {
        for (action, expected) in Self.matrix {
            #expect(Self.users.map { $0.allows(action, in: Self.team) } == expected, "\(action)")
        }
    }

    @Test func everybodyConfiguresTheOwnTierWhereHeBelongs() {
        #expect(
            Self.users.map { $0.allows(.configureUserTier(of: $0.userID), in: Self.team) } == [true, true, true, true, false, true])
    }

    @Test func aDefaultTeamIsNeitherSharedNorGivenAwayNorDeletedByAnybody() {
        let actions: [TeamAction] = [
            .addMember, .promote("x"), .demote("x"), .remove("x", role: .user), .remove("x", role: .administrator),
            .remove(Self.owner, role: .administrator), .demote(Self.owner), .transferOwnership, .delete, .leave,
        ]
        for action in actions {
            #expect(Self.users.map { $0.allows(action, in: Self.team(isDefault: true)) }.allSatisfy { !$0 }, "\(action)")
        }
    }

    @Test func theOwnerUsesTheDefaultTeamAsAnyOther() {
        let owner = Self.users[2]
        for action in [TeamAction.listMembers, .manageInstallations, .viewLogs, .configureUserTier(of: Self.owner)] {
            #expect(owner.allows(action, in: Self.team(isDefault: true)), "\(action)")
        }
    }

    @Test func nobodyChangesTheOwnRole() {
        for user in Self.users {
            #expect(!user.allows(.promote(user.userID), in: Self.team), "\(user.userID)")
            #expect(!user.allows(.demote(user.userID), in: Self.team), "\(user.userID)")
            #expect(!user.allowsAssigningRole(to: user.userID), "\(user.userID)")
        }
        #expect(Self.users.map { $0.allowsAssigningRole(to: "x") } == [false, false, false, true, false, false])
    }

    @Test func theCatalogShowsWhatIsForEverybodyAndForTheUsersTeams() {
        let everybodys = Self.server(owner: nil)
        let teams = Self.server(owner: "team")

        #expect(Self.users.map { $0.allowsSeeing(everybodys) } == [true, true, true, true, true, true])
        #expect(Self.users.map { $0.allowsSeeing(teams) } == [true, true, true, true, false, true])
        #expect(Self.users.map { $0.allowsEditing(everybodys) } == [false, false, false, true, false, false])
        #expect(Self.users.map { $0.allowsEditing(teams) } == [false, true, true, true, false, false])
    }

    @Test func theCatalogIsAskedWithTheRightsOfThePolicy() {
        #expect(Self.users[0].catalogViewer == .member(of: ["other", "team"]))
        #expect(Self.users[0].catalogEditor == .teamAdministrator("member", of: ["other"]))
        #expect(Self.users[3].catalogViewer == .administrator)
        #expect(Self.users[3].catalogEditor == .globalAdministrator("global"))
    }

    @Test func aPolicyIsMadeOfAUserAndTheTeams() {
        let user = User(
            id: Self.owner, username: "owner", email: "o@example.org", authType: .emailSignup, firstName: nil, lastName: nil, githubID: nil,
            roleID: .globalUser, isEmailVerified: true, createdAt: .epoch, updatedAt: .epoch)

        let policy = AccessPolicy(user: user, teams: [TeamWithRole(team: Self.team, role: .administrator, isOwner: true, memberCount: 1)])

        #expect(policy == AccessPolicy(userID: Self.owner, isGlobalAdministrator: false, roles: ["team": .administrator]))
    }

    private static func server(owner: TeamID?) -> McpServer {
        McpServer(
            id: "server", name: "", slug: "", description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil, language: "", runtime: "",
            transport: .stdio, visibility: owner == nil ? .global : .team, ownerTeamID: owner, categoryID: nil, tags: [], metadata: [:],
            status: .active, isFeatured: false, source: .manual, requiresOAuth: false, gitHubStars: nil, createdAt: .epoch, updatedAt: .epoch,
            details: nil)
    }
}
