import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let users = [
        StoreCall("UserService.createUser(_:withDefaultTeam:)", ["user.username"]) { store, world, text in
            let new = NewUser(username: text("user.username"), email: "user-\(world.round)@example.org")
            return AnswerText.of(try await store.users.createUser(new, withDefaultTeam: false))
        },
        StoreCall("UserService.createUser(_:withDefaultTeam:)", ["user.firstName", "user.lastName", "user.githubID"]) { store, world, text in
            let new = NewUser(
                username: "user-\(world.round)", email: "user-\(world.round)@example.org", firstName: text("user.firstName"),
                lastName: text("user.lastName"), githubID: text("user.githubID"))
            return AnswerText.of(try await store.users.createUser(new, withDefaultTeam: false))
        },
        StoreCall("UserService.createUser(_:withDefaultTeam:)", ["user.email"]) { store, world, text in
            let new = NewUser(username: "user-\(world.round)", email: text("user.email"))
            return AnswerText.of(try await store.users.createUser(new, withDefaultTeam: false))
        },
        StoreCall("UserService.createUser(_:withDefaultTeam:)", ["user.email"]) { store, world, text in
            let visible = String(String.UnicodeScalarView(text("user.email").unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "@" }))
            let new = NewUser(username: "user-\(world.round)", email: "\(visible)@example.org")
            let user = try await store.users.createUser(new, withDefaultTeam: false)
            return AnswerText.joined([AnswerText.of(user), AnswerText.of(try await store.users.user(email: "\(visible)@example.org"))])
        },
        StoreCall("UserService.createUser(_:withDefaultTeam:)", ["user.authType"]) { store, world, text in
            let new = NewUser(
                username: "user-\(world.round)", email: "user-\(world.round)@example.org",
                authType: AuthenticationType(rawValue: text("user.authType")))
            return AnswerText.of(try await store.users.createUser(new, withDefaultTeam: false))
        },
        StoreCall("UserService.user(_:)", ["id"]) { store, _, text in AnswerText.of(try await store.users.user(UserID(text("id")))) },
        StoreCall("UserService.user(email:)", ["email"]) { store, _, text in AnswerText.of(try await store.users.user(email: text("email"))) },
        StoreCall("UserService.deleteUser(_:transferTeamsTo:)", ["id"]) { store, world, text in
            "\(try await store.users.deleteUser(UserID(text("id")), transferTeamsTo: world.administrator))"
        },
        StoreCall("UserService.deleteUser(_:transferTeamsTo:)", ["newOwner"]) { store, world, text in
            "\(try await store.users.deleteUser(world.owner, transferTeamsTo: UserID(text("newOwner"))))"
        },
    ]
}
