import DeployStackData
import DeployStackModels

extension CallDrawer {
    /// What makes notifications, and what goes over all of them.
    mutating func notifications(_ method: Int) -> DialogueCall {
        let (title, message) = (name(), optionalName() ?? "message")
        switch method % 8 {
        case 1, 2:
            let users = (0..<choices.below(4)).map { _ in id(.user) as UserID }
            let all = choices.oneIn(3) ? users + users : users
            return DialogueCall("notifications.create(users: \(all), \(title.debugDescription), \(message.debugDescription))") {
                try await $0.notifications.create(users: all, title: title, message: message)
            }
        case 3, 4:
            let (user, team) = member()
            let role: TeamRole? = choices.one(of: [nil, .administrator, .user, .unknown("boss")])
            let excluding = choices.oneIn(3) ? user : nil
            return DialogueCall("notifications.notifyTeam(\(team), \(title.debugDescription), role: \(role as Any), excluding: \(excluding as Any))")
            {
                try await $0.notifications.notifyTeam(team, title: title, message: message, role: role, excluding: excluding)
            }
        case 5:
            let (moment, onlyRead, size) = (moment(), flag(), limit())
            return DialogueCall("notifications.purge(olderThan: \(moment), onlyRead: \(onlyRead), \(size))") {
                try await $0.notifications.purge(olderThan: moment, onlyRead: onlyRead, batchSize: size)
            }
        default:
            let user: UserID = id(.user)
            return DialogueCall("notifications.create(\(user), \(title.debugDescription), \(message.debugDescription))") {
                try await $0.notifications.create(user: user, title: title, message: message)
            }
        }
    }

    /// What a user does with the inbox.
    mutating func inbox(_ method: Int) -> DialogueCall {
        let fact = fact(of: .notification)
        let id = NotificationID(fact.text)
        let user = choices.below(8) < 6 && !fact.owner.isEmpty ? UserID(fact.owner) : self.id(.user)
        switch method % 18 {
        case 1: return DialogueCall("notifications.notification(\(id), \(user))") { try await $0.notifications.notification(id, user: user) }
        case 2, 3:
            let (cursor, limit) = (feedCursor(), limit())
            return DialogueCall("notifications.feed(\(user), before: \(cursor as Any), \(limit))") {
                try await $0.notifications.feed(user: user, before: cursor, limit: limit)
            }
        case 4:
            return DialogueCall("notifications.allNotifications(\(user))") {
                try await $0.notifications.allNotifications(user: user).reduce(into: [AppNotification]()) { $0.append($1) }
            }
        case 5: return DialogueCall("notifications.missed(\(user), since: \(id))") { try await $0.notifications.missed(user: user, since: id) }
        case 6: return DialogueCall("notifications.unreadCount(\(user))") { try await $0.notifications.unreadCount(user: user) }
        case 7:
            let users = [user] + (0..<choices.below(3)).map { _ in self.id(.user) as UserID }
            return DialogueCall("notifications.unreadCounts(\(users))") {
                try await $0.notifications.unreadCounts(users: users).sorted { $0.key < $1.key }.map { "\($0)" }
            }
        case 8, 9: return DialogueCall("notifications.markRead(\(id), \(user))") { try await $0.notifications.markRead(id, user: user) }
        case 10:
            let ids = [id] + (0..<choices.below(3)).map { _ in self.id(.notification) as NotificationID }
            return DialogueCall("notifications.markRead(\(ids), \(user))") { try await $0.notifications.markRead(ids, user: user) }
        case 11: return DialogueCall("notifications.markUnread(\(id), \(user))") { try await $0.notifications.markUnread(id, user: user) }
        case 12, 13:
            let moment = choices.oneIn(3) ? nil : moment()
            return DialogueCall("notifications.markAllRead(\(user), through: \(moment as Any))") {
                try await $0.notifications.markAllRead(user: user, through: moment)
            }
        case 14: return DialogueCall("notifications.delete(\(id), \(user))") { try await $0.notifications.delete(id, user: user) }
        case 15: return DialogueCall("notifications.deleteRead(\(user))") { try await $0.notifications.deleteRead(user: user) }
        default:
            let (unreadOnly, page) = (flag(), page())
            return DialogueCall("notifications.list(\(user), unreadOnly: \(unreadOnly), \(page))") {
                try await $0.notifications.list(user: user, unreadOnly: unreadOnly, page: page)
            }
        }
    }

    private mutating func feedCursor() -> FeedCursor? {
        choices.below(3) == 0 ? nil : FeedCursor(createdAt: moment(), id: text(of: .notification))
    }
}
