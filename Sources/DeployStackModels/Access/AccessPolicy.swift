/// Who may do what: a pure value that callers consult before they call a repository.
///
/// Repositories enforce what must hold for the data whoever calls: limits, the last administrator, the owner, default teams. Who may call is decided
/// here, from what is known of one user, without a database:
///
/// ```swift
/// let policy = AccessPolicy(user: user, teams: try await store.teams.teamsWithRoles(of: user.id))
/// guard policy.allows(.addMember, in: team) else { return .forbidden }
/// ```
///
/// | Action | member | administrator | owner | global administrator |
/// | --- | --- | --- | --- | --- |
/// | list members | own teams | own teams | own teams | any team |
/// | add a member, promote | no | yes | yes | yes |
/// | remove an ordinary member | no | yes | yes | yes |
/// | remove or demote an administrator | no | no | yes | yes |
/// | remove or demote the owner | no | no | no | no, only after a transfer |
/// | transfer ownership, delete the team | no | no | yes | yes |
/// | manage installations, view logs | no | yes | yes | yes |
/// | configure one's own tier | yes | yes | yes | own only |
///
/// A default team is its owner's alone: its members, its owner and its existence cannot be changed by anybody, a global administrator included.
/// Only that is forbidden in it; what is installed in a default team is managed as in any other, by its owner and by global administrators.
/// Nobody changes his own role. Whoever is neither a member nor a global administrator may do nothing in a team.
public struct AccessPolicy: Sendable, Hashable {
    /// The user who wants to do something.
    public var userID: UserID
    /// Whether the user is a global administrator.
    public var isGlobalAdministrator: Bool
    /// The user's roles, by the teams that the user is a member of.
    public var roles: [TeamID: TeamRole]

    /// Creates the policy for a user.
    ///
    /// - Parameters:
    ///   - userID: The user.
    ///   - isGlobalAdministrator: Whether the user is a global administrator.
    ///   - roles: The user's roles, by team.
    public init(userID: UserID, isGlobalAdministrator: Bool, roles: [TeamID: TeamRole]) {
        self.userID = userID
        self.isGlobalAdministrator = isGlobalAdministrator
        self.roles = roles
    }

    /// Creates the policy for a user from what the store says of the user.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - teams: The user's teams, as `teamsWithRoles(of:)` returns them.
    public init(user: User, teams: [TeamWithRole]) {
        self.init(
            userID: user.id, isGlobalAdministrator: user.isGlobalAdministrator,
            roles: Dictionary(teams.map { ($0.id, $0.role) }) { first, _ in first })
    }

    /// Whether the user may do something in a team.
    public func allows(_ action: TeamAction, in team: Team) -> Bool {
        let standing = standing(in: team)
        switch action {
        case .listMembers: return standing >= .member
        case .addMember: return !team.isDefault && standing >= .administrator
        case .promote(let target): return !team.isDefault && target != userID && standing >= .administrator
        case .demote(let target): return !team.isDefault && target != userID && target != team.ownerID && standing >= .owner
        case .remove(let target, let role):
            guard !team.isDefault, target != team.ownerID else { return false }
            return standing >= (role == .user ? .administrator : .owner)
        case .leave: return !team.isDefault && roles[team.id] != nil && team.ownerID != userID
        case .transferOwnership, .delete: return !team.isDefault && standing >= .owner
        case .manageInstallations, .viewLogs: return standing >= .administrator
        case .configureUserTier(let target): return target == userID && standing >= .member
        }
    }

    /// Whether the user may give another user a role of the platform. Nobody may change his own.
    public func allowsAssigningRole(to target: UserID) -> Bool {
        isGlobalAdministrator && target != userID
    }

    /// What a user is to a team, from the least rights to the most.
    private enum Standing: Int, Comparable {
        case outsider
        case member
        case administrator
        case owner
        case globalAdministrator

        static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
    }

    private func standing(in team: Team) -> Standing {
        if isGlobalAdministrator { return .globalAdministrator }
        guard let role = roles[team.id] else { return .outsider }
        if team.ownerID == userID { return .owner }
        return role == .administrator ? .administrator : .member
    }
}

extension AccessPolicy {
    /// The catalog as the user sees it: everything for a global administrator, otherwise what everybody sees and what the user's teams own.
    public var catalogViewer: CatalogViewer {
        isGlobalAdministrator ? .administrator : .member(of: roles.keys.sorted())
    }

    /// The rights with which the user changes the catalog: all of them for a global administrator, otherwise those in the teams that the user
    /// administers.
    public var catalogEditor: CatalogEditor {
        if isGlobalAdministrator { return .globalAdministrator(userID) }
        return .teamAdministrator(userID, of: roles.filter { $0.value == .administrator }.keys.sorted())
    }

    /// Whether the user sees an entry of the catalog.
    public func allowsSeeing(_ server: McpServer) -> Bool {
        isGlobalAdministrator || server.visibility == .global || server.ownerTeamID.map { roles[$0] != nil } ?? false
    }

    /// Whether the user may change or delete an entry of the catalog: administrators of the team that owns it, and global administrators.
    public func allowsEditing(_ server: McpServer) -> Bool {
        isGlobalAdministrator || server.visibility == .team && server.ownerTeamID.map { roles[$0] == .administrator } ?? false
    }
}
