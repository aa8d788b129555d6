import DeployStackData
import DeployStackDataTesting
import DeployStackModels

extension StoreCalls {
    private static let createInstallation = "McpInstallationService.createInstallation(team:user:_:)"

    static let installations =
        [
            StoreCall(
                createInstallation, ["installation.name"] + ["args", "env", "headers", "queryParams"].map { "installation.configuration.\($0)" }
            ) { store, world, text in
                let member: (String) -> JSONValue = { field in
                    let text = text("installation.configuration.\(field)")
                    return .object(JSONObject([(text, .string(text))]))
                }
                let configuration = TeamConfiguration(
                    args: [member("args")], env: member("env"), headers: member("headers"), queryParams: member("queryParams"))
                let new = NewInstallation(serverID: world.server, name: text("installation.name"), configuration: configuration)
                let made = try await store.installations.createInstallation(team: world.team, user: world.owner, new)
                return AnswerText.of(made.installation)
            },
            StoreCall("McpInstallationService.installationViews(team:page:)", ["team"]) { store, _, text in
                AnswerText.joined(
                    try await store.installations.installationViews(team: TeamID(text("team")), page: Page(limit: 2)).map { AnswerText.of($0) })
            },
            StoreCall("McpInstallationService.installationViews(team:tagged:match:)", ["team", "tags"]) { store, _, text in
                let views = try await store.installations.installationViews(team: TeamID(text("team")), tagged: [text("tags")])
                return AnswerText.joined(views.map { AnswerText.of($0) })
            },
            StoreCall("McpInstallationService.installationViews(team:tagged:match:)", ["tags"]) { store, world, text in
                let views = try await store.installations.installationViews(team: world.team, tagged: [text("tags")], match: .any)
                return AnswerText.joined(views.map { AnswerText.of($0) })
            },
            StoreCall("McpInstallationService.usage(team:)", ["team"]) { store, _, text in
                AnswerText.of(try await store.installations.usage(team: TeamID(text("team"))))
            },
            StoreCall("McpInstallationService.deleteInstallation(_:)", ["id"]) { store, _, text in
                "\(try await store.installations.deleteInstallation(McpInstallationID(text("id"))))"
            },
        ]
        + ["team", "user", "installation.serverID", "installation.type", "installation.satelliteID"].map { field in
            StoreCall(createInstallation, [field]) { store, world, text in
                let text = text(field)
                var (team, user, new) = (world.team, world.owner, NewInstallation(serverID: world.server, name: "refused \(world.round)"))
                switch field {
                case "team": team = TeamID(text)
                case "user": user = UserID(text)
                case "installation.serverID": new.serverID = McpServerID(text)
                case "installation.type": new.type = McpInstallationType(rawValue: text)
                default: new.satelliteID = SatelliteID(text)
                }
                return AnswerText.of(try await store.installations.createInstallation(team: team, user: user, new).installation)
            }
        }

    static let tokens = [
        StoreCall("TokenService.issueAccessToken(_:)", ["token.user"]) { store, world, text in
            let new = NewAccessToken(user: UserID(text("token.user")), team: world.team, clientID: "client")
            return AnswerText.of(try await store.tokens.issueAccessToken(new).record)
        },
        StoreCall("TokenService.issueAccessToken(_:)", ["token.team"]) { store, world, text in
            let new = NewAccessToken(user: world.owner, team: TeamID(text("token.team")), clientID: "client")
            return AnswerText.of(try await store.tokens.issueAccessToken(new).record)
        },
        StoreCall("TokenService.issueAccessToken(_:)", ["token.clientID", "token.resource", "token.familyID"]) { store, world, text in
            let new = NewAccessToken(
                user: world.owner, team: world.team, clientID: text("token.clientID"), resource: text("token.resource"),
                familyID: text("token.familyID"))
            let issued = try await store.tokens.issueAccessToken(new)
            return AnswerText.joined([AnswerText.of(issued.record), AnswerText.of(try await store.tokens.verify(issued.token.reveal()))])
        },
        StoreCall("TokenService.issueAccessToken(_:)", ["token.scopes"]) { store, world, text in
            let new = NewAccessToken(
                user: world.owner, team: world.team, clientID: "client", scopes: [.read, TokenScope(rawValue: text("token.scopes"))])
            return AnswerText.of(try await store.tokens.issueAccessToken(new).record)
        },
        StoreCall("TokenService.verify(_:)", ["token"]) { store, _, text in AnswerText.of(try await store.tokens.verify(text("token"))) },
        StoreCall("TokenService.verify(_:)", ["token"]) { store, _, text in
            // One of the length and with the beginning that a token has, so that it is looked up.
            let bytes = Array(("dsa_" + text("token") + String(repeating: "x", count: 43)).utf8.prefix(47))
            return AnswerText.of(try await store.tokens.verify(String(decoding: bytes, as: UTF8.self)))
        },
        StoreCall("TokenService.revokeAccessToken(_:)", ["id"]) { store, _, text in
            "\(try await store.tokens.revokeAccessToken(AccessTokenID(text("id"))))"
        },
    ]

    private static let notifyTeam = "NotificationRepository.notifyTeam(_:title:message:role:excluding:)"

    static let notifications = [
        StoreCall("NotificationRepository.create(user:title:message:)", ["user"]) { store, _, text in
            AnswerText.of(try await store.notifications.create(user: UserID(text("user")), title: "Title", message: "Message"))
        },
        StoreCall("NotificationRepository.create(user:title:message:)", ["title", "message"]) { store, world, text in
            AnswerText.of(try await store.notifications.create(user: world.owner, title: text("title"), message: text("message")))
        },
        StoreCall("NotificationRepository.create(users:title:message:)", ["users"]) { store, world, text in
            "\(try await store.notifications.create(users: [world.owner, UserID(text("users"))], title: "Title", message: "Message"))"
        },
        StoreCall("NotificationRepository.create(users:title:message:)", ["title", "message"]) { store, world, text in
            "\(try await store.notifications.create(users: [world.owner], title: text("title"), message: text("message")))"
        },
        StoreCall("NotificationRepository.allNotifications(user:)", ["user"]) { store, _, text in
            var notifications: [String] = []
            for try await notification in store.notifications.allNotifications(user: UserID(text("user"))) {
                notifications.append(AnswerText.of(notification))
            }
            return AnswerText.joined(notifications)
        },
        StoreCall(notifyTeam, ["team"]) { store, _, text in
            "\(try await store.notifications.notifyTeam(TeamID(text("team")), title: "Title", message: "Message"))"
        },
        StoreCall(notifyTeam, ["title", "message"]) { store, world, text in
            let count = try await store.notifications.notifyTeam(world.team, title: text("title"), message: text("message"))
            let newest = try await store.notifications.list(user: world.owner, unreadOnly: true, page: Page(limit: 1))
            return AnswerText.joined(["\(count)"] + newest.items.map { AnswerText.of($0) })
        },
        StoreCall(notifyTeam, ["role"]) { store, world, text in
            "\(try await store.notifications.notifyTeam(world.team, title: "T", message: "M", role: TeamRole(rawValue: text("role")), excluding: nil))"
        },
        StoreCall(notifyTeam, ["excluding"]) { store, world, text in
            "\(try await store.notifications.notifyTeam(world.team, title: "T", message: "M", role: nil, excluding: UserID(text("excluding"))))"
        },
        StoreCall("NotificationRepository.list(user:unreadOnly:page:)", ["user"]) { store, _, text in
            "\(try await store.notifications.list(user: UserID(text("user"))).total)"
        },
        StoreCall("NotificationRepository.feed(user:before:limit:)", ["user"]) { store, _, text in
            AnswerText.joined(try await store.notifications.feed(user: UserID(text("user"))).items.map { AnswerText.of($0) })
        },
        StoreCall("NotificationRepository.feed(user:before:limit:)", ["cursor.id"]) { store, world, text in
            let cursor = FeedCursor(createdAt: world.clock.now(), id: text("cursor.id"))
            let part = try await store.notifications.feed(user: world.owner, before: cursor, limit: 2)
            return AnswerText.joined(part.items.map { AnswerText.of($0) } + [part.next?.id])
        },
        StoreCall("NotificationRepository.unreadCount(user:)", ["user"]) { store, _, text in
            "\(try await store.notifications.unreadCount(user: UserID(text("user"))))"
        },
        StoreCall("NotificationRepository.stream(user:)", ["user"]) { store, _, text in
            _ = try await store.notifications.stream(user: UserID(text("user")))
            return "opened"
        },
        StoreCall("NotificationRepository.stream(team:)", ["team"]) { store, _, text in
            _ = try await store.notifications.stream(team: TeamID(text("team")))
            return "opened"
        },
        StoreCall("NotificationRepository.notification(_:user:)", ["id"]) { store, world, text in
            "\(try await store.notifications.notification(NotificationID(text("id")), user: world.owner) == nil)"
        },
        StoreCall("NotificationRepository.notification(_:user:)", ["user"]) { store, world, text in
            "\(try await store.notifications.notification(world.notification, user: UserID(text("user"))) == nil)"
        },
        StoreCall("NotificationRepository.missed(user:since:)", ["user"]) { store, world, text in
            "\(try await store.notifications.missed(user: UserID(text("user")), since: world.notification).count)"
        },
        StoreCall("NotificationRepository.missed(user:since:)", ["id"]) { store, world, text in
            AnswerText.joined(
                try await store.notifications.missed(user: world.owner, since: NotificationID(text("id"))).suffix(2).map { AnswerText.of($0) })
        },
        StoreCall("NotificationRepository.unreadCounts(users:)", ["users"]) { store, world, text in
            let counts = try await store.notifications.unreadCounts(users: [UserID(text("users"))])
            return "\(counts.values.reduce(0, +))"
        },
        StoreCall("NotificationRepository.markRead(_:user:)", ["ids"]) { store, world, text in
            "\(try await store.notifications.markRead([NotificationID(text("ids"))], user: world.owner))"
        },
        StoreCall("NotificationRepository.markUnread(_:user:)", ["id"]) { store, world, text in
            "\(try await store.notifications.markUnread(NotificationID(text("id")), user: world.owner))"
        },
        StoreCall("NotificationRepository.markUnread(_:user:)", ["user"]) { store, world, text in
            "\(try await store.notifications.markUnread(world.notification, user: UserID(text("user"))))"
        },
        StoreCall("NotificationRepository.deleteRead(user:)", ["user"]) { store, _, text in
            "\(try await store.notifications.deleteRead(user: UserID(text("user"))))"
        },
        StoreCall("NotificationRepository.markRead(_:user:)", ["id"]) { store, world, text in
            "\(try await store.notifications.markRead(NotificationID(text("id")), user: world.owner))"
        },
        StoreCall("NotificationRepository.markRead(_:user:)", ["user"]) { store, world, text in
            "\(try await store.notifications.markRead(world.notification, user: UserID(text("user"))))"
        },
        StoreCall("NotificationRepository.markAllRead(user:through:)", ["user"]) { store, _, text in
            "\(try await store.notifications.markAllRead(user: UserID(text("user"))))"
        },
        StoreCall("NotificationRepository.delete(_:user:)", ["id"]) { store, world, text in
            "\(try await store.notifications.delete(NotificationID(text("id")), user: world.owner))"
        },
        StoreCall("NotificationRepository.delete(_:user:)", ["user"]) { store, world, text in
            "\(try await store.notifications.delete(world.notification, user: UserID(text("user"))))"
        },
    ]
}
