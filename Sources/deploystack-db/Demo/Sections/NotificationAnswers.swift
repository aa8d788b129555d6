import DeployStackData
import DeployStackModels

/// Notifying a team, reading the feed in two parts, and marking as read.
struct NotificationAnswers: Codable, Equatable {
    static let news = [
        ("New server installed", "Ada installed a server for the team."), ("Limit reached", "The team has all the servers that it may have."),
        ("Team renamed", "The team has a new name."),
    ]

    /// How many members got each piece of news.
    var notified: [Int]
    /// How many got the one for administrators, Ada excluded.
    var notifiedAdministrators: Int
    var unread: Int
    var firstPart: [AppNotification]
    var secondPart: [AppNotification]
    var markedRead: Bool
    var markedReadAgain: Bool
    var unreadAfterOne: Int
    var markedAll: Int
    var unreadAfterAll: Int
    var deleted: Bool
    var left: [AppNotification]
    var unknownUser: Refusal?

    init(asking stage: DemoStage, people: PeopleAnswers) async throws {
        let (team, ada, grace) = (people.team.id, people.ada.id, people.grace.id)
        notified = []
        for (title, message) in Self.news {
            notified.append(try await stage.ask { try await $0.notifications.notifyTeam(team, title: title, message: message) })
        }
        notifiedAdministrators = try await stage.ask { store in
            try await store.notifications.notifyTeam(
                team, title: "Review the limits", message: "Only administrators see this.", role: .administrator, excluding: ada)
        }
        unread = try await stage.ask { try await $0.notifications.unreadCount(user: grace) }

        let first = try await stage.ask { try await $0.notifications.feed(user: grace, before: nil, limit: 2) }
        let second = try await stage.ask { try await $0.notifications.feed(user: grace, before: first.next, limit: 2) }
        let newest = first.items.first?.id ?? "none"
        markedRead = try await stage.ask { try await $0.notifications.markRead(newest, user: grace) }
        markedReadAgain = try await stage.ask { try await $0.notifications.markRead(newest, user: grace) }
        unreadAfterOne = try await stage.ask { try await $0.notifications.unreadCount(user: grace) }
        let through = first.items.last?.createdAt
        markedAll = try await stage.ask { try await $0.notifications.markAllRead(user: grace, through: through) }
        unreadAfterAll = try await stage.ask { try await $0.notifications.unreadCount(user: grace) }
        deleted = try await stage.ask { try await $0.notifications.delete(newest, user: grace) }
        left = try await stage.ask { try await $0.notifications.list(user: grace) }.items
        unknownUser = try await stage.refusal {
            try await $0.notifications.create(user: "no-such-user", title: "Hello", message: "Nobody reads this.")
        }
        (firstPart, secondPart) = (first.items, second.items)
    }
}
