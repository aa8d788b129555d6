import DeployStackModels

extension TokenAnswers {
    func report(into report: inout Report) {
        report.call("store.tokens.issueAccessToken(…)   store.tokens.verify(token)")
        report.table(
            [.text("Token"), .text("verify gives", limit: 66)],
            checks.map { check in
                guard let bearer = check.bearer else { return [check.what, "nil"] }
                let scopes = bearer.record.scopes.map(\.rawValue).joined(separator: " ")
                return [check.what, "\(bearer.username) (\(bearer.teamRole.rawValue)): \(scopes)"]
            })
        report.call("store.tokens.revokeAccessToken(browser.id)   // twice")
        report.answer("\(revoked), then \(revokedAgain)")
        report.call("store.tokens.revokeExpiredTokens()   // eight days later; a token lives for seven")
        report.answer("\(expired) tokens revoked, then \(expiredAgain)")
        report.refusal("store.tokens.issueAccessToken(NewAccessToken(user: mae.id, team: team.id, …))", notMember)
    }
}
