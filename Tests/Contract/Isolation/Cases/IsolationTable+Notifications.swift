import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let notifications: [IsolationCase] = [
        IsolationCase(
            "NotificationRepository.create(user:title:message:)",
            own: [{ everything(of: try await $0.store.notifications.create(user: $0.ours.owner, title: "Ready", message: "Again")) }]),
        IsolationCase(
            "NotificationRepository.create(users:title:message:)",
            own: [{ everything(of: try await $0.store.notifications.create(users: [$0.ours.owner], title: "Ready", message: "Again")) }]),
        IsolationCase(
            "NotificationRepository.notifyTeam(_:title:message:role:excluding:)",
            own: [{ everything(of: try await $0.store.notifications.notifyTeam($0.ours.team, title: "Ready", message: "Again")) }],
            foreign: [
                {
                    everything(
                        of: try await $0.store.notifications.notifyTeam(
                            $0.ours.team, title: "Ready", message: "Again", role: nil, excluding: $0.other.member))
                }
            ]),
        IsolationCase(
            "NotificationRepository.list(user:unreadOnly:page:)",
            own: [{ everything(of: try await $0.store.notifications.list(user: $0.ours.owner)) }]),
        IsolationCase(
            "NotificationRepository.feed(user:before:limit:)",
            own: [{ everything(of: try await $0.store.notifications.feed(user: $0.ours.owner)) }],
            foreign: [
                {
                    let cursor = FeedCursor(createdAt: $0.other.cursor.createdAt, id: $0.other.cursor.id)
                    let count = try await $0.store.notifications.feed(user: $0.ours.owner, before: cursor).items.filter {
                        $0.id.rawValue == cursor.id
                    }.count
                    return "\(count)"
                }
            ]),
        IsolationCase(
            "NotificationRepository.allNotifications(user:)",
            own: [
                { call in
                    var text = ""
                    for try await notification in call.store.notifications.allNotifications(user: call.ours.owner) {
                        text += everything(of: notification)
                    }
                    return text
                }
            ]),
        IsolationCase("NotificationRepository.stream(user:)", unscoped: streams),
        IsolationCase("NotificationRepository.stream(team:)", unscoped: streams),
        IsolationCase(
            "NotificationRepository.unreadCount(user:)", own: [{ everything(of: try await $0.store.notifications.unreadCount(user: $0.ours.owner)) }]),
        IsolationCase(
            "NotificationRepository.markRead(_:user:)",
            own: [
                { everything(of: try await $0.store.notifications.markRead($0.ours.notification, user: $0.ours.owner)) },
                { everything(of: try await $0.store.notifications.markRead([$0.ours.notification], user: $0.ours.owner)) },
            ],
            foreign: [
                { everything(of: try await $0.store.notifications.markRead($0.other.notification, user: $0.ours.owner)) },
                {
                    everything(
                        of: try await $0.store.notifications.markRead([$0.other.notification, $0.ours.notification], user: $0.ours.owner))
                },
            ]),
        IsolationCase(
            "NotificationRepository.markAllRead(user:through:)",
            own: [{ everything(of: try await $0.store.notifications.markAllRead(user: $0.ours.owner)) }]),
        IsolationCase(
            "NotificationRepository.notification(_:user:)",
            own: [{ everything(of: try await $0.store.notifications.notification($0.ours.notification, user: $0.ours.owner)) }],
            foreign: [{ everything(of: try await $0.store.notifications.notification($0.other.notification, user: $0.ours.owner)) }]),
        IsolationCase(
            "NotificationRepository.missed(user:since:)",
            own: [{ everything(of: try await $0.store.notifications.missed(user: $0.ours.owner, since: $0.ours.notification)) }],
            foreign: [{ everything(of: try await $0.store.notifications.missed(user: $0.ours.owner, since: $0.other.notification)) }]),
        IsolationCase(
            "NotificationRepository.unreadCounts(users:)",
            own: [{ everything(of: try await $0.store.notifications.unreadCounts(users: [$0.ours.owner])) }]),
        IsolationCase(
            "NotificationRepository.markUnread(_:user:)",
            own: [{ everything(of: try await $0.store.notifications.markUnread($0.ours.notification, user: $0.ours.owner)) }],
            foreign: [{ everything(of: try await $0.store.notifications.markUnread($0.other.notification, user: $0.ours.owner)) }]),
        IsolationCase(
            "NotificationRepository.deleteRead(user:)",
            own: [{ everything(of: try await $0.store.notifications.deleteRead(user: $0.ours.owner)) }]),
        IsolationCase("NotificationRepository.purge(olderThan:onlyRead:batchSize:)", unscoped: platform),
        IsolationCase(
            "NotificationRepository.delete(_:user:)",
            own: [{ everything(of: try await $0.store.notifications.delete($0.ours.notification, user: $0.ours.owner)) }],
            foreign: [{ everything(of: try await $0.store.notifications.delete($0.other.notification, user: $0.ours.owner)) }]),
    ]
}
