import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct RoleSyncTests {
    private static let auditor = RoleDefinition(id: "auditor", name: "auditor", description: "Audits", permissions: ["audit.view"])

    @Test(arguments: Backend.all)
    func whatIsDefinedAlreadyStaysAsItIs(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let before = try await store.roles.all()

        #expect(try await store.roles.sync(RoleDefinition.system) == RoleSyncReport())

        #expect(try await store.roles.all() == before)
    }

    @Test(arguments: Backend.all)
    func missingRolesAreCreatedAndDifferentOnesChanged(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let before = try #require(try await store.roles.role("team_user"))
        var reader = RoleDefinition.system[3]
        reader.permissions.append("audit.view")

        let report = try await store.roles.sync([Self.auditor, reader, RoleDefinition.system[0]])

        #expect(report == RoleSyncReport(created: ["auditor"], updated: ["team_user"]))
        let created = try #require(try await store.roles.role("auditor"))
        #expect(created.isSystemRole && created.permissions == ["audit.view"] && created.createdAt == clock.now())
        let changed = try #require(try await store.roles.role("team_user"))
        #expect(changed.permissions == reader.permissions)
        #expect(changed.createdAt == before.createdAt && changed.updatedAt == clock.now())
        #expect(try await store.roles.sync([Self.auditor, reader]) == RoleSyncReport())
    }

    @Test(arguments: Backend.all)
    func anotherNameOrDescriptionAloneIsAChange(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.roles.sync([Self.auditor])
        var definition = Self.auditor

        definition.name = "Auditor"
        #expect(try await store.roles.sync([definition]).updated == ["auditor"])
        definition.description = nil
        #expect(try await store.roles.sync([definition]).updated == ["auditor"])

        let role = try await store.roles.role("auditor")
        #expect(role?.name == "Auditor" && role?.description == nil && role?.permissions == Self.auditor.permissions)
    }

    @Test(arguments: Backend.all)
    func aRoleThatBecomesASystemRoleCannotBeChangedAnyMore(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        let role = try await store.roles.create(NewRole(name: "auditor"))

        let report = try await store.roles.sync([RoleDefinition(id: role.id, name: "auditor", description: nil, permissions: [])])

        #expect(report.updated == [role.id])
        await expectRule(.systemRoleImmutable) { _ = try await store.roles.delete(role.id) }
    }

    @Test(arguments: Backend.all)
    func aNameOfAnotherRoleChangesNothingAtAll(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        try await store.roles.create(NewRole(name: "taken"))
        let before = try await store.roles.all()

        await expectError(.alreadyExists(.role, "name", constraint: "roles_name_key")) {
            try await store.roles.sync([Self.auditor, RoleDefinition(id: "b", name: "taken", description: nil, permissions: [])])
        }

        #expect(try await store.roles.all() == before)
    }

    @Test(arguments: Backend.all)
    func definitionsThatAreNotAcceptableAreRefused(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        func definition(_ id: RoleID = "x", name: String = "x", permissions: [String] = []) -> RoleDefinition {
            RoleDefinition(id: id, name: name, description: nil, permissions: permissions)
        }

        await expectInvalid("definitions") { try await store.roles.sync([definition(), definition(name: "y")]) }
        await expectInvalid("definitions") { try await store.roles.sync((0...100).map { definition("r\($0)", name: "r\($0)") }) }
        await expectInvalid("definitions.id") { try await store.roles.sync([definition("")]) }
        await expectInvalid("definitions.id") { try await store.roles.sync([definition("a\0b")]) }
        await expectInvalid("name") { try await store.roles.sync([definition(name: " ")]) }
        await expectInvalid("permissions") { try await store.roles.sync([definition(permissions: [""])]) }
        #expect(try await store.roles.sync([]) == RoleSyncReport())
    }

    @Test(arguments: Backend.all)
    func servicesThatStartTogetherCreateEachRoleOnce(_ backend: Backend) async throws {
        let store = try await backend.makeStore()
        // A race that is lost seldom shows in many rounds.
        for round in 1...15 {
            let definitions = (1...5).map { RoleDefinition(id: "r\(round)-\($0)", name: "r\(round)-\($0)", description: nil, permissions: ["p"]) }

            let outcomes = await race(8) { number in try await store.roles.sync(number.isMultiple(of: 2) ? definitions : definitions.reversed()) }

            #expect(outcomes.errors.isEmpty)
            #expect(outcomes.values.flatMap(\.created).sorted() == definitions.map(\.id))
            #expect(outcomes.values.flatMap(\.updated).isEmpty)
        }
    }
}
