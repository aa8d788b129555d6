extension TransactionAnswers {
    func report(into report: inout Report) {
        report.line("Makes a team, notifies it, then adds a member who does not exist.")
        report.refusal("store.transaction { store in … }", failure)
        report.answer("Grace is in \(teamsBefore) teams before, \(teamsInside) inside, \(teamsAfter) after; unread notifications: \(unreadAfter)")
    }
}
