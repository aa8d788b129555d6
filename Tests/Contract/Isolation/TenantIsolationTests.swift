import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Nothing of one team is read, counted, changed, found or ordered for another one.
@Suite(.database)
struct TenantIsolationTests {
    @Test
    func everyMethodOfEveryRepositoryIsInTheTable() throws {
        let methods = try RepositoryProtocol.all(in: PackageFolder.root).flatMap { source in source.methods.map { "\(source.name).\($0.name)" } }
        let listed = IsolationTable.all.map(\.method)

        let forgotten = Set(methods).subtracting(listed).sorted()
        let stale = Set(listed).subtracting(methods).sorted()

        #expect(methods.count >= 91)
        #expect(
            forgotten == [],
            """
            Nothing says how these keep teams apart. Add a case to Tests/Contract/Isolation/Cases: `own` calls the method for our team, \
            `foreign` calls it for our team with identifiers of another one, `unscoped` says why it belongs to nobody.
            """)
        #expect(stale == [], "These are in the table and in no protocol.")
        #expect(listed.count == Set(listed).count)
    }

    @Test(arguments: Backend.all)
    func anIdentifierOfAnotherTeamIsLikeOneThatDoesNotExist(_ backend: Backend) async throws {
        let scene = try await TwoTenants.make(on: backend)
        let before = try await TenantSnapshot.text(of: scene.theirs, in: scene.store)
        for entry in IsolationTable.all {
            for call in entry.foreign {
                let present = try await undone(call, scene, other: scene.theirs)
                let absent = try await undone(call, scene, other: .missing)

                #expect(masked(present.answer) == masked(absent.answer), "\(entry.method)")
                #expect(present.theirs == before, "\(entry.method)")
            }
        }
    }

    @Test(arguments: Backend.all)
    func callsForOneTeamNeitherShowNorChangeAnotherOne(_ backend: Backend) async throws {
        let scene = try await TwoTenants.make(on: backend)
        let before = try await TenantSnapshot.text(of: scene.theirs, in: scene.store)
        for entry in IsolationTable.all {
            for call in entry.own {
                let made = try await undone(call, scene, other: scene.theirs)

                let shown = scene.theirs.marks.filter { made.answer.contains($0) }
                #expect(shown == [], "\(entry.method)")
                #expect(made.theirs == before, "\(entry.method)")
            }
        }
    }

    /// Inference: totals, ranks, orders, counts and errors are the same whatever another team has.
    @Test(arguments: Backend.all)
    func whatAnotherTeamHasMakesNoDifference(_ backend: Backend) async throws {
        let alone = try await TwoTenants.open(on: backend)
        let (ours, common) = try await TwoTenants.fill(alone)
        let undisturbed = TwoTenants(store: alone, ours: ours, theirs: .missing, common: common)
        let disturbed = try await TwoTenants.make(on: backend)
        try await crowd(disturbed)
        #expect(disturbed.ours.marks == ours.marks)

        for entry in IsolationTable.all {
            for call in entry.own {
                let (first, second) = (
                    try await undone(call, undisturbed, other: .missing).answer, try await undone(call, disturbed, other: .missing).answer
                )
                #expect(masked(first) == masked(second), "\(entry.method)")
            }
        }
    }

    /// Adds to the other team what would move totals, ranks and positions.
    private func crowd(_ scene: TwoTenants) async throws {
        let (store, theirs) = (scene.store, scene.theirs)
        for number in 0..<30 {
            let server = try await store.catalog.create(
                NewServer(
                    name: "Vault \(number)", description: "Metrics metrics vault", transport: .http, ownerTeam: theirs.team,
                    tags: ["private", "metrics"]),
                by: .teamAdministrator(theirs.owner, of: [theirs.team]))
            try await store.installations.createInstallation(
                team: theirs.team, user: theirs.owner, NewInstallation(serverID: server.id, name: "vault again \(number)"))
            try await store.notifications.notifyTeam(theirs.team, title: "Ready", message: "Again")
            _ = try await store.tokens.issueAccessToken(NewAccessToken(user: theirs.owner, team: theirs.team, clientID: "client"))
        }
    }

    /// The answer to a call, and what the other team had right after it. The call's effect is taken back.
    private func undone(
        _ call: @escaping IsolationCase.Call, _ scene: TwoTenants, other: Tenant
    ) async throws -> (answer: String, theirs: String) {
        struct TakeBack: Error {
            let answer: String
            let theirs: String
        }
        do {
            try await scene.store.transaction { store in
                let answer = await IsolationCase.answer(call, IsolationCase.View(store: store, ours: scene.ours, other: other))
                throw TakeBack(answer: answer, theirs: try await TenantSnapshot.text(of: scene.theirs, in: store))
            }
            return ("", "")
        } catch let error as TakeBack {
            return (error.answer, error.theirs)
        }
    }

    /// A text without what calls make anew, identifiers and random paths, and without slugs of teams, which are unique on the whole platform.
    private func masked(_ text: String) -> String {
        text.replacing(/\d{8}-id(-\d+)?/, with: "id").replacing(/[a-z]+-[a-z]+-[0-9a-f]{4}\b/, with: "path")
            .replacing(/slug: "analytics(-2)?"/, with: "slug")
    }
}
