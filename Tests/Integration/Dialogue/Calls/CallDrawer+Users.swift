import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func users(_ method: Int) -> DialogueCall {
        switch method % 16 {
        case 1:
            let id: UserID = id(.user)
            return DialogueCall("users.user(\(id))") { try await $0.users.user(id) }
        case 2:
            let email = choices.oneIn(5) ? email() : variant(of: text(of: .email))
            return DialogueCall("users.user(email: \(email.debugDescription))") { try await $0.users.user(email: email) }
        case 3:
            let name = choices.oneIn(5) ? name() : variant(of: text(of: .username))
            return DialogueCall("users.user(username: \(name.debugDescription))") { try await $0.users.user(username: name) }
        case 4:
            let id = gitHubID()
            return DialogueCall("users.user(githubID: \(id.debugDescription))") { try await $0.users.user(githubID: id) }
        case 5:
            let id: UserID = id(.user)
            return DialogueCall("users.userWithRole(\(id))") { try await $0.users.userWithRole(id) }
        case 6, 7:
            let (search, role, page) = (pattern(), choices.oneIn(4) ? id(.role) as RoleID : nil, page())
            return DialogueCall("users.list(search: \(search as Any), role: \(role as Any), \(page))") {
                try await $0.users.list(search: search, role: role, page: page)
            }
        case 8:
            let (role, page) = (role(), choices.oneIn(3) ? page() : nil)
            return DialogueCall("users.users(withRole: \(role), \(page as Any))") { try await $0.users.users(withRole: role, page: page) }
        case 9: return DialogueCall("users.countByRole()") { try await $0.users.countByRole() }
        case 10, 11, 12:
            let (id, patch): (UserID, UserPatch) = (id(.user), patch())
            return DialogueCall("users.updateUser(\(id), \(patch))") { try await $0.users.updateUser(id, patch) }
        case 13:
            let (id, heir): (UserID, UserID?) = (id(.user), choices.oneIn(2) ? id(.user) : nil)
            return DialogueCall("users.deleteUser(\(id), to: \(heir as Any))") { try await $0.users.deleteUser(id, transferTeamsTo: heir) }
        default:
            let (new, hasTeam) = (newUser(), flag())
            return DialogueCall("users.createUser(\(new), withDefaultTeam: \(hasTeam))") {
                try await $0.users.createUser(new, withDefaultTeam: hasTeam)
            }
        }
    }

    mutating func roles(_ method: Int) -> DialogueCall {
        switch method % 9 {
        case 1: return DialogueCall("roles.all()") { try await $0.roles.all() }
        case 2:
            let id = role()
            return DialogueCall("roles.role(\(id))") { try await $0.roles.role(id) }
        case 3, 4:
            let (id, patch) = (
                role(), RolePatch(name: optionalName(), description: fieldPatch(), permissions: choices.oneIn(3) ? permissions() : nil)
            )
            return DialogueCall("roles.update(\(id), \(patch))") { try await $0.roles.update(id, patch) }
        case 5:
            let id = role()
            return DialogueCall("roles.delete(\(id))") { try await $0.roles.delete(id) }
        case 6:
            let definitions = [RoleDefinition(id: role(), name: name(), description: optionalName(), permissions: permissions())]
            let all = choices.oneIn(2) ? definitions + RoleDefinition.system : definitions
            return DialogueCall("roles.sync(\(all.map(\.id)) \(definitions))") { try await $0.roles.sync(all) }
        case 7:
            let (user, permission): (UserID, String) = (id(.user), permissions().first ?? "catalog.view")
            return DialogueCall("roles.userHasPermission(\(user), \(permission.debugDescription))") {
                try await $0.roles.userHasPermission(user, permission)
            }
        default:
            let new = NewRole(name: name(), description: optionalName(), permissions: permissions())
            return DialogueCall("roles.create(\(new))") { try await $0.roles.create(new) }
        }
    }

    private mutating func newUser() -> NewUser {
        var new = NewUser(username: "user-\(choices.below(40))", email: email())
        if choices.oneIn(4) { new.username = hostileText() }
        if choices.oneIn(4) { new.authType = choices.one(of: [.github, .emailSignup, .unknown("moon"), .unknown("")]) }
        if choices.oneIn(4) { new.firstName = name() }
        if choices.oneIn(4) { new.lastName = name() }
        if choices.oneIn(3) { new.githubID = gitHubID() }
        return new
    }

    private mutating func patch() -> UserPatch {
        var patch = UserPatch(username: optionalName(), email: choices.oneIn(3) ? email() : nil, firstName: fieldPatch(), lastName: fieldPatch())
        if choices.oneIn(4) { patch.githubID = choices.oneIn(3) ? .clear : .set(gitHubID()) }
        if choices.oneIn(3) { patch.roleID = role() }
        if choices.oneIn(4) { patch.isEmailVerified = flag() }
        return patch
    }

    private mutating func email() -> String {
        choices.oneIn(6)
            ? choices.one(of: [
                "Ada@Example.org", "ada@example.org", "caf\u{E9}@example.org", "\u{130}@example.org", "no address", "@", "a@b", "a b@c", "a@b\0",
            ])
            : "user-\(choices.below(40))@example.org"
    }

    private mutating func gitHubID() -> String { choices.oneIn(5) ? hostileText() : "\(choices.below(6))" }

    private mutating func permissions() -> [String] {
        (0..<choices.below(3)).map { _ in choices.one(of: ["catalog.view", "teams.create", "a", "%", "caf\u{E9}", "cafe\u{301}", "", "nul\0"]) }
    }

    /// A role, mostly one that is there from the beginning.
    mutating func role() -> RoleID {
        choices.below(3) == 2 ? id(.role) : choices.one(of: ["global_admin", "global_user", "team_admin", "team_user", "nothing"])
    }

    /// What a list is searched for, or nothing.
    mutating func pattern() -> String? {
        choices.below(3) == 0
            ? nil : choices.one(of: ["name", "user-1", "USER", "e", "\u{E9}", "%", "_", "\\", "a%b", "", " ", "nul\0", "\u{130}", "I"])
    }
}
