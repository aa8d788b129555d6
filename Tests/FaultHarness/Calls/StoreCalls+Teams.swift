import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let teams = [
        StoreCall("TeamService.createTeam(_:)", ["team.name", "team.slug", "team.description"]) { store, world, text in
            let new = NewTeam(name: text("team.name"), owner: world.guest, slug: text("team.slug"), description: text("team.description"))
            return AnswerText.of(try await store.teams.createTeam(new))
        },
        StoreCall("TeamService.createTeam(_:)", ["team.owner"]) { store, _, text in
            AnswerText.of(try await store.teams.createTeam(NewTeam(name: "Nobody's", owner: UserID(text("team.owner")))))
        },
        StoreCall("TeamService.createDefaultTeam(user:username:)", ["user"]) { store, _, text in
            AnswerText.of(try await store.teams.createDefaultTeam(user: UserID(text("user")), username: "nobody").team)
        },
        StoreCall("TeamService.createDefaultTeam(user:username:)", ["username"]) { store, world, text in
            AnswerText.of(try await store.teams.createDefaultTeam(user: world.guest, username: text("username")).team)
        },
        StoreCall("TeamService.team(_:)", ["id"]) { store, _, text in AnswerText.of(try await store.teams.team(TeamID(text("id")))) },
        StoreCall("TeamService.team(slug:)", ["slug"]) { store, _, text in AnswerText.of(try await store.teams.team(slug: text("slug"))) },
        StoreCall("TeamService.defaultTeam(of:)", ["user"]) { store, _, text in
            AnswerText.of(try await store.teams.defaultTeam(of: UserID(text("user"))))
        },
        StoreCall("TeamService.teams(of:)", ["user"]) { store, _, text in
            AnswerText.joined(try await store.teams.teams(of: UserID(text("user"))).map { AnswerText.of($0) })
        },
        StoreCall("TeamService.updateTeam(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.teams.updateTeam(TeamID(text("id")), TeamPatch(name: "Nobody's")))
        },
        StoreCall("TeamService.updateTeam(_:_:)", ["patch.name", "patch.description"]) { store, world, text in
            let patch = TeamPatch(name: text("patch.name"), description: .set(text("patch.description")))
            return AnswerText.of(try await store.teams.updateTeam(world.team, patch))
        },
        StoreCall("TeamService.updateTeamName(_:_:)", ["id"]) { store, _, text in
            "\(try await store.teams.updateTeamName(TeamID(text("id")), "Nobody's"))"
        },
        StoreCall("TeamService.updateTeamName(_:_:)", ["name"]) { store, world, text in
            let isChanged = try await store.teams.updateTeamName(world.team, text("name"))
            return AnswerText.joined(["\(isChanged)", AnswerText.of(try await store.teams.team(world.team))])
        },
        StoreCall("TeamService.deleteTeam(_:force:)", ["id"]) { store, _, text in
            "\(try await store.teams.deleteTeam(TeamID(text("id")), force: true))"
        },
        StoreCall("TeamService.members(of:page:)", ["team"]) { store, _, text in
            AnswerText.joined(try await store.teams.members(of: TeamID(text("team"))).map { AnswerText.of($0) })
        },
        StoreCall("TeamService.addMember(_:to:role:)", ["user"]) { store, world, text in
            AnswerText.of(try await store.teams.addMember(UserID(text("user")), to: world.team))
        },
        StoreCall("TeamService.addMember(_:to:role:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.teams.addMember(world.administrator, to: TeamID(text("team"))))
        },
        StoreCall("TeamService.addMember(_:to:role:)", ["role"]) { store, world, text in
            AnswerText.of(try await store.teams.addMember(world.administrator, to: world.team, role: TeamRole(rawValue: text("role"))))
        },
        StoreCall("TeamService.isMember(_:of:)", ["user"]) { store, world, text in
            "\(try await store.teams.isMember(UserID(text("user")), of: world.team))"
        },
        StoreCall("TeamService.isMember(_:of:)", ["team"]) { store, world, text in
            "\(try await store.teams.isMember(world.owner, of: TeamID(text("team"))))"
        },
        StoreCall("TeamService.teamsWithRoles(of:)", ["user"]) { store, _, text in
            AnswerText.joined(try await store.teams.teamsWithRoles(of: UserID(text("user"))).map { AnswerText.of($0) })
        },
        StoreCall("TeamService.allTeams(search:page:)", ["search"]) { store, _, text in
            AnswerText.of(try await store.teams.allTeams(search: text("search"), page: .first))
        },
        StoreCall("TeamService.teamCount(of:)", ["user"]) { store, _, text in "\(try await store.teams.teamCount(of: UserID(text("user"))))" },
        StoreCall("TeamService.canCreateTeam(_:)", ["user"]) { store, _, text in "\(try await store.teams.canCreateTeam(UserID(text("user"))))" },
        StoreCall("TeamService.updateLimits(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.teams.updateLimits(TeamID(text("id")), TeamLimitsPatch(members: 7)))
        },
        StoreCall("TeamService.removeTeam(_:force:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.teams.removeTeam(TeamID(text("id")), force: true))
        },
        StoreCall("TeamService.removeMember(_:from:)", ["user"]) { store, world, text in
            "\(try await store.teams.removeMember(UserID(text("user")), from: world.team))"
        },
        StoreCall("TeamService.removeMember(_:from:)", ["team"]) { store, world, text in
            "\(try await store.teams.removeMember(world.administrator, from: TeamID(text("team"))))"
        },
        StoreCall("TeamService.updateRole(of:in:to:)", ["user"]) { store, world, text in
            AnswerText.of(try await store.teams.updateRole(of: UserID(text("user")), in: world.team, to: .user))
        },
        StoreCall("TeamService.updateRole(of:in:to:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.teams.updateRole(of: world.owner, in: TeamID(text("team")), to: .user))
        },
        StoreCall("TeamService.updateRole(of:in:to:)", ["role"]) { store, world, text in
            AnswerText.of(try await store.teams.updateRole(of: world.owner, in: world.team, to: TeamRole(rawValue: text("role"))))
        },
        StoreCall("TeamService.transferOwnership(of:to:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.teams.transferOwnership(of: TeamID(text("team")), to: world.owner))
        },
        StoreCall("TeamService.transferOwnership(of:to:)", ["newOwner"]) { store, world, text in
            AnswerText.of(try await store.teams.transferOwnership(of: world.team, to: UserID(text("newOwner"))))
        },
        StoreCall("TeamService.membership(of:in:)", ["user"]) { store, world, text in
            AnswerText.of(try await store.teams.membership(of: UserID(text("user")), in: world.team))
        },
        StoreCall("TeamService.membership(of:in:)", ["team"]) { store, world, text in
            AnswerText.of(try await store.teams.membership(of: world.owner, in: TeamID(text("team"))))
        },
        StoreCall("TeamService.isAdmin(_:of:)", ["user"]) { store, world, text in
            "\(try await store.teams.isAdmin(UserID(text("user")), of: world.team))"
        },
        StoreCall("TeamService.isAdmin(_:of:)", ["team"]) { store, world, text in
            "\(try await store.teams.isAdmin(world.owner, of: TeamID(text("team"))))"
        },
        StoreCall("TeamService.isOwner(_:of:)", ["user"]) { store, world, text in
            "\(try await store.teams.isOwner(UserID(text("user")), of: world.team))"
        },
        StoreCall("TeamService.isOwner(_:of:)", ["team"]) { store, world, text in
            "\(try await store.teams.isOwner(world.owner, of: TeamID(text("team"))))"
        },
        StoreCall("TeamService.memberCount(of:)", ["team"]) { store, _, text in "\(try await store.teams.memberCount(of: TeamID(text("team"))))" },
        StoreCall("TeamService.adminCount(of:)", ["team"]) { store, _, text in "\(try await store.teams.adminCount(of: TeamID(text("team"))))" },
    ]
}
