import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let teams: [IsolationCase] = [
        IsolationCase(
            "TeamService.createTeam(_:)",
            own: [{ everything(of: try await $0.store.teams.createTeam(NewTeam(name: "Own", owner: $0.ours.owner))) }]),
        IsolationCase("TeamService.createDefaultTeam(user:username:)", unscoped: platform),
        IsolationCase("TeamService.team(_:)", own: [{ everything(of: try await $0.store.teams.team($0.ours.team)) }]),
        IsolationCase("TeamService.team(slug:)", own: [{ everything(of: try await $0.store.teams.team(slug: try await slug($0))) }]),
        IsolationCase("TeamService.defaultTeam(of:)", own: [{ everything(of: try await $0.store.teams.defaultTeam(of: $0.ours.owner)) }]),
        IsolationCase("TeamService.teams(of:)", own: [{ everything(of: try await $0.store.teams.teams(of: $0.ours.owner)) }]),
        IsolationCase(
            "TeamService.updateTeam(_:_:)",
            own: [{ everything(of: try await $0.store.teams.updateTeam($0.ours.team, TeamPatch(description: .set("Changed")))) }]),
        IsolationCase(
            "TeamService.updateTeamName(_:_:)", own: [{ everything(of: try await $0.store.teams.updateTeamName($0.ours.team, "Analytics")) }]),
        IsolationCase("TeamService.deleteTeam(_:force:)", own: [{ everything(of: try await $0.store.teams.deleteTeam($0.ours.team, force: true)) }]),
        IsolationCase("TeamService.members(of:page:)", own: [{ everything(of: try await $0.store.teams.members(of: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.addMember(_:to:role:)",
            own: [{ everything(of: try await $0.store.teams.addMember($0.ours.member, to: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.isMember(_:of:)", own: [{ everything(of: try await $0.store.teams.isMember($0.ours.member, of: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.isMember($0.other.member, of: $0.ours.team)) }]),
        IsolationCase("TeamService.teamsWithRoles(of:)", own: [{ everything(of: try await $0.store.teams.teamsWithRoles(of: $0.ours.owner)) }]),
        IsolationCase("TeamService.allTeams(search:page:)", unscoped: administrators),
        IsolationCase("TeamService.teamCount(of:)", own: [{ everything(of: try await $0.store.teams.teamCount(of: $0.ours.owner)) }]),
        IsolationCase("TeamService.canCreateTeam(_:)", own: [{ everything(of: try await $0.store.teams.canCreateTeam($0.ours.owner)) }]),
        IsolationCase(
            "TeamService.updateLimits(_:_:)",
            own: [{ everything(of: try await $0.store.teams.updateLimits($0.ours.team, TeamLimitsPatch())) }]),
        IsolationCase(
            "TeamService.removeTeam(_:force:)", own: [{ everything(of: try await $0.store.teams.removeTeam($0.ours.team, force: true)) }]),
        IsolationCase(
            "TeamService.removeMember(_:from:)",
            own: [{ everything(of: try await $0.store.teams.removeMember($0.ours.member, from: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.removeMember($0.other.member, from: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.updateRole(of:in:to:)",
            own: [{ everything(of: try await $0.store.teams.updateRole(of: $0.ours.member, in: $0.ours.team, to: .administrator)) }],
            foreign: [{ everything(of: try await $0.store.teams.updateRole(of: $0.other.member, in: $0.ours.team, to: .administrator)) }]),
        IsolationCase(
            "TeamService.transferOwnership(of:to:)",
            own: [{ everything(of: try await $0.store.teams.transferOwnership(of: $0.ours.team, to: $0.ours.member)) }],
            foreign: [{ everything(of: try await $0.store.teams.transferOwnership(of: $0.ours.team, to: $0.other.member)) }]),
        IsolationCase(
            "TeamService.membership(of:in:)",
            own: [{ everything(of: try await $0.store.teams.membership(of: $0.ours.member, in: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.membership(of: $0.other.member, in: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.isAdmin(_:of:)", own: [{ everything(of: try await $0.store.teams.isAdmin($0.ours.owner, of: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.isAdmin($0.other.owner, of: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.isOwner(_:of:)", own: [{ everything(of: try await $0.store.teams.isOwner($0.ours.owner, of: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.isOwner($0.other.owner, of: $0.ours.team)) }]),
        IsolationCase("TeamService.memberCount(of:)", own: [{ everything(of: try await $0.store.teams.memberCount(of: $0.ours.team)) }]),
        IsolationCase("TeamService.adminCount(of:)", own: [{ everything(of: try await $0.store.teams.adminCount(of: $0.ours.team)) }]),
    ]

    private static func slug(_ call: IsolationCase.View) async throws -> String {
        try await call.store.teams.team(call.ours.team)?.slug ?? ""
    }
}
