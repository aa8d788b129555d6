import DeployStackData
import DeployStackModels

/// Every method of every repository, with the calls that show that it keeps teams apart.
///
/// A new method gets a case here. When it takes a team, a user or a viewer, `own` calls it for `ours` alone, and `foreign` calls it for `ours` with an
/// identifier of `other` in every other parameter that takes one. When it takes an identifier alone, say why in `unscoped`.
enum IsolationTable {
    static let all = users + teams + catalog + installations + tokens + notifications

    private static let platform = "The platform's own: rows of no team."
    private static let byIdentifier = "By identifier alone, for code that has authorised its caller before."

    private static let users: [IsolationCase] = [
        IsolationCase("UserService.createUser(_:withDefaultTeam:)", unscoped: platform),
        IsolationCase("UserService.user(_:)", own: [{ everything(of: try await $0.store.users.user($0.ours.owner)) }]),
        IsolationCase("UserService.user(email:)", own: [{ everything(of: try await $0.store.users.user(email: "\($0.ours.word)@example.org")) }]),
        IsolationCase("UserService.deleteUser(_:transferTeamsTo:)", unscoped: platform),
    ]

    private static let teams: [IsolationCase] = [
        IsolationCase(
            "TeamService.createTeam(_:)",
            own: [{ everything(of: try await $0.store.teams.createTeam(NewTeam(name: "Own", owner: $0.ours.owner))) }]),
        IsolationCase("TeamService.createDefaultTeam(user:username:)", unscoped: platform),
        IsolationCase("TeamService.team(_:)", own: [{ everything(of: try await $0.store.teams.team($0.ours.team)) }]),
        IsolationCase("TeamService.team(slug:)", own: [{ everything(of: try await $0.store.teams.team(slug: try await slug($0))) }]),
        IsolationCase("TeamService.defaultTeam(of:)", own: [{ everything(of: try await $0.store.teams.defaultTeam(of: $0.ours.owner)) }]),
        IsolationCase("TeamService.teams(of:)", own: [{ everything(of: try await $0.store.teams.teams(of: $0.ours.owner)) }]),
        IsolationCase(
            "TeamService.updateTeam(_:_:)",
            own: [{ everything(of: try await $0.store.teams.updateTeam($0.ours.team, TeamPatch(description: .set("Changed")))) }]),
        IsolationCase(
            "TeamService.updateTeamName(_:_:)", own: [{ everything(of: try await $0.store.teams.updateTeamName($0.ours.team, "Analytics")) }]),
        IsolationCase("TeamService.deleteTeam(_:force:)", own: [{ everything(of: try await $0.store.teams.deleteTeam($0.ours.team, force: true)) }]),
        IsolationCase("TeamService.members(of:page:)", own: [{ everything(of: try await $0.store.teams.members(of: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.addMember(_:to:role:)",
            own: [{ everything(of: try await $0.store.teams.addMember($0.ours.member, to: $0.ours.team)) }]),
        IsolationCase(
            "TeamService.isMember(_:of:)", own: [{ everything(of: try await $0.store.teams.isMember($0.ours.member, of: $0.ours.team)) }],
            foreign: [{ everything(of: try await $0.store.teams.isMember($0.other.member, of: $0.ours.team)) }]),
    ]

    private static let catalog: [IsolationCase] = [
        IsolationCase(
            "McpServerCatalog.create(_:by:)",
            own: [
                { call in
                    let new = NewServer(name: "Vault two", ownerTeam: call.ours.team)
                    return everything(of: try await call.store.catalog.create(new, by: .teamAdministrator(call.ours.owner, of: [call.ours.team])))
                }
            ],
            foreign: [
                { call in
                    let new = NewServer(name: "Vault", ownerTeam: call.other.team)
                    return everything(of: try await call.store.catalog.create(new, by: .teamAdministrator(call.ours.owner, of: [call.ours.team])))
                }
            ]),
        IsolationCase("McpServerCatalog.server(_:)", own: [{ everything(of: try await $0.store.catalog.server($0.ours.server)) }]),
        IsolationCase("McpServerCatalog.server(slug:)", own: [{ everything(of: try await $0.store.catalog.server(slug: $0.ours.serverSlug)) }]),
        IsolationCase(
            "McpServerCatalog.list(viewer:filter:sort:page:)",
            own: [
                list(.name), list(.gitHubStars), list(.newest),
                { everything(of: try await $0.store.catalog.list(viewer: .member(of: []), filter: CatalogFilter(anyTag: ["private"]))) },
                { everything(of: try await $0.store.catalog.list(viewer: .member(of: [$0.ours.team]), filter: CatalogFilter(visibility: .team))) },
            ]),
        IsolationCase(
            "McpServerCatalog.servers(withAllTags:viewer:page:)",
            own: [{ everything(of: try await $0.store.catalog.servers(withAllTags: ["private"], viewer: .member(of: [$0.ours.team]), page: .first)) }]
        ),
        IsolationCase(
            "McpServerCatalog.servers(withAnyTag:viewer:page:)",
            own: [
                {
                    everything(
                        of: try await $0.store.catalog.servers(withAnyTag: ["private", "metrics"], viewer: .member(of: [$0.ours.team]), page: .first))
                }
            ]),
        IsolationCase(
            "McpServerCatalog.tagCounts(viewer:limit:)",
            own: [
                { everything(of: try await $0.store.catalog.tagCounts(viewer: .member(of: [$0.ours.team]), limit: 10)) },
                { call in everything(of: try await call.store.catalog.tagCounts(viewer: .member(of: []), limit: 10)) },
            ]),
        IsolationCase(
            "McpServerCatalog.search(_:viewer:filter:page:)",
            own: [
                { everything(of: try await $0.store.catalog.search("metrics or vault", viewer: .member(of: [$0.ours.team]))) },
                { everything(of: try await $0.store.catalog.search("\($0.other.word) or vault", viewer: .member(of: []))) },
            ]),
        IsolationCase(
            "McpServerCatalog.exportServers(viewer:filter:sort:)",
            own: [
                { call in
                    var text = ""
                    for try await server in call.store.catalog.exportServers(viewer: .member(of: [call.ours.team])) { text += everything(of: server) }
                    return text
                }
            ]),
        IsolationCase("McpServerCatalog.importServers(_:by:progress:)", unscoped: platform),
    ]

    private static let installations: [IsolationCase] = [
        IsolationCase(
            "McpInstallationService.createInstallation(team:user:_:)",
            own: [
                { call in
                    let new = NewInstallation(serverID: call.ours.server, name: "vault again")
                    return everything(of: try await call.store.installations.createInstallation(team: call.ours.team, user: call.ours.owner, new))
                }
            ],
            foreign: [
                { call in
                    let new = NewInstallation(serverID: call.other.server, name: "theirs")
                    return everything(of: try await call.store.installations.createInstallation(team: call.ours.team, user: call.ours.owner, new))
                }
            ]),
        IsolationCase(
            "McpInstallationService.installationViews(team:page:)",
            own: [{ everything(of: try await $0.store.installations.installationViews(team: $0.ours.team)) }]),
        IsolationCase(
            "McpInstallationService.installationViews(team:tagged:match:)",
            own: [tagged(.all), tagged(.any)]),
        IsolationCase("McpInstallationService.usage(team:)", own: [{ everything(of: try await $0.store.installations.usage(team: $0.ours.team)) }]),
        IsolationCase("McpInstallationService.deleteInstallation(_:)", unscoped: byIdentifier),
    ]

    private static let tokens: [IsolationCase] = [
        IsolationCase(
            "TokenService.issueAccessToken(_:)",
            own: [
                { call in
                    let issued = try await call.store.tokens.issueAccessToken(
                        NewAccessToken(user: call.ours.owner, team: call.ours.team, clientID: "client"))
                    return everything(of: issued.record)
                }
            ]),
        IsolationCase("TokenService.verify(_:)", own: [{ everything(of: try await $0.store.tokens.verify($0.ours.token)) }]),
        IsolationCase("TokenService.revokeAccessToken(_:)", unscoped: byIdentifier),
        IsolationCase("TokenService.revokeExpiredTokens()", unscoped: platform),
    ]

    private static let notifications: [IsolationCase] = [
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

    private static func list(_ sort: CatalogSort) -> IsolationCase.Call {
        { everything(of: try await $0.store.catalog.list(viewer: .member(of: [$0.ours.team]), filter: .none, sort: sort, page: .first)) }
    }

    private static func tagged(_ match: TagMatch) -> IsolationCase.Call {
        { everything(of: try await $0.store.installations.installationViews(team: $0.ours.team, tagged: ["private"], match: match)) }
    }

    private static func slug(_ call: IsolationCase.View) async throws -> String {
        try await call.store.teams.team(call.ours.team)?.slug ?? ""
    }
}
