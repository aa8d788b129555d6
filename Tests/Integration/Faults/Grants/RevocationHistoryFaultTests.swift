import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Testing

/// K12: revocations of every kind while the same tokens are refreshed and asked about.
///
/// Once a revocation has returned, no later answer says that something of it is active. A revocation that finds nothing says so and nothing more, be the token
/// unknown, expired, another client's, or revoked before.
@Suite("K12 Revocations beside refreshes and introspections", .serialized, .database, .requiresServer, .faults)
struct RevocationHistoryFaultTests {
    private enum Kind: Int, CaseIterable {
        case refreshToken, accessToken, family, member, client, accessTokenByRecord, unknown, ofAnotherClient, expired

        /// Whether it ends what is refreshed meanwhile too.
        var endsFamily: Bool { [.refreshToken, .family, .member, .client].contains(self) }
        /// Whether it ends the access token.
        var endsAccess: Bool { endsFamily || self == .accessToken || self == .accessTokenByRecord }
    }

    private struct Tally: Sendable {
        var histories = 0
        var revoked = 0
        var refreshed = 0
        var stillActive = 0
        var told = 0
        var unexpected: [String] = []

        static func + (left: Tally, right: Tally) -> Tally {
            Tally(
                histories: left.histories + right.histories, revoked: left.revoked + right.revoked, refreshed: left.refreshed + right.refreshed,
                stillActive: left.stillActive + right.stillActive, told: left.told + right.told, unexpected: left.unexpected + right.unexpected)
        }
    }

    private static let lanes = 8

    @Test(arguments: Backend.all)
    func afterARevocationNothingOfItIsActive(_ backend: Backend) async throws {
        let clock = ManualTimeSource()
        let store = try await backend.makeStore(options: StoreOptions(timeSource: clock))
        let count = FaultSize.of(ci: 10_000, long: 100_000) / Self.lanes
        // What is revoked of a member or client is revoked of nobody in another lane.
        var members: [NewRefreshToken] = []
        for lane in 0..<Self.lanes {
            let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
            let team = try await store.teams.createTeam(.fixture(owner: user)).id
            members.append(NewRefreshToken(user: user, team: team, client: OAuthClientID("client-\(lane)"), scopes: TokenScope.all))
        }
        let expired = try await store.tokens.issueAccessToken(.fixture(user: members[0].user, team: members[0].team)).token.reveal()
        clock.advance(by: .seconds(30 * 86_400))

        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for (lane, member) in members.enumerated() {
                group.addTask {
                    var tally = Tally()
                    for round in 0..<count { try await Self.history(round + lane, of: member, expired: expired, in: store, &tally) }
                    return tally
                }
            }
            return try await group.reduce(Tally(), +)
        }

        #expect(tally.stillActive == 0 && tally.told == 0 && tally.unexpected == [])
        #expect(tally.histories == count * Self.lanes && tally.revoked > tally.histories / 2 && tally.refreshed > 0)
        FaultReport.row(
            "K12",
            "\(backend): \(tally.histories) histories of revocations of \(Kind.allCases.count) kinds beside refreshes and introspections; active after "
                + "it had returned \(tally.stillActive), answers that tell why \(tally.told), refreshed before \(tally.refreshed)")
    }

    private static func history(
        _ round: Int, of member: NewRefreshToken, expired: String, in store: DataStore, _ tally: inout Tally
    ) async throws {
        let tokens = store.tokens
        let refresh = try await tokens.issueRefreshToken(member)
        let family = refresh.record.familyID
        let access = try await tokens.issueAccessToken(
            NewAccessToken(user: member.user, team: member.team, clientID: member.client.rawValue, familyID: family.rawValue))
        let kind = Kind(rawValue: round % Kind.allCases.count) ?? .family

        async let answer = Self.revoke(kind, access, refresh, expired: expired, of: member, in: store)
        async let outcome = tokens.redeemRefreshToken(refresh.token.reveal(), client: member.client)
        async let meanwhile = tokens.introspect(access.token.reveal())
        let (found, activeRightAfter, again) = try await answer
        let (refreshed, _) = try await (outcome, meanwhile)

        tally.histories += 1
        if found { tally.revoked += 1 }
        if kind.endsAccess, activeRightAfter { tally.stillActive += 1 }
        // Who is told twice that something was revoked learns what there was.
        if again { tally.unexpected.append("\(kind) found something a second time") }
        if !kind.endsAccess, found { tally.unexpected.append("\(kind) found something") }
        var pairs: [IssuedAccessToken] = kind.endsAccess ? [access] : []
        switch refreshed {
        case .granted(let pair):
            tally.refreshed += 1
            if kind.endsFamily { pairs.append(pair.access) }
        case .refused(let error):
            if !kind.endsFamily || error.kind != .invalidGrant || error.rule != nil { tally.unexpected.append("\(kind): \(error)") }
        }
        for token in pairs {
            let said = try await tokens.introspect(token.token.reveal())
            if said.isActive { tally.stillActive += 1 }
            if said.inactivity != .notValid { tally.told += 1 }
        }
        try await tokens.revokeFamily(family)
    }

    /// Revokes, asks at once whether the access token is active, and revokes again what can be found once only.
    private static func revoke(
        _ kind: Kind, _ access: IssuedAccessToken, _ refresh: IssuedRefreshToken, expired: String, of member: NewRefreshToken, in store: DataStore
    ) async throws -> (found: Bool, isActive: Bool, again: Bool) {
        let tokens = store.tokens
        func once() async throws -> Bool {
            switch kind {
            case .refreshToken: try await tokens.revoke(refresh.token.reveal(), client: member.client)
            case .accessToken: try await tokens.revoke(access.token.reveal(), client: member.client)
            case .accessTokenByRecord: try await tokens.revokeAccessToken(access.record.id)
            case .family: try await tokens.revokeFamily(refresh.record.familyID) > 0
            case .member: try await tokens.revokeAll(user: member.user, team: member.team) > 0
            case .client: try await tokens.revokeAll(client: member.client) > 0
            case .unknown: try await tokens.revoke("dsr_" + String(repeating: "A", count: 43), client: member.client)
            case .ofAnotherClient: try await tokens.revoke(refresh.token.reveal(), client: "another")
            case .expired:
                // Its record is there once, and everybody presents it.
                try await tokens.revoke(expired, client: nil) && false
            }
        }
        let found = try await once()
        let isActive = try await tokens.introspect(access.token.reveal()).isActive
        // A refresh that was under way has come to nothing by now, and there is no other.
        return (found, isActive, try await once())
    }
}
