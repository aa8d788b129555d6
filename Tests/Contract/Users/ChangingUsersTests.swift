import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ChangingUsersTests {
    @Test(arguments: Backend.all)
    func whatThePatchNamesChangesAndTheRestStays(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var user = try await scene.store.users.createUser(.fixture(firstName: "Ada", lastName: "King", githubID: "1"))
        scene.clock.advance(by: .seconds(1))

        let renamed = try await scene.store.users.updateUser(user.id, UserPatch(username: "  lovelace ", email: " Ada@Example.ORG "))
        user.username = "lovelace"
        user.email = "ada@example.org"
        user.updatedAt = scene.clock.now()
        #expect(renamed == user)

        let changed = try await scene.store.users.updateUser(
            user.id, UserPatch(firstName: .set("Augusta"), lastName: .clear, githubID: .clear, isEmailVerified: true))
        user.firstName = "Augusta"
        user.lastName = nil
        user.githubID = nil
        user.isEmailVerified = true
        #expect(changed == user)
        #expect(try await scene.store.users.user(user.id) == user)
        #expect(try await scene.store.users.user(username: "lovelace") == user)
        #expect(try await scene.store.users.user(githubID: "1") == nil)
    }

    @Test(arguments: Backend.all)
    func whatAnotherHasIsTaken(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let other = try await scene.store.users.createUser(.fixture(username: "grace", email: "grace@example.org", githubID: "7"))
        let user = try await scene.store.users.createUser(.fixture())

        await expectError(.alreadyExists(.user, "username", constraint: "authUser_username_key")) {
            _ = try await scene.store.users.updateUser(user.id, UserPatch(username: "grace"))
        }
        await expectError(.alreadyExists(.user, "email", constraint: "authUser_email_key")) {
            _ = try await scene.store.users.updateUser(user.id, UserPatch(email: "GRACE@example.org"))
        }
        await expectError(.alreadyExists(.user, "githubID", constraint: "authUser_github_id_key")) {
            _ = try await scene.store.users.updateUser(user.id, UserPatch(githubID: .set("7")))
        }

        #expect(try await scene.store.users.user(user.id) == user)
        #expect(try await scene.store.users.updateUser(other.id, UserPatch(username: "grace", email: "grace@example.org")) != nil)
    }

    @Test(arguments: Backend.all)
    func fieldsThatAreNotAcceptableAreRefused(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let long = String(repeating: "x", count: 101)
        let patches: [(String, UserPatch)] = [
            ("username", UserPatch(username: "ab")), ("username", UserPatch(username: String(repeating: "x", count: 31))),
            ("email", UserPatch(email: "nobody")), ("firstName", UserPatch(firstName: .set(long))), ("lastName", UserPatch(lastName: .set("a\0b"))),
            ("githubID", UserPatch(githubID: .set(""))), ("githubID", UserPatch(githubID: .set(long))),
        ]

        for (field, patch) in patches {
            await expectInvalid(field) { _ = try await scene.store.users.updateUser(scene.owner.id, patch) }
        }

        #expect(try await scene.store.users.user(scene.owner.id) == scene.owner)
    }

    @Test(arguments: Backend.all)
    func anUnknownUserIsNotChanged(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        #expect(try await scene.store.users.updateUser("nobody", UserPatch(username: "somebody")) == nil)
        #expect(try await scene.store.users.updateUser("a\0b", UserPatch()) == nil)
        #expect(try await scene.store.users.assignRole(.globalAdministrator, to: "nobody") == nil)
    }

    @Test(arguments: Backend.all)
    func aRoleMustExist(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        for role: RoleID in ["nothing", "a\0b", ""] {
            await expectError(.referenceMissing(.role, constraint: "authUser_role_id_fkey")) {
                try await scene.store.users.assignRole(role, to: scene.owner.id)
            }
        }

        #expect(try await scene.store.users.user(scene.owner.id) == scene.owner)
    }

    @Test(arguments: Backend.all)
    func aRoleIsAssignedAndNothingElseChanges(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        scene.clock.advance(by: .seconds(1))

        let assigned = try await scene.store.users.assignRole(.globalAdministrator, to: scene.owner.id)

        var expected = scene.owner
        expected.roleID = .globalAdministrator
        expected.updatedAt = scene.clock.now()
        #expect(assigned == expected)
        #expect(try await scene.store.users.user(scene.owner.id) == expected)
    }

    @Test(arguments: Backend.all)
    func theOnlyGlobalAdministratorKeepsTheRole(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let refusal = DataError.ruleViolation(.lastGlobalAdministrator, "the only global administrator keeps the role")

        await expectError(refusal) { try await scene.store.users.assignRole(.globalUser, to: scene.administrator.id) }
        await expectError(refusal) { try await scene.store.users.assignRole("nothing", to: scene.administrator.id) }
        #expect(try await scene.store.users.assignRole(.globalAdministrator, to: scene.administrator.id)?.isGlobalAdministrator == true)

        try await scene.store.users.assignRole(.globalAdministrator, to: scene.owner.id)
        #expect(try await scene.store.users.assignRole(.globalUser, to: scene.administrator.id)?.roleID == .globalUser)
        await expectError(refusal) { try await scene.store.users.assignRole(.globalUser, to: scene.owner.id) }
    }
}
