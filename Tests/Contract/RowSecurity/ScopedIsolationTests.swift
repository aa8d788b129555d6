import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// The table of all methods once more, through a store that is scoped to our team's owner.
@Suite(.database)
struct ScopedIsolationTests {
    /// What the scope is for: a call that names another team's things, and whose statement says nothing about whose they are, finds nothing.
    @Test(arguments: Backend.all)
    func everythingOfAnotherTeamIsLikeWhatDoesNotExist(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)
        for entry in IsolationTable.all {
            for call in entry.own {
                let present = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: scene.theirs, other: .missing))
                let absent = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: .missing, other: .missing))

                #expect(masked(present, of: scene.theirs) == masked(absent, of: .missing), "\(entry.method)")
            }
        }
    }

    @Test(arguments: Backend.all)
    func anIdentifierOfAnotherTeamIsLikeOneThatDoesNotExist(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)
        for entry in IsolationTable.all {
            for call in entry.foreign {
                let present = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: scene.ours, other: scene.theirs))
                let absent = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: scene.ours, other: .missing))

                #expect(masked(present, of: scene.theirs) == masked(absent, of: .missing), "\(entry.method)")
            }
        }
    }

    /// The scope takes nothing away that the owner of the team may do, but for what is listed; and it shows nothing more.
    @Test(arguments: Backend.all)
    func callsForOnesOwnTeamGiveWhatTheyGiveWithoutAScope(_ backend: Backend) async throws {
        let scene = try await ScopedTenants.make(on: backend)
        let store = try scene.store(of: scene.ours)
        var different: Set<String> = []
        for entry in IsolationTable.all {
            for call in entry.own {
                let free = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: scene.platform, ours: scene.ours, other: .missing))
                let scoped = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: scene.ours, other: .missing))

                if masked(free, of: scene.ours) != masked(scoped, of: scene.ours) { different.insert(entry.method) }
                let shown = scene.theirs.marks.filter { scoped.contains($0) }
                #expect(shown == [], "\(entry.method)")
            }
        }
        #expect(different.sorted() == Self.platformOnly)
    }

    /// What the owner of a team cannot do within the team: it is the platform's.
    private static let platformOnly = ["TeamService.createTeam(_:)", "UserService.updateUser(_:_:)"]

    /// A text without what calls make anew, and without what a call was given and gives back.
    private func masked(_ text: String, of tenant: Tenant) -> String {
        var text = text
        for given in tenant.marks + [tenant.owner.rawValue, tenant.member.rawValue] { text = text.replacing(given, with: "given") }
        return text.replacing(/\d{8}-id(-\d+)?/, with: "id").replacing(/[a-z]+-[a-z]+-[0-9a-f]{4}\b/, with: "path")
            .replacing(/ds[a-z]_[A-Za-z0-9_-]{43}/, with: "token").replacing(/slug: "analytics(-2)?"/, with: "slug")
    }
}
