import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import Testing

/// The table of all methods between many teams with the same names: each team calls everything for itself, and with the identifiers of every other one.
///
/// `DEPLOYSTACK_FAULTS=long` makes thirty-two teams instead of four, more than 50 000 calls.
@Suite(.database)
struct ManyTenantsTests {
    private static let count = ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULTS"] == "long" ? 32 : 4

    @Test(arguments: Backend.all)
    func ofManyTeamsNoneSeesAnother(_ backend: Backend) async throws {
        let store = try await TwoTenants.open(on: backend)
        _ = try await TwoTenants.fill(store)
        var tenants: [Tenant] = []
        for number in 0..<Self.count { tenants.append(try await Tenant.make(in: store, word: "quokka\(100 + number)")) }
        var calls = 0
        var leaks: [String] = []

        for ours in tenants {
            let others = tenants.filter { $0.team != ours.team }
            let marks = others.flatMap(\.marks)
            for entry in IsolationTable.all {
                for call in entry.own {
                    let answer = try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: ours, other: .missing))
                    calls += 1
                    if marks.contains(where: answer.contains) { leaks.append("\(entry.method) for itself") }
                }
                for call in entry.foreign {
                    let absent = masked(try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: ours, other: .missing)))
                    calls += 1
                    for other in others {
                        let present = masked(
                            try await IsolationCase.answerTakenBack(call, IsolationCase.View(store: store, ours: ours, other: other)))
                        calls += 1
                        if present != absent { leaks.append("\(entry.method) with an identifier of another one") }
                    }
                }
            }
        }

        let scoped = IsolationTable.all.count { $0.unscoped == nil }
        print("I1: \(backend): \(tenants.count) teams, \(scoped) methods, \(calls) calls, \(leaks.count) leaks")
        #expect(leaks == [])
        #expect(calls > tenants.count * tenants.count * 49)
    }

    /// A text without what calls make anew, identifiers and random paths, and without slugs of teams, which are unique on the whole platform.
    private func masked(_ text: String) -> String {
        text.replacing(/\d{8}-id(-\d+)?/, with: "id").replacing(/[a-z]+-[a-z]+-[0-9a-f]{4}\b/, with: "path")
            .replacing(/ds[a-z]_[A-Za-z0-9_-]{43}/, with: "token").replacing(/slug: "analytics(-\d+)?"/, with: "slug")
    }
}
