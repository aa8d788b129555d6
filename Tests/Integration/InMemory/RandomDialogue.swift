import DeployStackData
import DeployStackModels

/// Draws calls to a store, good and bad ones, and the arguments they are made with. Equal seeds give equal calls.
///
/// It learns identifiers from the answers that it is told of, so most of those that it draws exist.
struct RandomDialogue {
    /// A call: what it is named, and how to make it. The answer is a text in which everything that can differ can be seen.
    struct Call: Sendable {
        var name: String
        var perform: @Sendable (DataStore) async throws -> String
    }

    private var random: SplitMix
    /// The identifiers that were seen, by the name of the type that they identify.
    private var known: [String: [String]] = [:]

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    /// The next call; sometimes a transaction of several, which sometimes throws at its end.
    mutating func next(depth: Int = 0) -> Call {
        guard depth < 2, random.oneIn(12) else { return single() }
        let calls = (0..<random.below(5)).map { _ in next(depth: depth + 1) }
        let throwsAtEnd = random.oneIn(3)
        return Call(name: "transaction(\(calls.map(\.name).joined(separator: ", "))\(throwsAtEnd ? ", throw" : ""))") { store in
            try await store.transaction { store in
                var answers: [String] = []
                for call in calls { answers.append(await Self.answer(to: call, of: store)) }
                if throwsAtEnd { throw DataError(.internal, reason: answers.joined(separator: "; ")) }
                return answers.joined(separator: "; ")
            }
        }
    }

    /// Learns the identifiers in an answer, which stand there as in `Team(id: id-000007, …`.
    mutating func learn(from answer: String) {
        for part in answer.split(separator: "(id: ").adjacentPairs() {
            let kind = part.0.suffix(while: \.isLetter)
            let id = String(part.1.prefix { $0 != "," })
            if !known[kind, default: []].contains(id) { known[kind, default: []].append(id) }
        }
    }

    /// The answer to a call as a text, whether it is a value or an error.
    static func answer(to call: Call, of store: DataStore) async -> String {
        do {
            return try await call.perform(store)
        } catch let error as DataError {
            return "\(error.debugParts)"
        } catch {
            return "\(error)"
        }
    }

    private mutating func single() -> Call {
        switch random.below(11) {
        case 10: setting()
        case 0: user()
        case 1, 2: team()
        case 3, 4: catalog()
        case 5, 6: installation()
        case 7: token()
        default: notification()
        }
    }
}

extension RandomDialogue {
    private mutating func user() -> Call {
        let (id, email) = (UserID(identifier("User")), random.oneIn(3) ? text() : "\(text().prefix(5))@example.org")
        let new = NewUser(username: text(), email: email, firstName: random.oneIn(4) ? text() : nil, githubID: random.oneIn(4) ? text() : nil)
        let hasTeam = random.oneIn(2)
        if random.oneIn(2) { return role(id, search: new.username, new) }
        switch random.below(6) {
        case 0: return Call(name: "user(\(id))") { "\(try await $0.users.user(id) as Any)" }
        case 1: return Call(name: "user(email: \(email))") { "\(try await $0.users.user(email: email) as Any)" }
        case 2: return Call(name: "deleteUser(\(id))") { "\(try await $0.users.deleteUser(id))" }
        default: return Call(name: "createUser(\(new))") { "\(try await $0.users.createUser(new, withDefaultTeam: hasTeam))" }
        }
    }

    private mutating func setting() -> Call {
        let values: [SettingValue] = [.string(text()), .number(JSONNumber(random.below(9) - 1)), true, .secret("s"), .secret("*****")]
        let keys = ["team.creation_limit", "team.allow_remote_mcp", "a", "b.c", "A", "not a key"]
        let (key, value, query) = (keys[random.below(keys.count)], values[random.below(values.count)], String(text().prefix(2)))
        let group: SettingGroupID? = random.oneIn(3) ? SettingGroupID(["team", "g1", "nothing"][random.below(3)]) : nil
        let (new, other) = (NewSetting(key, value, name: random.oneIn(3) ? text() : nil, groupID: group), NewSetting("z", values[random.below(4)]))
        let user = UserID(identifier("User"))
        let preference = ["interface.theme", "onboarding.completed", "nothing"][random.below(3)]
        switch random.below(11) {
        case 0: return Call(name: "get(\(key))") { "\(try await $0.settings.get(key) as Any)" }
        case 1: return Call(name: "deleteSetting(\(key))") { "\(try await $0.settings.delete(key))" }
        case 2: return Call(name: "settings(\(group as Any))") { "\(try await $0.settings.list(group: group))" }
        case 3: return Call(name: "searchSettings(\(query))") { "\(try await $0.settings.search(query))" }
        case 4: return Call(name: "groupsWithSettings") { "\(try await $0.settings.groupsWithSettings())" }
        case 5:
            let defaults = [SettingDefinition(key, value, groupID: group), SettingDefinition("y", 1)]
            return Call(name: "initializeDefaults(\(key))") {
                "\(try await $0.settings.initializeDefaults(defaults, groups: [SettingGroup(id: "g1", name: "G")]))"
            }
        case 6: return Call(name: "setMany(\(new))") { "\(try await $0.settings.setMany([other, new]))" }
        case 7: return Call(name: "preferences(\(user))") { "\(try await $0.preferences.all(user: user))" }
        case 8:
            return Call(name: "setPreference(\(preference), \(value), \(user))") {
                try await $0.preferences.set(preference, to: value, user: user)
                return "\(try await $0.preferences.get(preference, user: user))"
            }
        default: return Call(name: "set(\(new))") { "\(try await $0.settings.set(new))" }
        }
    }

    private mutating func role(_ user: UserID, search: String, _ new: NewUser) -> Call {
        let role = RoleID(random.oneIn(3) ? identifier("Role") : ["global_admin", "global_user", "team_user", "nothing"][random.below(4)])
        let (page, name, permission) = (page() ?? .first, text(), ["catalog.view", "a", "%", "caf\u{E9}"][random.below(4)])
        let query = String(search.prefix(2))
        var patch = UserPatch(username: random.oneIn(2) ? new.username : nil, email: random.oneIn(3) ? new.email : nil)
        if random.oneIn(3) { patch.firstName = new.firstName.map { .set($0) } ?? .clear }
        if random.oneIn(3) { patch.githubID = new.githubID.map { .set($0) } ?? .clear }
        if random.oneIn(2) { patch.roleID = role }
        let (chosen, definition) = (patch, RoleDefinition(id: role, name: name, description: nil, permissions: [permission]))
        switch random.below(14) {
        case 0: return Call(name: "user(username: \(search))") { "\(try await $0.users.user(username: search) as Any)" }
        case 1: return Call(name: "userWithRole(\(user))") { "\(try await $0.users.userWithRole(user) as Any)" }
        case 2: return Call(name: "list(\(query))") { "\(try await $0.users.list(search: query, role: nil, page: page))" }
        case 3: return Call(name: "list(\(query), \(role))") { "\(try await $0.users.list(search: query, role: role, page: page))" }
        case 4: return Call(name: "users(withRole: \(role))") { "\(try await $0.users.users(withRole: role, page: page))" }
        case 5: return Call(name: "countByRole") { "\(try await $0.users.countByRole())" }
        case 6, 7, 8: return Call(name: "updateUser(\(user), \(chosen))") { "\(try await $0.users.updateUser(user, chosen) as Any)" }
        case 9: return Call(name: "createRole(\(name))") { "\(try await $0.roles.create(NewRole(name: name, permissions: [permission])))" }
        case 10:
            return Call(name: "updateRole(\(role), \(name))") {
                "\(try await $0.roles.update(role, RolePatch(name: name, permissions: [permission, "x"])) as Any)"
            }
        case 11: return Call(name: "deleteRole(\(role))") { "\(try await $0.roles.delete(role)) \(try await $0.roles.all())" }
        case 12: return Call(name: "sync(\(definition))") { "\(try await $0.roles.sync([definition])) \(try await $0.roles.role(role) as Any)" }
        default: return Call(name: "permission(\(user), \(permission))") { "\(try await $0.roles.userHasPermission(user, permission))" }
        }
    }

    private mutating func team() -> Call {
        let (id, user, name, page) = (TeamID(identifier("Team")), UserID(identifier("User")), text(), page())
        let limits =
            random.oneIn(2) ? nil : TeamLimits(mcpServers: random.below(9), nonHttp: random.below(4) - 1, github: random.below(3), members: 4)
        let new = NewTeam(name: name, owner: user, slug: random.oneIn(3) ? text() : nil, description: random.oneIn(3) ? text() : nil, limits: limits)
        let description: FieldPatch<String> = random.oneIn(3) ? .clear : random.oneIn(2) ? .unchanged : .set(text())
        let patch = TeamPatch(name: random.oneIn(2) ? nil : name, description: description)
        let role: TeamRole = random.oneIn(9) ? .unknown("boss") : random.oneIn(2) ? .administrator : .user
        let isForced = random.oneIn(2)
        if random.oneIn(2) { return membership(id, user, role, search: name, page ?? .first, limits: limits) }
        switch random.below(14) {
        case 0: return Call(name: "team(\(id))") { "\(try await $0.teams.team(id) as Any)" }
        case 1: return Call(name: "team(slug: \(name))") { "\(try await $0.teams.team(slug: name) as Any)" }
        case 2: return Call(name: "defaultTeam(\(user))") { "\(try await $0.teams.defaultTeam(of: user) as Any)" }
        case 3: return Call(name: "teams(\(user))") { "\(try await $0.teams.teams(of: user))" }
        case 4: return Call(name: "updateTeam(\(id), \(patch))") { "\(try await $0.teams.updateTeam(id, patch) as Any)" }
        case 5: return Call(name: "updateTeamName(\(id), \(name))") { "\(try await $0.teams.updateTeamName(id, name))" }
        case 6: return Call(name: "deleteTeam(\(id), \(isForced))") { "\(try await $0.teams.deleteTeam(id, force: isForced))" }
        case 7: return Call(name: "members(\(id), \(page as Any))") { "\(try await $0.teams.members(of: id, page: page))" }
        case 8: return Call(name: "isMember(\(user), \(id))") { "\(try await $0.teams.isMember(user, of: id))" }
        case 9:
            return Call(name: "createDefaultTeam(\(user))") { store in
                let made = try await store.teams.createDefaultTeam(user: user, username: name)
                return "\(made.team) \(made.autoInstall.installed) \(made.autoInstall.failed.map { "\($0.serverID) \($0.error.debugParts)" })"
            }
        case 10, 11: return Call(name: "addMember(\(user), \(id), \(role))") { "\(try await $0.teams.addMember(user, to: id, role: role))" }
        default: return Call(name: "createTeam(\(new))") { "\(try await $0.teams.createTeam(new))" }
        }
    }

    private mutating func membership(_ id: TeamID, _ user: UserID, _ role: TeamRole, search: String, _ page: Page, limits: TeamLimits?) -> Call {
        let patch = TeamLimitsPatch(mcpServers: limits?.mcpServers, nonHttp: limits?.nonHttp, allowsGitHubServers: random.oneIn(2) ? true : nil)
        let query = String(search.trimmingPrefix("name").prefix(3))
        switch random.below(13) {
        case 0: return Call(name: "teamsWithRoles(\(user))") { "\(try await $0.teams.teamsWithRoles(of: user))" }
        case 1: return Call(name: "allTeams(\(query))") { "\(try await $0.teams.allTeams(search: query, page: page))" }
        case 2: return Call(name: "canCreateTeam(\(user))") { "\(try await $0.teams.canCreateTeam(user)) \(try await $0.teams.teamCount(of: user))" }
        case 3: return Call(name: "updateLimits(\(id), \(patch))") { "\(try await $0.teams.updateLimits(id, patch) as Any)" }
        case 4: return Call(name: "removeTeam(\(id))") { "\(try await $0.teams.removeTeam(id, force: true) as Any)" }
        case 5, 6: return Call(name: "removeMember(\(user), \(id))") { "\(try await $0.teams.removeMember(user, from: id))" }
        case 7, 8: return Call(name: "updateRole(\(user), \(id), \(role))") { "\(try await $0.teams.updateRole(of: user, in: id, to: role) as Any)" }
        case 9: return Call(name: "transferOwnership(\(id), \(user))") { "\(try await $0.teams.transferOwnership(of: id, to: user))" }
        case 10: return Call(name: "membership(\(user), \(id))") { "\(try await $0.teams.membership(of: user, in: id) as Any)" }
        case 11:
            return Call(name: "isAdmin, isOwner(\(user), \(id))") {
                "\(try await $0.teams.isAdmin(user, of: id)) \(try await $0.teams.isOwner(user, of: id))"
            }
        default:
            return Call(name: "counts(\(id))") { "\(try await $0.teams.memberCount(of: id)) \(try await $0.teams.adminCount(of: id))" }
        }
    }

    private mutating func catalog() -> Call {
        let (id, viewer, page, tags, search) = (McpServerID(identifier("McpServer")), viewer(), page() ?? .first, tags(), searchText())
        let (new, editor, filter, file) = (server(), editor(), filter(), file())
        let sort: CatalogSort = random.oneIn(3) ? .name : random.oneIn(2) ? .gitHubStars : .newest
        let limit = random.below(12)
        switch random.below(15) {
        case 14:
            return Call(name: "exportServers(by \(sort))") {
                "\(try await $0.catalog.exportServers(viewer: viewer, filter: filter, sort: sort).reduce(into: [McpServer]()) { $0.append($1) })"
            }
        case 0: return Call(name: "server(\(id))") { "\(try await $0.catalog.server(id) as Any)" }
        case 1: return Call(name: "server(slug: \(new.name))") { "\(try await $0.catalog.server(slug: new.name) as Any)" }
        case 2: return Call(name: "list") { "\(try await $0.catalog.list(viewer: viewer, filter: filter, sort: sort, page: page))" }
        case 3: return Call(name: "all \(tags)") { "\(try await $0.catalog.servers(withAllTags: tags, viewer: viewer, page: page))" }
        case 4: return Call(name: "any \(tags)") { "\(try await $0.catalog.servers(withAnyTag: tags, viewer: viewer, page: page))" }
        case 5: return Call(name: "tagCounts(\(limit))") { "\(try await $0.catalog.tagCounts(viewer: viewer, limit: limit))" }
        case 6, 7:
            return Call(name: "search \(search)") { "\(try await $0.catalog.search(search, viewer: viewer, filter: filter, page: page))" }
        case 8, 9:
            return Call(name: "import \(file)") { store in
                let report = try await store.catalog.importServers(try CatalogFile(json: Array(file.utf8)), by: editor, progress: nil)
                return "\(report.inserted) \(report.updated) \(report.unchanged) \(report.rejected.map { "\($0.index) \($0.error.debugParts)" })"
            }
        default: return Call(name: "create \(new) by \(editor)") { "\(try await $0.catalog.create(new, by: editor))" }
        }
    }

    private mutating func installation() -> Call {
        let (id, team, user) = (McpInstallationID(identifier("McpInstallation")), TeamID(identifier("Team")), UserID(identifier("User")))
        let (tags, page) = (tags(), page())
        var new = NewInstallation(serverID: McpServerID(identifier("McpServer")), name: text())
        if random.oneIn(9) { new.satelliteID = SatelliteID(identifier("Satellite")) }
        if random.oneIn(4) { new.configuration.env = random.oneIn(4) ? [] : ["TOKEN": random.oneIn(3) ? " " : "value"] }
        if random.oneIn(4) { new.provisioning = .none }
        let match: TagMatch = random.oneIn(2) ? .all : .any
        let chosen = new
        switch random.below(9) {
        case 0: return Call(name: "views(\(team))") { "\(try await $0.installations.installationViews(team: team, page: page))" }
        case 1:
            return Call(name: "views(\(team), \(tags), \(match))") {
                "\(try await $0.installations.installationViews(team: team, tagged: tags, match: match))"
            }
        case 2: return Call(name: "usage(\(team))") { "\(try await $0.installations.usage(team: team) as Any)" }
        case 3: return Call(name: "deleteInstallation(\(id))") { "\(try await $0.installations.deleteInstallation(id))" }
        default:
            return Call(name: "createInstallation(\(team), \(user), \(chosen))") {
                "\(try await $0.installations.createInstallation(team: team, user: user, chosen))"
            }
        }
    }

    private mutating func token() -> Call {
        var new = NewAccessToken(user: UserID(identifier("User")), team: TeamID(identifier("Team")), clientID: text())
        if random.oneIn(5) { new.scopes = [.read, .read, TokenScope(rawValue: text())] }
        let (id, chosen) = (AccessTokenID(identifier("AccessToken")), new)
        switch random.below(6) {
        case 0: return Call(name: "revokeAccessToken(\(id))") { "\(try await $0.tokens.revokeAccessToken(id))" }
        case 1: return Call(name: "revokeExpiredTokens") { "\(try await $0.tokens.revokeExpiredTokens())" }
        default:
            return Call(name: "issueAccessToken(\(chosen))") { store in
                let issued = try await store.tokens.issueAccessToken(chosen)
                return "\(issued.token.reveal()) \(issued.record) \(try await store.tokens.verify(issued.token.reveal()) as Any)"
            }
        }
    }

    private mutating func notification() -> Call {
        let (user, team, id, title) = (UserID(identifier("User")), TeamID(identifier("Team")), NotificationID(identifier("AppNotification")), text())
        let role: TeamRole? = random.oneIn(3) ? .administrator : nil
        let (excluding, page, limit, isUnread) = (random.oneIn(3) ? user : nil, page() ?? .first, random.below(5), random.oneIn(2))
        let cursor =
            random.oneIn(2)
            ? nil : FeedCursor(createdAt: .epoch + .seconds(1_767_225_600 + random.below(1_000_000)), id: identifier("AppNotification"))
        let users = (0..<random.below(6)).map { _ in UserID(identifier("User")) } + (random.oneIn(3) ? [user, user] : [])
        switch random.below(18) {
        case 12: return Call(name: "notification(\(id))") { "\(try await $0.notifications.notification(id, user: user) as Any)" }
        case 13: return Call(name: "missed(\(user), \(id))") { "\(try await $0.notifications.missed(user: user, since: id))" }
        case 14:
            return Call(name: "unreadCounts(\(users))") {
                "\(try await $0.notifications.unreadCounts(users: users).sorted { $0.key < $1.key })"
            }
        case 15: return Call(name: "markUnread(\(id))") { "\(try await $0.notifications.markUnread(id, user: user))" }
        case 16: return Call(name: "markRead([\(id)])") { "\(try await $0.notifications.markRead([id, id], user: user))" }
        case 17:
            guard random.oneIn(3) else { return Call(name: "deleteRead(\(user))") { "\(try await $0.notifications.deleteRead(user: user))" } }
            return Call(name: "purge(\(isUnread), \(limit))") {
                "\(try await $0.notifications.purge(olderThan: cursor?.createdAt ?? .epoch, onlyRead: isUnread, batchSize: limit))"
            }
        case 11:
            return Call(name: "allNotifications(\(user))") {
                "\(try await $0.notifications.allNotifications(user: user).reduce(into: [AppNotification]()) { $0.append($1) })"
            }
        case 10:
            return Call(name: "notify(\(users), \(title))") {
                "\(try await $0.notifications.create(users: users, title: title, message: title))"
            }
        case 0, 1:
            return Call(name: "notifyTeam(\(team), \(title))") {
                "\(try await $0.notifications.notifyTeam(team, title: title, message: title, role: role, excluding: excluding))"
            }
        case 2: return Call(name: "list(\(user))") { "\(try await $0.notifications.list(user: user, unreadOnly: isUnread, page: page))" }
        case 3: return Call(name: "feed(\(user))") { "\(try await $0.notifications.feed(user: user, before: cursor, limit: limit))" }
        case 4: return Call(name: "unreadCount(\(user))") { "\(try await $0.notifications.unreadCount(user: user))" }
        case 5: return Call(name: "markRead(\(id))") { "\(try await $0.notifications.markRead(id, user: user))" }
        case 6: return Call(name: "markAllRead(\(user))") { "\(try await $0.notifications.markAllRead(user: user, through: cursor?.createdAt))" }
        case 7: return Call(name: "delete(\(id))") { "\(try await $0.notifications.delete(id, user: user))" }
        default: return Call(name: "notify(\(user), \(title))") { "\(try await $0.notifications.create(user: user, title: title, message: title))" }
        }
    }
}

extension RandomDialogue {
    /// Mostly one of the newest that are known of a kind; sometimes another's, sometimes one that cannot exist.
    private mutating func identifier(_ kind: String) -> String {
        if random.oneIn(25) { return ["", "nowhere", "nul\0", String(repeating: "x", count: 256), "id-000001 "][random.below(5)] }
        let ids = (random.oneIn(15) ? known.sorted { $0.key < $1.key }.flatMap(\.value) : known[kind] ?? []).suffix(12)
        guard !ids.isEmpty else { return "id-00000\(1 + random.below(9))" }
        return ids[ids.startIndex + random.below(ids.count)]
    }

    /// One that can exist; who edits the catalog was established by the caller.
    private mutating func existing(_ kind: String) -> String {
        let id = identifier(kind)
        return id.utf8.contains(0) ? "nowhere" : id
    }

    private mutating func text() -> String {
        let odd = [
            "", "  ", "caf\u{E9}", "cafe\u{301}", "\u{65E5}\u{672C}\u{8A9E}", "O'Brien \"x\"; DROP TABLE teams; --", "nul\0nul", "\u{1F680} rocket",
            "ab",
            String(repeating: "long ", count: 60), "  spaced  ", "ACME", "acme", "Acme!", "back\\slash", "%_",
        ]
        return random.oneIn(3) ? odd[random.below(odd.count)] : "name-\(random.below(60))"
    }

    private mutating func searchText() -> String {
        let words = [
            "database", "Searching", "\"file search\"", "-git", "or", "the", "running", "c++", "https://example.org/x", "\u{E9}tude", "--x", "\"",
        ]
        return (0..<random.below(4)).map { _ in words[random.below(words.count)] }.joined(separator: " ")
    }

    private mutating func tags() -> [String] {
        let all = ["git", "files", "Search", "search", "caf\u{E9}", "cafe\u{301}", " padded ", "a\"b", "a,b", "{}", " ", "nul\0"]
        return (0..<random.below(4)).map { _ in all[random.oneIn(4) ? random.below(all.count) : random.below(4)] }
    }

    private mutating func page() -> Page? {
        random.oneIn(4)
            ? nil
            : Page(
                limit: random.oneIn(12) ? [0, 101, -1][random.below(3)] : 1 + random.below(10), offset: random.below(6) - (random.oneIn(9) ? 5 : 0))
    }

    private mutating func viewer() -> CatalogViewer {
        random.oneIn(2) ? .administrator : .member(of: (0..<random.below(3)).map { _ in TeamID(identifier("Team")) })
    }

    private mutating func editor() -> CatalogEditor {
        switch random.below(6) {
        case 0: .globalAdministrator(UserID(existing("User")))
        case 1: .teamAdministrator(UserID(existing("User")), of: [TeamID(identifier("Team"))])
        default: .system
        }
    }

    private mutating func server() -> NewServer {
        let descriptions = [
            "Runs a database for searching files", "Git and file search", "The running \u{E9}tude of C++", "See https://example.org/x",
        ]
        var server = NewServer(name: text(), description: random.oneIn(5) ? nil : descriptions[random.below(4)], tags: tags())
        if random.oneIn(4) { server.ownerTeam = TeamID(identifier("Team")) }
        if random.oneIn(9) { server.category = CategoryID(identifier("Category")) }
        if random.oneIn(2) { server.transport = random.oneIn(2) ? .http : .sse }
        if random.oneIn(4) { server.source = .github }
        if random.oneIn(4) { server.isFeatured = true }
        if random.oneIn(6) { server.isAutoInstalled = true }
        if random.oneIn(8) { server.status = .disabled }
        if random.oneIn(3) { server.gitHubStars = random.below(50) - 1 }
        if random.oneIn(3) { server.repositoryURL = "https://github.com/owner/\(random.below(9)).git" }
        if random.oneIn(4) { server.metadata = random.oneIn(5) ? [1] : ["b": 1.50, "a": [.null, true, "x"]] }
        if random.oneIn(4) { server.configuration.team.env = [["name": "TOKEN", "required": true, "type": random.oneIn(3) ? "secret" : "string"]] }
        if random.oneIn(4) { server.configuration.user.env = [["name": "KEY", "required": true]] }
        return server
    }

    private mutating func filter() -> CatalogFilter {
        var filter = CatalogFilter()
        if random.oneIn(4) { filter.transport = .stdio }
        if random.oneIn(6) { filter.visibility = .team }
        if random.oneIn(6) { filter.isFeatured = true }
        if random.oneIn(6) { filter.source = random.oneIn(5) ? .unknown("moon") : .github }
        if random.oneIn(6) { filter.status = .active }
        if random.oneIn(5) { filter.allTags = tags() }
        if random.oneIn(5) { filter.anyTag = tags() }
        if random.oneIn(5) { filter.noTags = tags() }
        if random.oneIn(9) { filter.category = CategoryID(identifier("Category")) }
        return filter
    }

    /// A catalog file of a few entries, some of them not acceptable.
    private mutating func file() -> String {
        let entries = (0..<random.below(4)).map { _ in
            var members = ["\"name\": \"name-\(random.below(30))\"", "\"type\": \"server\""]
            if random.oneIn(2) { members.append("\"title\": \"Title \(random.below(4))\"") }
            if random.oneIn(2) { members.append("\"category\": \"cat-\(random.below(4))\"") }
            if random.oneIn(2) { members.append("\"tags\": [\"git\", \"files\"]") }
            if random.oneIn(3) { members.append("\"description\": \"Runs a database\"") }
            if random.oneIn(8) { members.append("\"icon\": 5") }
            if random.oneIn(4) { members.append("\"secrets\": [{\"name\": \"s\", \"env\": \"KEY\"}]") }
            if random.oneIn(4) { members.append("\"remote\": {\"url\": \"https://example.org\", \"transport_type\": \"sse\"}") }
            return "{\(members.joined(separator: ", "))}"
        }
        return random.oneIn(15) ? "{}" : "[\(entries.joined(separator: ", "))]"
    }
}

extension DataError {
    /// Everything that two backends must agree on.
    var debugParts: String {
        "error \(kind) \(entity?.rawValue ?? "-") \(field ?? "-") \(reason ?? "-") \(rule?.rawValue ?? "-") \(limit.map { "\($0)" } ?? "-") "
            + "\(constraint ?? "-") \(outcome)"
    }
}

extension Array {
    /// Each element with the one that follows it.
    fileprivate func adjacentPairs() -> Zip2Sequence<Self, ArraySlice<Element>> { zip(self, dropFirst()) }
}

extension Substring {
    /// The longest end of which every character passes.
    fileprivate func suffix(while isIncluded: (Character) -> Bool) -> String {
        String(reversed().prefix(while: isIncluded).reversed())
    }
}

/// A small generator whose sequence depends on nothing but its seed (SplitMix64).
private struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((word ^ (word >> 31)) % UInt64(max(bound, 1)))
    }

    mutating func oneIn(_ number: Int) -> Bool { below(number) == 0 }
}
