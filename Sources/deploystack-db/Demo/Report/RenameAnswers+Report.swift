import DeployStackModels

extension RenameAnswers {
    func report(into report: inout Report) {
        report.call("store.teams.updateTeamName(team.id, \"\(Self.newName)\")")
        report.answer("\(renamed); the slug stays \(after?.slug ?? "?"), the name is now \(after?.name ?? "?")")
        report.call("store.teams.updateTeamName(\"no-such-team\", …)")
        report.answer("\(renamedUnknown)")
        report.refusal("store.teams.updateTeamName(adasOwnTeam.id, …)", defaultTeam)
    }
}
