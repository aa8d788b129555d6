import DeployStackDataTesting
import DeployStackModels
import Foundation
import PostgresDriver
import Testing

@testable import DeployStackData

/// Nobody learns from the time of an answer why a token is not valid or where two secrets differ, by Welch's t-test. It is measured with
/// `DEPLOYSTACK_FAULTS=long` alone, because nobody can measure time on a busy machine.
@Suite(.serialized, .requiresServer, .database)
struct AnswerTimeTests {
    private static let isLong = ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULTS"] == "long"

    /// What makes the answers equal, without measuring them: the index alone tells that a token is not valid, whatever the reason.
    @Test func noRowIsReadOfATokenThatIsNotValid() async throws {
        let clock = ManualTimeSource()
        let store = try await Backend.postgres.makeStore(options: StoreOptions(timeSource: clock))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        let expired = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id)).token.reveal()
        clock.advance(by: .seconds(604_800))
        let valid = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id)).token.reveal()
        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)

        for (token, rows) in [(valid, 2), (expired, 0), ("dsa_unknown", 0)] as [(String, Int64)] {
            let read = try await client.withConnection { session in
                try await session.withTransaction { transaction in
                    _ = try await transaction.run("SELECT set_config('enable_seqscan', 'off', true)" as Statement<String>)
                    _ = try await transaction.run(.verify(TokenHash(of: token), at: clock.now()))
                    _ = try await transaction.run(.introspect(TokenHash(of: token), at: clock.now()))
                    return try await transaction.run(Self.rowsRead).rows
                }
            }
            #expect(read == [rows])
        }
        await client.close()
    }

    /// How many tokens the transaction has found through an index and read.
    private static let rowsRead: Statement<Int64> = """
        SELECT "idx_tup_fetch"
        FROM "pg_stat_xact_user_tables"
        WHERE "relname" = 'oauth_access_tokens'
        """

    @Test(.enabled(if: isLong, "nobody can measure time on a busy machine")) func theTimeDoesNotTellWhyATokenIsNotValid() async throws {
        let clock = ManualTimeSource()
        let store = try await Backend.postgres.makeStore(options: StoreOptions(timeSource: clock))
        let user = try await store.users.createUser(.fixture())
        let team = try #require(try await store.teams.defaultTeam(of: user.id))
        var tokens: [[String]] = [[], [], []]
        for _ in 0..<200 {
            let expired = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id))
            let revoked = try await store.tokens.issueAccessToken(.fixture(user: user.id, team: team.id))
            _ = try await store.tokens.revokeAccessToken(revoked.record.id)
            tokens[0].append(expired.token.reveal())
            tokens[1].append(revoked.token.reveal())
            tokens[2].append("dsa_" + String(revoked.token.reveal().dropFirst(4).reversed()))
        }
        clock.advance(by: .seconds(604_800))
        var samples: [[Double]] = [[], [], []]

        for round in 0..<20_000 {
            // The order changes from round to round, so that none is always measured after the same one.
            for offset in 0..<3 {
                let index = (round + offset) % 3
                let start = ContinuousClock.now
                let answer = try await store.tokens.introspect(tokens[index][round % 200])
                let time = ContinuousClock.now - start
                samples[index].append(Double(time.components.attoseconds) / 1e9)
                #expect(!answer.isActive)
            }
        }

        Self.expectNoDifference(samples)
    }

    @Test(.enabled(if: isLong, "nobody can measure time on a busy machine")) func theTimeDoesNotTellWhereTwoTextsDiffer() {
        let text = String(repeating: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URW", count: 32)
        // Each has memory of its own: what is compared with itself is read from one place instead of two.
        let others = [text, "~\(text.dropFirst())", "\(text.dropLast())~"].map { String(decoding: Array($0.utf8), as: UTF8.self) }
        var samples: [[Double]] = [[], [], []]

        for round in 0..<1_000_000 {
            // The order changes from round to round, so that none is always measured after the same one.
            for offset in 0..<3 {
                let index = (round + offset) % 3
                let other = others[index]
                let start = ContinuousClock.now
                _ = text.hasSameBytesInConstantTime(as: other)
                let time = ContinuousClock.now - start
                samples[index].append(Double(time.components.attoseconds) / 1e9)
            }
        }

        Self.expectNoDifference(samples)
    }

    private static func expectNoDifference(_ samples: [[Double]]) {
        for (left, right) in [(0, 1), (0, 2), (1, 2)] {
            let t = welch(samples[left], samples[right])
            print("Welch's t of kinds \(left) and \(right): \(t)")
            #expect(abs(t) < 4.5)
        }
    }

    /// Welch's t of two samples, of which the slowest tenth is left out: it is interrupts.
    private static func welch(_ left: [Double], _ right: [Double]) -> Double {
        func moments(_ sample: [Double]) -> (mean: Double, spread: Double) {
            let kept = sample.sorted().prefix(sample.count * 9 / 10)
            let mean = kept.reduce(0, +) / Double(kept.count)
            let variance = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count - 1)
            return (mean, variance / Double(kept.count))
        }
        let (a, b) = (moments(left), moments(right))
        return (a.mean - b.mean) / (a.spread + b.spread).squareRoot()
    }
}
