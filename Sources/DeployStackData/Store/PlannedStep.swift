package import DeployStackModels
import PostgresDriver

/// A statement that is one of several in the transaction of a call that runs often: installing, joining, configuring, refreshing.
package enum PlannedStep: Sendable, Hashable {
    case server(McpServerID)
    case holdUser(UserID)
    case lockTeam(TeamID)
    case usage(TeamID)
    case usersWithInstance(McpInstallationID)
    case userConfigurations(McpInstallationID, [UserID])
    case isMember(UserID, TeamID)
    case memberCount(TeamID)
    case provisionableInstallations(TeamID)
    case issueAccessToken(UserID, TeamID)
    case issueRefreshToken(UserID, TeamID)
    case lockInstallation(McpInstallationID, TeamID)
    case lockConfigurableInstallation(McpInstallationID, UserID, TeamID)

    /// The index that is meant for the statement.
    var index: String {
        switch self {
        case .server: "mcpServerTemplates_pkey"
        case .holdUser: "authUser_pkey"
        // Of the indexes of installations that begin with the team any will do.
        case .lockTeam, .usage: "teams_pkey"
        case .provisionableInstallations: "mcpServerTemplates_pkey"
        case .usersWithInstance: "mcpServerInstances_installation_id_user_id_key"
        case .userConfigurations: "mcpUserConfigurations_installation_id_user_id_key"
        case .isMember, .memberCount, .issueAccessToken, .issueRefreshToken: "teamMemberships_team_id_user_id_key"
        case .lockInstallation, .lockConfigurableInstallation: "mcpTeamInstallations_pkey"
        }
    }
}

extension StatementExecutor {
    /// The plan of a step's statement.
    func plan(of step: PlannedStep) async throws(PostgresError) -> QueryPlan {
        switch step {
        case .server(let id): try await explain(.server(id))
        case .holdUser(let id): try await explain(.holdUser(id))
        case .lockTeam(let id): try await explain(.lockTeam(id))
        case .usage(let team): try await explain(.usage(team: team))
        case .usersWithInstance(let id): try await explain(.usersWithInstance(of: id))
        case .userConfigurations(let id, let users): try await explain(.userConfigurations(of: id, users: users))
        case .isMember(let user, let team): try await explain(.isMember(user, of: team))
        case .memberCount(let team): try await explain(.memberCount(of: team))
        case .provisionableInstallations(let team): try await explain(.provisionableInstallations(team: team))
        case .issueAccessToken(let user, let team):
            try await explain(.issueAccessToken(.example(of: user, in: team), hash: TokenHash(of: "")))
        case .issueRefreshToken(let user, let team):
            try await explain(.issueRefreshToken(.example(of: user, in: team), hash: TokenHash(of: "")))
        case .lockInstallation(let id, let team): try await explain(.lockInstallation(id, team: team))
        case .lockConfigurableInstallation(let id, let user, let team):
            try await explain(.lockConfigurableInstallation(id, user: user, team: team))
        }
    }
}

extension AccessToken {
    fileprivate static func example(of user: UserID, in team: TeamID) -> AccessToken {
        var token = example
        (token.userID, token.teamID) = (user, team)
        return token
    }
}

extension RefreshToken {
    fileprivate static func example(of user: UserID, in team: TeamID) -> RefreshToken {
        var token = example
        (token.userID, token.teamID) = (user, team)
        return token
    }
}
