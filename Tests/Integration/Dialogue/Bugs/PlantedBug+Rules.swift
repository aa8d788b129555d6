import DeployStackModels

@testable import DeployStackData

extension PlantedBug {
    /// Rules and bounds that are a little off.
    static let rules = [
        PlantedBug("marking all as read leaves out those of the moment itself") { services, _ in
            services.notifications = LeftOutMoment(base: services.notifications)
        },
        PlantedBug("purging takes those of the moment itself too") { services, _ in
            services.notifications = PurgedMoment(base: services.notifications)
        },
        PlantedBug("the limit of members counts one too many") { services, _ in services.teams = CountedTwice(base: services.teams) },
        PlantedBug("nobody asks how many teams a user may have") { services, _ in services.teams = AnyNumberOfTeams(base: services.teams) },
        PlantedBug("deleting a role that is not to be deleted says that there is none") { services, _ in
            services.roles = SilentRefusal(base: services.roles)
        },
        PlantedBug("whoever is left out is told all the same") { services, _ in services.notifications = NobodyLeftOut(base: services.notifications)
        },
    ]
}

private struct LeftOutMoment: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func markAllRead(user: UserID, through: Timestamp?) async throws(DataError) -> Int {
        try await base.markAllRead(user: user, through: through.map { $0 > .earliest ? $0 + .microseconds(-1) : $0 })
    }
}

private struct PurgedMoment: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func purge(olderThan moment: Timestamp, onlyRead: Bool, batchSize: Int) async throws(DataError) -> Int {
        try await base.purge(olderThan: moment < .latest ? moment + .microseconds(1) : moment, onlyRead: onlyRead, batchSize: batchSize)
    }
}

private struct CountedTwice: ForwardingTeamService {
    let base: any TeamService

    func addMember(_ user: UserID, to team: TeamID, role: TeamRole) async throws(DataError) -> TeamMembership {
        let (count, known) = (try await base.memberCount(of: team), try await base.team(team))
        if let maximum = known?.limits.members, count == maximum - 1, count > 0 {
            throw .limitExceeded(.members, maximum: maximum, current: maximum)
        }
        return try await base.addMember(user, to: team, role: role)
    }
}

private struct AnyNumberOfTeams: ForwardingTeamService {
    let base: any TeamService

    func canCreateTeam(_ user: UserID) async throws(DataError) -> Bool {
        let (isAllowed, count) = (try await base.canCreateTeam(user), try await base.teamCount(of: user))
        return isAllowed || count > 0
    }
}

private struct SilentRefusal: ForwardingRoleRepository {
    let base: any RoleRepository

    func delete(_ id: RoleID) async throws(DataError) -> Bool {
        do throws(DataError) {
            return try await base.delete(id)
        } catch  where error.kind == .ruleViolation || error.kind == .inUse {
            return false
        }
    }
}

private struct NobodyLeftOut: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func notifyTeam(_ team: TeamID, title: String, message: String, role: TeamRole?, excluding: UserID?) async throws(DataError) -> Int {
        try await base.notifyTeam(team, title: title, message: message, role: role, excluding: nil)
    }
}
