import DeployStackData
import DeployStackModels

extension IsolationTable {
    static let users: [IsolationCase] = [
        IsolationCase("UserService.createUser(_:withDefaultTeam:)", unscoped: platform),
        IsolationCase("UserService.user(_:)", own: [{ everything(of: try await $0.store.users.user($0.ours.owner)) }]),
        IsolationCase("UserService.user(email:)", own: [{ everything(of: try await $0.store.users.user(email: "\($0.ours.word)@example.org")) }]),
        IsolationCase(
            "UserService.user(username:)", own: [{ everything(of: try await $0.store.users.user(username: "owner-\($0.ours.word)")) }]),
        IsolationCase("UserService.user(githubID:)", own: [{ everything(of: try await $0.store.users.user(githubID: "4711")) }]),
        IsolationCase("UserService.userWithRole(_:)", own: [{ everything(of: try await $0.store.users.userWithRole($0.ours.owner)) }]),
        IsolationCase("UserService.list(search:role:page:)", unscoped: administrators),
        IsolationCase("UserService.users(withRole:page:)", unscoped: administrators),
        IsolationCase("UserService.countByRole()", unscoped: administrators),
        IsolationCase(
            "UserService.updateUser(_:_:)",
            own: [{ everything(of: try await $0.store.users.updateUser($0.ours.owner, UserPatch(firstName: .set("Ada")))) }]),
        IsolationCase("UserService.deleteUser(_:transferTeamsTo:)", unscoped: platform),
    ]
}
