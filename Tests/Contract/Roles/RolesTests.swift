import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RolesTests {
    @Test(arguments: Backend.all)
    func aPlatformStartsWithTheSystemRoles(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        let roles = try await store.roles.all()

        #expect(roles.map(\.id) == ["global_admin", "global_user", "team_admin", "team_user"])
        #expect(roles.allSatisfy { $0.isSystemRole && $0.createdAt == $0.updatedAt })
        #expect(roles.map(\.permissions) == RoleDefinition.system.map(\.permissions))
        #expect(roles.map(\.description) == RoleDefinition.system.map(\.description))
        #expect(try await store.roles.role("team_user") == roles[3])
        #expect(try await store.roles.role("nothing") == nil)
        #expect(try await store.roles.role("a\0b") == nil)
    }

    @Test(arguments: Backend.all)
    func aNewRoleIsStoredAsGiven(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))

        let role = try await store.roles.create(
            NewRole(name: " Auditor ", description: "Looks at everything", permissions: ["b.view", "a.view", "b.view", "caf\u{e9}", "cafe\u{301}"]))

        #expect(role.name == "Auditor")
        #expect(role.description == "Looks at everything")
        #expect(role.permissions.map { Array($0.utf8) } == ["b.view", "a.view", "caf\u{e9}", "cafe\u{301}"].map { Array($0.utf8) })
        #expect(!role.isSystemRole)
        #expect(role.createdAt == clock.now() && role.updatedAt == clock.now())
        #expect(try await store.roles.role(role.id) == role)
        #expect(try await store.roles.all().map(\.name) == ["Auditor", "global_admin", "global_user", "team_admin", "team_user"])
    }

    @Test(arguments: Backend.all)
    func aNameIsTakenOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let role = try await store.roles.create(NewRole(name: "Auditor"))
        let taken = DataError.alreadyExists(.role, "name", constraint: "roles_name_key")

        await expectError(taken) { try await store.roles.create(NewRole(name: "Auditor")) }
        await expectError(taken) { _ = try await store.roles.update(role.id, RolePatch(name: "global_admin")) }

        #expect(try await store.roles.role(role.id) == role)
        #expect(try await store.roles.create(NewRole(name: "auditor")).name == "auditor")
    }

    @Test(arguments: Backend.all)
    func fieldsThatAreNotAcceptableAreRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let long = String(repeating: "x", count: 101)

        for name in ["", "  ", long, "a\0b"] {
            await expectInvalid("name") { try await store.roles.create(NewRole(name: name)) }
            await expectInvalid("name") { _ = try await store.roles.update("nothing", RolePatch(name: name)) }
        }
        let description = String(repeating: "x", count: 1_001)
        await expectInvalid("description") { try await store.roles.create(NewRole(name: "x", description: description)) }
        await expectInvalid("description") { _ = try await store.roles.update("nothing", RolePatch(description: .set(description))) }
        for permissions in [[""], [" "], [long], ["a\0b"], (0...200).map { "p\($0)" }] {
            await expectInvalid("permissions") { try await store.roles.create(NewRole(name: "x", permissions: permissions)) }
            await expectInvalid("permissions") { _ = try await store.roles.update("nothing", RolePatch(permissions: permissions)) }
        }
    }

    @Test(arguments: Backend.all)
    func aRoleChangesWhereThePatchSaysSo(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        var role = try await store.roles.create(NewRole(name: "Auditor", description: "Old", permissions: ["a"]))
        clock.advance(by: .seconds(1))

        let renamed = try await store.roles.update(role.id, RolePatch(name: "Reader"))
        let changed = try await store.roles.update(role.id, RolePatch(description: .clear, permissions: ["b", "b"]))

        role.name = "Reader"
        role.updatedAt = clock.now()
        #expect(renamed == role)
        role.description = nil
        role.permissions = ["b"]
        #expect(changed == role)
        #expect(try await store.roles.role(role.id) == role)
        #expect(try await store.roles.update("nothing", RolePatch(name: "x")) == nil)
        #expect(try await store.roles.update("a\0b", RolePatch(name: "x")) == nil)
    }

    @Test(arguments: Backend.all)
    func aSystemRoleIsNeitherChangedNorDeleted(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let before = try await store.roles.all()

        for role in before {
            await expectError(.ruleViolation(.systemRoleImmutable, "a system role is changed by its definition only")) {
                _ = try await store.roles.update(role.id, RolePatch(permissions: []))
            }
            await expectRule(.systemRoleImmutable) { _ = try await store.roles.delete(role.id) }
        }

        #expect(try await store.roles.all() == before)
    }

    @Test(arguments: Backend.all)
    func aRoleThatNobodyHasIsDeletedOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let user = try await store.users.createUser(.fixture())
        let role = try await store.roles.create(NewRole(name: "Auditor"))
        try await store.users.assignRole(role.id, to: user.id)

        await expectError(DataError(.inUse, entity: .role, constraint: "authUser_role_id_fkey")) { _ = try await store.roles.delete(role.id) }
        try await store.users.assignRole(.globalUser, to: user.id)

        #expect(try await store.roles.delete(role.id))
        #expect(try await !store.roles.delete(role.id))
        #expect(try await !store.roles.delete("a\0b"))
        #expect(try await store.roles.role(role.id) == nil)
    }

    @Test(arguments: Backend.all)
    func whichEndOfAForeignKeyIsBrokenIsToldApartInATransactionToo(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let user = try await store.users.createUser(.fixture())
        let role = try await store.roles.create(NewRole(name: "Auditor"))

        try await store.transaction { store in
            try await store.users.assignRole(role.id, to: user.id)
            await expectError(DataError(.inUse, entity: .role, constraint: "authUser_role_id_fkey")) { _ = try await store.roles.delete(role.id) }
            await expectError(.referenceMissing(.role, constraint: "authUser_role_id_fkey")) {
                try await store.users.assignRole("nothing", to: user.id)
            }
        }

        #expect(try await store.users.user(user.id)?.roleID == role.id)
        #expect(try await store.roles.role(role.id) == role)
    }

    @Test(arguments: Backend.all)
    func aUserHasThePermissionsOfTheRole(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.users.createUser(.fixture())
        let user = try await store.users.createUser(.fixture())
        let role = try await store.roles.create(NewRole(name: "Auditor", permissions: ["audit.view", "100%", "caf\u{e9}"]))

        #expect(try await store.roles.userHasPermission(user.id, "catalog.view"))
        #expect(try await !store.roles.userHasPermission(user.id, "users.manage"))
        try await store.users.assignRole(role.id, to: user.id)

        for permission in ["audit.view", "100%", "caf\u{e9}"] { #expect(try await store.roles.userHasPermission(user.id, permission)) }
        for permission in ["catalog.view", "audit", "audit.vie_", "%", "Audit.view", "cafe\u{301}", "", "a\0b"] {
            #expect(try await !store.roles.userHasPermission(user.id, permission), "\(permission)")
        }
        #expect(try await !store.roles.userHasPermission("nobody", "audit.view"))
    }
}
