import DeployStackModels

@testable import DeployStackData

extension PlantedBug {
    /// Wrong orders, pages and counts.
    static let orders = [
        PlantedBug("members who joined at one moment are in another order") { services, _ in services.teams = OtherTies(base: services.teams) },
        PlantedBug("notifications of one moment are in another order") { services, _ in
            services.notifications = OtherNotificationTies(base: services.notifications)
        },
        PlantedBug("names are sorted without regard to case") { services, _ in services.catalog = CaselessNames(base: services.catalog) },
        PlantedBug("installations are listed oldest first") { services, _ in services.installations = OldestFirst(base: services.installations) },
        PlantedBug("pages after the first begin one row late") { services, _ in services.notifications = LatePages(base: services.notifications) },
        PlantedBug("the total of users is that of the page") { services, _ in services.users = PageTotal(base: services.users) },
        PlantedBug("the feed repeats the notification of its cursor") { services, _ in
            services.notifications = RepeatedCursor(base: services.notifications)
        },
    ]
}

extension PlantedBug {
    init(_ name: String, _ change: @escaping @Sendable (inout StoreServices, PlantedBackend) -> Void) {
        self.init(name: name, change: change)
    }
}

private struct OtherTies: ForwardingTeamService {
    let base: any TeamService

    func members(of team: TeamID, page: Page?) async throws(DataError) -> [TeamMember] {
        try await base.members(of: team, page: page).sorted {
            ($0.membership.joinedAt, $1.membership.userID) < ($1.membership.joinedAt, $0.membership.userID)
        }
    }
}

private struct OtherNotificationTies: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        var result = try await base.list(user: user, unreadOnly: unreadOnly, page: page)
        result.items.sort { ($1.createdAt, $0.id) < ($0.createdAt, $1.id) }
        return result
    }
}

private struct CaselessNames: ForwardingMcpServerCatalog {
    let base: any McpServerCatalog

    func list(viewer: CatalogViewer, filter: CatalogFilter, sort: CatalogSort, page: Page) async throws(DataError) -> PageResult<McpServer> {
        var result = try await base.list(viewer: viewer, filter: filter, sort: sort, page: page)
        if sort == .name { result.items.sort { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) } }
        return result
    }
}

private struct OldestFirst: ForwardingMcpInstallationService {
    let base: any McpInstallationService

    func installationIDs(team: TeamID) async throws(DataError) -> [McpInstallationID] {
        try await base.installationIDs(team: team).reversed()
    }
}

private struct LatePages: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func list(user: UserID, unreadOnly: Bool, page: Page) async throws(DataError) -> PageResult<AppNotification> {
        guard (1..<100).contains(page.offset) else { return try await base.list(user: user, unreadOnly: unreadOnly, page: page) }
        var result = try await base.list(user: user, unreadOnly: unreadOnly, page: Page(limit: page.limit, offset: page.offset + 1))
        result.page = page
        return result
    }
}

private struct PageTotal: ForwardingUserService {
    let base: any UserService

    func list(search: String?, role: RoleID?, page: Page) async throws(DataError) -> PageResult<UserWithRole> {
        var result = try await base.list(search: search, role: role, page: page)
        if !result.items.isEmpty { result.total = result.items.count }
        return result
    }
}

private struct RepeatedCursor: ForwardingNotificationRepository {
    let base: any NotificationRepository

    func feed(user: UserID, before cursor: FeedCursor?, limit: Int) async throws(DataError) -> FeedPage<AppNotification> {
        guard let cursor, let repeated = try await base.notification(NotificationID(cursor.id), user: user), repeated.cursor == cursor else {
            return try await base.feed(user: user, before: cursor, limit: limit)
        }
        var page = try await base.feed(user: user, before: cursor, limit: limit)
        page.items.insert(repeated, at: 0)
        if page.items.count > limit { page.items.removeLast() }
        return page
    }
}
