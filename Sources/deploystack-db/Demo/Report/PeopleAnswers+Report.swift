import DeployStackModels

extension PeopleAnswers {
    func report(into report: inout Report) {
        report.call("store.users.createUser(…)   store.teams.createTeam(…)   store.teams.teams(of: user)")
        report.table(
            [.text("User"), .text("E-mail"), .text("Role"), .text("Teams (slug)", limit: 58)],
            users.map { entry in
                let teams = entry.teams.map { "\($0.slug)\($0.isDefault ? " (own)" : "")" }
                return [entry.user.username, entry.user.email, entry.user.roleID?.rawValue ?? "", teams.joined(separator: ", ")]
            })
        report.call("store.teams.members(of: \"\(team.name)\")")
        report.answer(members.map { "\($0.username) (\($0.isOwner ? "owner, " : "")\($0.role.rawValue))" }.joined(separator: ", "))
        report.gap()
        report.refusal("store.users.createUser(NewUser(username: \"ada2\", email: \"Ada@Example.org\"))", takenEmail)
        report.refusal("store.teams.createTeam(NewTeam(name: \"One more\", owner: ada.id))", tooManyTeams)
        report.refusal("store.teams.addMember(mae.id, to: team.id)", tooManyMembers)
        report.refusal("store.teams.createTeam(NewTeam(name: \" \\t \", owner: grace.id))", blankName)
    }
}
