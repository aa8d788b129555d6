import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Foundation
import Testing

/// One code, one refresh token, many who use it at once: one gets tokens, and whoever comes second ends the family.
///
/// `DEPLOYSTACK_FAULTS=long` makes 10 000 of each, as for the fault tests.
@Suite(.database)
struct GrantRaceTests {
    private static let rounds = ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULTS"] == "long" ? 10_000 : 150

    /// How many rounds run at once.
    private static let lanes = 4

    /// How many use one token at once in a round: 2 to 32, small ones more often.
    private static func crowd(_ round: Int) -> Int { round.isMultiple(of: 25) ? 32 : 2 + round % 4 }

    /// Runs rounds, several at once so that they disturb each other, and says what they were.
    private static func perform(_ row: String, on backend: Backend, _ body: @escaping @Sendable (Int) async throws -> Void) async {
        let outcomes = await race(lanes) { lane in
            for round in stride(from: lane, to: rounds, by: lanes) { try await body(round) }
        }
        #expect(outcomes.errors == [])
        print("\(row), \(backend): \(rounds) rounds, \(lanes) at once")
    }

    @Test(arguments: Backend.all)
    func ofManyWhoRefreshOneTokenOneWinsAndTheFamilyEnds(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await Self.perform("K6 one refresh token used by 2 to 32", on: backend) { round in
            let issued = try await scene.store.tokens.issueRefreshToken(
                NewRefreshToken(user: scene.owner.id, team: scene.team.id, client: TeamScene.client))
            let count = Self.crowd(round)

            let outcomes = await race(count) { _ in try await scene.store.tokens.refresh(issued.token.reveal(), client: TeamScene.client) }

            #expect(outcomes.values.count == 1)
            // Who comes after the family has ended finds nothing.
            #expect(outcomes.errors.contains(.reusedRefreshToken))
            #expect(outcomes.errors.allSatisfy { $0 == .reusedRefreshToken || $0 == .unknownRefreshToken })
            #expect(outcomes.errors.count == count - 1)
            for pair in outcomes.values {
                #expect(try await !scene.isValid(pair.access))
                await expectError(.unknownRefreshToken) { _ = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client) }
            }
            #expect(try await scene.store.tokens.revokeFamily(issued.record.familyID) == 0)
        }
    }

    @Test(arguments: Backend.all)
    func ofManyWhoRedeemOneCodeOneWinsAndWhatItGotEnds(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await Self.perform("K10 one code used by 2 to 32", on: backend) { round in
            let (request, code) = try await scene.approvedRequest()
            let count = Self.crowd(round)

            let outcomes = await race(count) { _ in try await scene.exchange(code) }

            #expect(outcomes.values.count == 1)
            #expect(outcomes.errors == Array(repeating: .reusedCode, count: count - 1))
            for pair in outcomes.values { #expect(try await !scene.isValid(pair.access)) }
            #expect(try await scene.store.tokens.revokeFamily(TokenFamilyID(request.id.rawValue)) == 0)
        }
    }

    @Test(arguments: Backend.all)
    func ofManyApprovalsOfOneRequestOneGivesACode(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let request = try await scene.store.tokens.createAuthorizationRequest(scene.newRequest())

        let outcomes = await race(16) { _ in try await scene.store.tokens.approve(request.id).reveal() }

        #expect(outcomes.errors == Array(repeating: .closedRequest, count: 15))
        let code = try #require(outcomes.values.first)
        #expect(try await scene.isValid(scene.exchange(code).access))
    }

    /// An old token is presented while its successor's successor is being issued: what is issued at that moment must not outlive the family.
    @Test(arguments: Backend.all)
    func aSecondUseEndsTheFamilyAlsoWhileItIsRefreshed(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)

        await Self.perform("K7 an old refresh token used while its successor is", on: backend) { _ in
            let first = try await scene.grant()
            let second = try await scene.store.tokens.refresh(first.refreshText, client: TeamScene.client)

            let outcomes = await race(3) { number -> TokenPair? in
                let text = number == 0 ? first.refreshText : second.refreshText
                guard number < 2 else {
                    _ = try await scene.store.tokens.introspect(second.access.token.reveal())
                    return nil
                }
                return try await scene.store.tokens.refresh(text, client: TeamScene.client)
            }

            #expect(outcomes.errors.contains(.reusedRefreshToken))
            for pair in [first, second] + outcomes.values.compactMap(\.self) { #expect(try await !scene.isValid(pair.access)) }
            #expect(try await scene.store.tokens.revokeFamily(TokenFamilyID(first.access.record.familyID ?? "")) == 0)
        }
    }

    /// Once a revocation has returned, nothing of the family is valid, whatever was under way.
    @Test(arguments: Backend.all)
    func afterARevocationNothingOfTheFamilyIsValid(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        // Revoking everything of a user ends what the user is about to be given as well, so each lane has a user of its own.
        var users: [UserID] = []
        for _ in 0..<Self.lanes { users.append(try await scene.addMember().id) }
        let members = users

        await Self.perform("K12 a revocation beside a refresh", on: backend) { round in
            let user = members[round % Self.lanes]
            let first = try await scene.grant(scene.newRequest(user: user))
            let outcomes = await race(3) { number -> TokenPair? in
                switch number {
                case 0:
                    if round.isMultiple(of: 3) {
                        _ = try await scene.store.tokens.revoke(first.refreshText)
                    } else if round.isMultiple(of: 2) {
                        try await scene.store.tokens.revokeFamily(TokenFamilyID(first.access.record.familyID ?? ""))
                    } else {
                        try await scene.store.tokens.revokeAll(user: user, team: scene.team.id)
                    }
                    return nil
                case 1: return try await scene.store.tokens.refresh(first.refreshText, client: TeamScene.client)
                default:
                    _ = try await scene.store.tokens.introspect(first.access.token.reveal())
                    return nil
                }
            }

            #expect(outcomes.errors.allSatisfy { $0 == .unknownRefreshToken })
            for pair in [first] + outcomes.values.compactMap(\.self) {
                let isActive = try await scene.store.tokens.introspect(pair.access.token.reveal()).isActive
                #expect(!isActive)
            }
        }
    }

    /// Removing what has expired takes nothing that has not.
    @Test(arguments: Backend.all)
    func aPurgeUnderLoadTakesNothingThatIsValid(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        for _ in 1...20 { _ = try await scene.grant() }
        scene.clock.advance(by: .seconds(31 * 86_400))

        let outcomes = await race(12) { number -> (purged: Int, pair: TokenPair?) in
            guard number.isMultiple(of: 3) else { return (0, try await scene.grant()) }
            let purged = try await scene.store.tokens.purgeExpired(batchSize: 3)
            return (purged.accessTokens + purged.refreshTokens, nil)
        }

        #expect(outcomes.errors == [])
        let rest = try await scene.store.tokens.purgeExpired()
        #expect(outcomes.values.map(\.purged).reduce(0, +) + rest.accessTokens + rest.refreshTokens == 40)
        for pair in outcomes.values.compactMap(\.pair) {
            #expect(try await scene.isValid(pair.access))
            _ = try await scene.store.tokens.refresh(pair.refreshText, client: TeamScene.client)
        }
    }
}
