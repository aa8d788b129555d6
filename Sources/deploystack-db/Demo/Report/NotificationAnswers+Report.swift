import DeployStackModels

extension NotificationAnswers {
    func report(into report: inout Report) {
        report.call("store.notifications.notifyTeam(team.id, …)   // three times, then administrators only")
        report.answer(
            "\(notified.map(String.init).joined(separator: ", ")) and \(notifiedAdministrators) members notified; Grace has \(unread) unread")
        report.call("store.notifications.feed(user: grace.id, before: cursor, limit: 2)   // two parts")
        report.table(
            [.text("Part"), .text("At"), .text("Title"), .text("Message", limit: 48)],
            [("1", firstPart), ("2", secondPart)].flatMap { part, items in
                items.map { [part, String($0.createdAt.secondsText.dropFirst(11)), $0.title, $0.message] }
            })
        report.call("store.notifications.markRead(newest.id, user: grace.id)   // twice")
        report.answer("\(markedRead), then \(markedReadAgain); \(unreadAfterOne) unread")
        report.call("store.notifications.markAllRead(user: grace.id, through: lastSeen.createdAt)")
        report.answer("\(markedAll) marked; \(unreadAfterAll) unread")
        report.call("store.notifications.delete(newest.id, user: grace.id)")
        report.answer("\(deleted); \(left.count) left")
    }
}
