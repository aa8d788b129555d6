import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What a store sees that is scoped to a team or user, and how it becomes one.
@Suite(.database)
struct ScopedStoreTests {
    @Test(arguments: Backend.all)
    func aScopedStoreSeesWhatIsItsTeamsAndWhatIsNobodys(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)

        #expect(try await store.teams.team(scene.ours.team)?.id == scene.ours.team)
        #expect(try await store.teams.team(scene.theirs.team) == nil)
        #expect(try await store.teams.allTeams().items.map(\.team.id) == [scene.ours.team])
        #expect(try await store.teams.members(of: scene.ours.team).count == 2)
        #expect(try await store.users.list().items.map(\.user.id).sorted() == [scene.ours.member, scene.ours.owner].sorted())
        let servers = try await store.catalog.list(viewer: .administrator, filter: .none).items.map(\.id)
        #expect(Set(servers) == [scene.scene.common, scene.ours.server])
        #expect(try await store.installations.installationViews(team: scene.ours.team).map(\.installation.id) == [scene.ours.installation])
        #expect(try await store.installations.installationViews(team: scene.theirs.team) == [])
        #expect(try await store.tokens.verify(scene.ours.token)?.token.teamID == scene.ours.team)
        #expect(try await store.tokens.verify(scene.theirs.token) == nil)
        #expect(try await store.satelliteCommands.command(scene.ours.command)?.id == scene.ours.command)
        #expect(try await store.satelliteCommands.command(scene.theirs.command) == nil)
        #expect(try await store.roles.all().count == 4)
    }

    @Test(arguments: Backend.all)
    func withoutAScopeThereIsNothingOfAnyTeamOrUser(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)

        #expect(try await scene.tenants.teams.allTeams().total == 0)
        #expect(try await scene.tenants.users.list().total == 0)
        #expect(try await scene.tenants.installations.installationViews(team: scene.ours.team) == [])
        #expect(try await scene.tenants.notifications.list(user: scene.ours.owner).total == 0)
        #expect(try await scene.tenants.tokens.verify(scene.ours.token) == nil)
        #expect(try await scene.tenants.catalog.list(viewer: .administrator, filter: .none).items.map(\.id) == [scene.scene.common])
        #expect(try await scene.tenants.roles.all().count == 4)
    }

    @Test(arguments: Backend.all, ["", "missing", "a\0b", "'", String(repeating: "x", count: 5_000)])
    func aTeamThatDoesNotExistHasNothing(_ backend: Backend, team: String) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.tenants.scoped(to: TeamID(team), user: UserID(team))

        #expect(try await store.teams.allTeams().total == 0)
        #expect(try await store.users.list().total == 0)
        #expect(try await store.transaction { try await $0.teams.allTeams().total } == 0)
    }

    @Test(arguments: Backend.all)
    func whatBelongsToAUserIsThereWhenTheUserIsGiven(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        try await scene.platform.notifications.notifyTeam(scene.ours.team, title: "All", message: "To all")
        let team = try scene.tenants.scoped(to: scene.ours.team)
        let user = try scene.tenants.scoped(toUser: scene.ours.owner)

        #expect(try await team.notifications.list(user: scene.ours.owner).items.map(\.title) == ["All"])
        #expect(try await user.notifications.list(user: scene.ours.owner).items.map(\.title).sorted() == ["All", "Ready"])
        #expect(try await user.notifications.list(user: scene.ours.member).total == 0)
        #expect(try await user.notifications.markRead(scene.ours.notification, user: scene.ours.owner))
        #expect(try await user.teams.team(scene.ours.team) == nil)
        #expect(try await user.users.user(scene.ours.owner)?.id == scene.ours.owner)
    }

    @Test(arguments: Backend.all)
    func aTeamNotifiesItsMembersAndNobodyElse(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.tenants.scoped(to: scene.ours.team)

        #expect(try await store.notifications.notifyTeam(scene.ours.team, title: "All", message: "To all") == 2)
        #expect(try await store.notifications.notifyTeam(scene.theirs.team, title: "All", message: "To all") == 0)
        await expectRule(.outsideScope) { _ = try await store.notifications.create(user: scene.theirs.owner, title: "One", message: "To one") }
        #expect(try await scene.platform.notifications.list(user: scene.theirs.owner).total == 1)
    }

    @Test(arguments: Backend.all)
    func accountsAndThePlatformsRowsAreReadAndNotChanged(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)

        await expectRule(.outsideScope) { _ = try await store.users.updateUser(scene.ours.owner, UserPatch(firstName: .set("Ada"))) }
        #expect(try await store.catalog.delete(scene.scene.common, by: .system) == nil)
        await expectRule(.outsideScope) { _ = try await store.teams.createTeam(NewTeam(name: "Another", owner: scene.ours.owner)) }
        #expect(try await scene.platform.users.user(scene.ours.owner)?.firstName == nil)
        #expect(try await scene.platform.catalog.server(scene.scene.common) != nil)
    }

    /// What everybody reads is left alone as if it were not there, whoever the caller says to be; what would be new is refused.
    @Test(arguments: Backend.all)
    func thePlatformsRowsStayAsTheyAre(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let (store, common) = (try scene.store(of: scene.ours), scene.scene.common)
        let category = try await scene.platform.categories.create(NewCategory(name: "Data"))
        let role = try await scene.platform.roles.create(NewRole(name: "auditor"))
        let satellite = try await scene.platform.satellites.register(NewSatellite(name: "satellite-of-all", type: .global)).satellite.id
        try await scene.platform.settings.set("platform.name", to: .string("Ours"))

        #expect(try await store.catalog.update(common, ServerPatch(name: "Changed"), by: .system) == nil)
        #expect(try await store.catalog.addTags(["more"], to: common, by: .system) == nil)
        #expect(try await store.catalog.setHealth(common, .online, error: nil, at: .epoch) == false)
        #expect(try await store.categories.update(category.id, CategoryPatch(name: "Changed")) == nil)
        #expect(try await store.categories.delete(category.id) == false)
        #expect(try await store.roles.update(role.id, RolePatch(name: "changed")) == nil)
        #expect(try await store.roles.delete(role.id) == false)
        #expect(try await store.satellites.satellite(satellite) != nil)
        #expect(try await store.satellites.setStatus(satellite, .maintenance) == nil)
        #expect(try await store.satellites.delete(satellite) == false)
        #expect(try await store.settings.delete("platform.name") == false)
        await expectRule(.outsideScope) { _ = try await store.settings.set("platform.name", to: .string("Changed")) }
        await expectRule(.outsideScope) { _ = try await store.categories.create(NewCategory(name: "More")) }
        await expectRule(.outsideScope) { _ = try await store.roles.create(NewRole(name: "more")) }
        await expectRule(.outsideScope) { _ = try await store.catalog.create(NewServer(name: "More", transport: .http), by: .system) }
        #expect(try await scene.platform.settings.get("platform.name") == .string("Ours"))
        #expect(try await scene.platform.categories.category(category.id) == category)
    }

    /// Secrets of the platform are not for teams.
    @Test(arguments: Backend.all)
    func secretsAmongTheSettingsAreNotThere(_ backend: Backend) async throws {
        let secret = try EncryptionSecret("a secret of more than sixteen bytes")
        let platform = try await backend.makeStore(options: StoreOptions(encryptionSecret: secret))
        let store = try await backend.makeTenantStore(on: platform, options: StoreOptions(encryptionSecret: secret)).scoped(to: "any")
        try await platform.settings.set("platform.key", to: .secret("hidden"))
        try await platform.settings.set("platform.name", to: .string("Ours"))

        #expect(try await store.settings.get("platform.key") == nil)
        #expect(try await store.settings.get("platform.name") == .string("Ours"))
    }

    /// Deletions go on beyond what the scope sees, as foreign keys say: nothing is left that refers to what is gone.
    @Test(arguments: Backend.all)
    func deletingTheTeamTakesWithItWhatItsScopeDoesNotSee(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.tenants.scoped(to: scene.ours.team)

        #expect(try await store.teams.deleteTeam(scene.ours.team, force: true))

        #expect(try await scene.platform.installations.installationViews(team: scene.ours.team) == [])
        #expect(try await scene.platform.satellites.satellite(scene.ours.satellite) == nil)
        #expect(try await scene.platform.tokens.verify(scene.ours.token) == nil)
        #expect(try await scene.platform.installations.installationViews(team: scene.theirs.team).count == 1)
    }

    @Test(arguments: Backend.all)
    func theScopeHoldsInTransactionsAndTheirParts(_ backend: Backend) async throws {
        struct TakeBack: Error {}
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)

        let names = try await store.transaction { store in
            var seen = [try await store.teams.allTeams().items.map(\.team.id)]
            try? await store.transaction { store in
                _ = try await store.teams.updateTeamName(scene.ours.team, "Changed")
                throw TakeBack()
            }
            seen.append(try await store.teams.allTeams().items.map(\.team.id))
            _ = try? await store.notifications.create(user: scene.theirs.owner, title: "One", message: "To one")
            seen.append(try await store.teams.allTeams().items.map(\.team.id))
            return seen
        }

        #expect(names == Array(repeating: [scene.ours.team], count: 3))
        #expect(try await scene.tenants.transaction { try await $0.teams.allTeams().total } == 0)
    }

    @Test(arguments: Backend.all)
    func manyScopesOverOneStoreDoNotReachEachOther(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)

        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<24 {
                group.addTask {
                    var wrong = 0
                    for turn in 0..<20 {
                        let tenant = [scene.ours, scene.theirs][(number + turn) % 2]
                        let store = (number + turn) % 3 == 0 ? scene.tenants : try scene.tenants.scoped(to: tenant.team)
                        let expected = (number + turn) % 3 == 0 ? [] : [tenant.team]
                        let seen =
                            turn % 4 == 0
                            ? try await store.transaction { try await $0.teams.allTeams().items.map(\.team.id) }
                            : try await store.teams.allTeams().items.map(\.team.id)
                        if seen != expected { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }

        #expect(wrong == 0)
    }

    @Test(arguments: Backend.all)
    func whatIsReadAsAStreamIsTheScopes(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)

        var exported: [McpServerID] = []
        for try await server in store.catalog.exportServers(viewer: .administrator) { exported.append(server.id) }
        var notified: [NotificationID] = []
        for try await notification in store.notifications.allNotifications(user: scene.theirs.owner) { notified.append(notification.id) }

        #expect(Set(exported) == [scene.scene.common, scene.ours.server])
        #expect(notified == [])
    }

    @Test(.listening, .timeLimit(.minutes(1)), arguments: Backend.all)
    func aStreamTellsOfWhatTheScopeSees(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)
        let foreign = try await store.notifications.stream(user: scene.theirs.owner)
        let listening = Task {
            var titles: [String] = []
            do {
                for try await event in foreign { titles += event.notification.map { [$0.title] } ?? [] }
            } catch {}
            return titles
        }
        let own = try await store.notifications.stream(team: scene.ours.team)

        try await scene.platform.notifications.notifyTeam(scene.theirs.team, title: "Theirs", message: "To all")
        try await scene.platform.notifications.notifyTeam(scene.ours.team, title: "Ours", message: "To all")

        #expect(try await own.firstTitles(2) == ["Ours", "Ours"])
        await scene.tenants.close()
        #expect(await listening.value == [])
    }

    @Test(arguments: Backend.all)
    func aStoreIsScopedOnceAndOnlyWhenRowSecurityIsEnforced(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)

        await expectConfiguration { _ = try scene.platform.scoped(to: scene.ours.team) }
        await expectRule(.scopeIsFixed) { _ = try store.scoped(to: scene.theirs.team) }
        await expectRule(.scopeIsFixed) { _ = try store.scoped(toUser: scene.theirs.owner) }
        await expectRule(.scopeIsFixed) { _ = try scene.tenants.scoped(to: "").scoped(to: scene.ours.team) }
        try await scene.tenants.transaction { store in
            await expectRule(.scopeIsFixed) { _ = try store.scoped(to: scene.ours.team) }
        }
        try await scene.platform.transaction { store in
            await expectConfiguration { _ = try store.scoped(to: scene.ours.team) }
        }
    }

    @Test(arguments: Backend.all)
    func aStoreForTenantsDoesNotMigrate(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)

        await expectConfiguration { try await scene.tenants.migrate() }
        await expectConfiguration { try await scene.tenants.enableRowSecurity(for: "anybody") }
        #expect(try await scene.tenants.migrationStatus().count == scene.platform.migrationStatus().count)
    }

    private func expectConfiguration(_ call: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async {
        await #expect(sourceLocation: sourceLocation) {
            try await call()
        } throws: {
            ($0 as? DataError)?.kind == .configuration
        }
    }
}
