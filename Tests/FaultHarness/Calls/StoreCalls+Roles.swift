import DeployStackData
import DeployStackModels

extension StoreCalls {
    static let roles = [
        StoreCall("UserService.user(username:)", ["username"]) { store, _, text in
            AnswerText.of(try await store.users.user(username: text("username")))
        },
        StoreCall("UserService.user(githubID:)", ["githubID"]) { store, _, text in
            AnswerText.of(try await store.users.user(githubID: text("githubID")))
        },
        StoreCall("UserService.userWithRole(_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.users.userWithRole(UserID(text("id"))))
        },
        StoreCall("UserService.list(search:role:page:)", ["search", "role"]) { store, _, text in
            let page = try await store.users.list(search: text("search"), role: RoleID(text("role")), page: .first)
            return AnswerText.joined(["\(page.total)"] + page.items.map { AnswerText.of($0) })
        },
        StoreCall("UserService.list(search:role:page:)", ["search"]) { store, _, text in
            let page = try await store.users.list(search: text("search"), role: nil, page: .first)
            return AnswerText.joined(["\(page.total)"] + page.items.map { AnswerText.of($0) })
        },
        StoreCall("UserService.users(withRole:page:)", ["role"]) { store, _, text in
            AnswerText.joined(try await store.users.users(withRole: RoleID(text("role")), page: .first).map { AnswerText.of($0) })
        },
        StoreCall("UserService.updateUser(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.users.updateUser(UserID(text("id")), UserPatch(firstName: .set("Nobody"))))
        },
        StoreCall("UserService.updateUser(_:_:)", ["patch.username"]) { store, world, text in
            AnswerText.of(try await store.users.updateUser(world.guest, UserPatch(username: text("patch.username"))))
        },
        StoreCall("UserService.updateUser(_:_:)", ["patch.email"]) { store, world, text in
            AnswerText.of(try await store.users.updateUser(world.guest, UserPatch(email: text("patch.email"))))
        },
        StoreCall("UserService.updateUser(_:_:)", ["patch.firstName", "patch.lastName"]) { store, world, text in
            let patch = UserPatch(firstName: .set(text("patch.firstName")), lastName: .set(text("patch.lastName")))
            return AnswerText.of(try await store.users.updateUser(world.guest, patch))
        },
        StoreCall("UserService.updateUser(_:_:)", ["patch.githubID"]) { store, world, text in
            AnswerText.of(try await store.users.updateUser(world.guest, UserPatch(githubID: .set(text("patch.githubID")))))
        },
        StoreCall("UserService.updateUser(_:_:)", ["patch.roleID"]) { store, world, text in
            AnswerText.of(try await store.users.updateUser(world.guest, UserPatch(roleID: RoleID(text("patch.roleID")))))
        },
        StoreCall("RoleRepository.role(_:)", ["id"]) { store, _, text in AnswerText.of(try await store.roles.role(RoleID(text("id")))) },
        StoreCall("RoleRepository.create(_:)", ["role.name", "role.description"]) { store, _, text in
            AnswerText.of(try await store.roles.create(NewRole(name: text("role.name"), description: text("role.description"))))
        },
        StoreCall("RoleRepository.create(_:)", ["role.permissions"]) { store, world, text in
            AnswerText.of(try await store.roles.create(NewRole(name: "role \(world.round)", permissions: [text("role.permissions"), "p"])))
        },
        StoreCall("RoleRepository.update(_:_:)", ["id"]) { store, _, text in
            AnswerText.of(try await store.roles.update(RoleID(text("id")), RolePatch(permissions: [])))
        },
        StoreCall("RoleRepository.update(_:_:)", ["patch.name", "patch.description", "patch.permissions"]) { store, world, text in
            let role = try await store.roles.create(NewRole(name: "patched \(world.round)")).id
            let patch = RolePatch(
                name: text("patch.name"), description: .set(text("patch.description")), permissions: [text("patch.permissions")])
            return AnswerText.of(try await store.roles.update(role, patch))
        },
        StoreCall("RoleRepository.delete(_:)", ["id"]) { store, _, text in "\(try await store.roles.delete(RoleID(text("id"))))" },
        StoreCall("RoleRepository.sync(_:)", ["definitions.id"]) { store, world, text in
            let id = RoleID(text("definitions.id"))
            let report = try await store.roles.sync([RoleDefinition(id: id, name: "synced \(world.round)", description: nil, permissions: [])])
            return AnswerText.joined(["\(report.created.count) \(report.updated.count)", AnswerText.of(try await store.roles.role(id))])
        },
        StoreCall("RoleRepository.sync(_:)", ["definitions.name", "definitions.description", "definitions.permissions"]) { store, world, text in
            let id = RoleID("defined-\(world.round)")
            let definition = RoleDefinition(
                id: id, name: text("definitions.name"), description: text("definitions.description"), permissions: [text("definitions.permissions")])
            try await store.roles.sync([definition])
            return AnswerText.of(try await store.roles.role(id))
        },
        StoreCall("RoleRepository.userHasPermission(_:_:)", ["user"]) { store, _, text in
            "\(try await store.roles.userHasPermission(UserID(text("user")), "catalog.view"))"
        },
        StoreCall("RoleRepository.userHasPermission(_:_:)", ["permission"]) { store, world, text in
            "\(try await store.roles.userHasPermission(world.owner, text("permission")))"
        },
    ]
}
