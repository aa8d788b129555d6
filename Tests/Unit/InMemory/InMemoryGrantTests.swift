import DeployStackModels
import Testing

@testable import DeployStackData

/// What the in-memory tables do with grants whose user is no longer a member, which no call of today leaves behind.
struct InMemoryGrantTests {
    private static let client: OAuthClientID = "cursor_mcp_client"
    private static let environment = StoreEnvironment(StoreOptions())

    private static func refreshToken(_ user: UserID, isUsed: Bool) throws -> RefreshTokenRow {
        let generated = try GeneratedRefreshToken(
            issuing: NewRefreshToken(user: user, team: "crew", client: client, family: "family"), in: environment)
        var row = RefreshTokenRow(record: generated.record, hash: generated.hash)
        row.record.isUsed = isUsed
        return row
    }

    @Test func aFormerMemberRefreshesNothingAndBurnsNothing() throws {
        var tables = try InMemoryTables.populated()
        let row = try Self.refreshToken("bob", isUsed: false)
        try tables.insert(row)
        _ = try tables.delete(TeamMembership.self, [MembershipID("m2").bytewise])

        let outcome = try tables.rotate(row.hash, client: Self.client, in: Self.environment)

        #expect(throws: TokenRules.notMember) { try outcome.get() }
        #expect(tables.refreshTokens[row.record.id]?.record.isUsed == false)
    }

    @Test func aSecondUseByAFormerMemberEndsTheFamily() throws {
        var tables = try InMemoryTables.populated()
        let row = try Self.refreshToken("bob", isUsed: true)
        try tables.insert(row)
        try tables.insert(Self.refreshToken("bob", isUsed: false))
        _ = try tables.delete(TeamMembership.self, [MembershipID("m2").bytewise])

        let outcome = try tables.rotate(row.hash, client: Self.client, in: Self.environment)

        #expect(throws: GrantRules.replayedRefreshToken) { try outcome.get() }
        #expect(tables.refreshTokens.all.map(\.record.id) == [])
    }
}
