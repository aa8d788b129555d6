import DeployStackData
import DeployStackModels
import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Leaves a test out when PostgreSQL is reached through a pooler, behind which nobody can listen.
    static var listening: Self {
        .enabled("nobody can listen behind a pooler") { ProcessInfo.processInfo.environment["TEST_POSTGRES_POOLER"] != "1" }
    }
}

extension NotificationStream {
    /// The first events, from a loop of its own that is left then.
    func first(_ count: Int) async throws -> [NotificationEvent] {
        var events: [NotificationEvent] = []
        for try await event in self {
            events.append(event)
            if events.count == count { break }
        }
        return events
    }

    /// The titles of the first notifications, whatever comes between them.
    func firstTitles(_ count: Int) async throws -> [String] {
        var titles: [String] = []
        for try await event in self {
            if let notification = event.notification { titles.append(notification.title) }
            if titles.count == count { break }
        }
        return titles
    }
}

extension NotificationEvent {
    /// The notification that it tells of, if it tells of one.
    var notification: AppNotification? {
        if case .notification(let notification) = self { notification } else { nil }
    }
}
