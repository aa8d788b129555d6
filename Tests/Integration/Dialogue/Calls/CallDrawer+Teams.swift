import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func teams(_ method: Int) -> DialogueCall {
        let (id, user): (TeamID, UserID) = (id(.team), id(.user))
        switch method % 20 {
        case 1: return DialogueCall("teams.team(\(id))") { try await $0.teams.team(id) }
        case 2:
            let slug = choices.oneIn(4) ? name() : variant(of: text(of: .slug))
            return DialogueCall("teams.team(slug: \(slug.debugDescription))") { try await $0.teams.team(slug: slug) }
        case 3: return DialogueCall("teams.defaultTeam(of: \(user))") { try await $0.teams.defaultTeam(of: user) }
        case 4: return DialogueCall("teams.teams(of: \(user))") { try await $0.teams.teams(of: user) }
        case 5: return DialogueCall("teams.teamsWithRoles(of: \(user))") { try await $0.teams.teamsWithRoles(of: user) }
        case 6:
            let (search, page) = (pattern(), page())
            return DialogueCall("teams.allTeams(search: \(search as Any), \(page))") { try await $0.teams.allTeams(search: search, page: page) }
        case 7: return DialogueCall("teams.teamCount(of: \(user))") { try await $0.teams.teamCount(of: user) }
        case 8: return DialogueCall("teams.canCreateTeam(\(user))") { try await $0.teams.canCreateTeam(user) }
        case 9, 10:
            let patch = TeamPatch(name: optionalName(), description: fieldPatch())
            return DialogueCall("teams.updateTeam(\(id), \(patch))") { try await $0.teams.updateTeam(id, patch) }
        case 11:
            let name = name()
            return DialogueCall("teams.updateTeamName(\(id), \(name.debugDescription))") { try await $0.teams.updateTeamName(id, name) }
        case 12, 13:
            let patch = limitsPatch()
            return DialogueCall("teams.updateLimits(\(id), \(patch))") { try await $0.teams.updateLimits(id, patch) }
        case 14:
            let force = flag()
            return DialogueCall("teams.removeTeam(\(id), force: \(force))") {
                let removed = try await $0.teams.removeTeam(id, force: force)
                return removed
            }
        case 15:
            let force = flag()
            return DialogueCall("teams.deleteTeam(\(id), force: \(force))") { try await $0.teams.deleteTeam(id, force: force) }
        case 16:
            let name = name()
            return DialogueCall("teams.createDefaultTeam(user: \(user), username: \(name.debugDescription))") {
                try await $0.teams.createDefaultTeam(user: user, username: name)
            }
        default:
            let limits =
                choices.oneIn(4)
                ? limits() : TeamLimits(mcpServers: 9, nonHttp: 5, github: 2, members: 3 + choices.below(3), allowsRemoteServers: true)
            let new = NewTeam(
                name: name(), owner: user, slug: optionalName(), description: optionalName(), limits: choices.oneIn(4) ? nil : limits)
            return DialogueCall("teams.createTeam(\(new))") { try await $0.teams.createTeam(new) }
        }
    }

    mutating func members(_ method: Int) -> DialogueCall {
        // Who joins is anybody; what else there is to do, is to do with members.
        let (user, team) = choices.below(method == 0 ? 2 : 5) == 0 ? (id(.user), id(.team)) : member()
        let role: TeamRole = choices.one(of: [.user, .administrator, .user, .administrator, .unknown("boss")])
        switch method % 14 {
        case 1:
            let page = choices.oneIn(3) ? page() : nil
            return DialogueCall("teams.members(of: \(team), \(page as Any))") { try await $0.teams.members(of: team, page: page) }
        case 2, 3: return DialogueCall("teams.removeMember(\(user), from: \(team))") { try await $0.teams.removeMember(user, from: team) }
        case 4, 5:
            return DialogueCall("teams.updateRole(of: \(user), in: \(team), to: \(role))") {
                try await $0.teams.updateRole(of: user, in: team, to: role)
            }
        case 6: return DialogueCall("teams.transferOwnership(of: \(team), to: \(user))") { try await $0.teams.transferOwnership(of: team, to: user) }
        case 7: return DialogueCall("teams.membership(of: \(user), in: \(team))") { try await $0.teams.membership(of: user, in: team) }
        case 8: return DialogueCall("teams.isMember(\(user), of: \(team))") { try await $0.teams.isMember(user, of: team) }
        case 9: return DialogueCall("teams.isAdmin(\(user), of: \(team))") { try await $0.teams.isAdmin(user, of: team) }
        case 10: return DialogueCall("teams.isOwner(\(user), of: \(team))") { try await $0.teams.isOwner(user, of: team) }
        case 11: return DialogueCall("teams.memberCount(of: \(team))") { try await $0.teams.memberCount(of: team) }
        case 12: return DialogueCall("teams.adminCount(of: \(team))") { try await $0.teams.adminCount(of: team) }
        default: return DialogueCall("teams.addMember(\(user), to: \(team), \(role))") { try await $0.teams.addMember(user, to: team, role: role) }
        }
    }

    private mutating func limits() -> TeamLimits {
        TeamLimits(
            mcpServers: number(), nonHttp: number(), github: number(), members: number(), allowsRemoteServers: flag(), allowsGitHubServers: flag(),
            allowsPrivateRepositories: flag())
    }

    private mutating func limitsPatch() -> TeamLimitsPatch {
        var patch = TeamLimitsPatch()
        if choices.oneIn(2) { patch.mcpServers = number() }
        if choices.oneIn(3) { patch.nonHttp = number() }
        if choices.oneIn(3) { patch.github = number() }
        if choices.oneIn(3) { patch.members = number() }
        if choices.oneIn(4) { patch.allowsGitHubServers = flag() }
        if choices.oneIn(4) { patch.allowsRemoteServers = flag() }
        return patch
    }

    private mutating func number() -> Int {
        choices.below(10) == 9 ? choices.one(of: [-1, Int(Int32.max), Int(Int32.max) + 1, Int.max, Int.min]) : choices.below(6)
    }
}
