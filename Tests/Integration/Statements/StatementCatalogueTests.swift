import DeployStackData
import DeployStackDataTesting
import Foundation
import PostgresDriver
import Testing

/// Every statement of the library, held against a freshly migrated database.
@Suite(.database)
struct StatementCatalogueTests {
    @Test(.requiresServer) func everyStatementAgreesWithTheMigratedSchema() async throws {
        let mismatches = try await mismatches(after: [])

        #expect(mismatches.isEmpty, "\(mismatches.map(\.description).joined(separator: "\n"))")
    }

    @Test(
        .requiresServer,
        arguments: [
            ([#"ALTER TABLE "teams" RENAME COLUMN "slug" TO "handle""#], "team(slug)"),
            ([#"ALTER TABLE "notifications" ALTER COLUMN "title" DROP NOT NULL"#], "notificationFeed"),
            ([#"ALTER TABLE "mcpTeamInstallations" RENAME COLUMN "installation_name" TO "name""#], "installationViews"),
            (
                [
                    #"ALTER TABLE "teams" DROP CONSTRAINT "teams_member_limit_check""#,
                    #"ALTER TABLE "teams" ALTER COLUMN "member_limit" DROP DEFAULT"#,
                    #"ALTER TABLE "teams" ALTER COLUMN "member_limit" TYPE text USING "member_limit"::text"#,
                ], "team(id)"
            ),
        ])
    func aChangedSchemaIsReportedForTheStatementsThatItBreaks(changes: [String], statement: String) async throws {
        let mismatches = try await mismatches(after: changes)

        #expect(mismatches.contains { $0.statement == statement })
    }

    @Test func everyStatementInTheSourceIsListed() throws {
        let listed = Set(StatementCatalogue.all.map { String($0.name.prefix { $0 != "(" }) })

        let declared = try statementFiles().flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(of: /static func (\w+)\(/).map { String($0.output.1) }
        }

        #expect(declared.count > 50)
        #expect(Set(declared).subtracting(listed).isEmpty)
    }

    @Test func sqlIsWrittenInTheFilesForStatementsOnly() throws {
        let files = try sourceFiles().filter { !$0.lastPathComponent.hasSuffix("Statements.swift") && !$0.path.contains("CatalogConditions") }

        let offenders = try files.filter { try String(contentsOf: $0, encoding: .utf8).contains(/(SELECT|INSERT INTO|UPDATE|DELETE FROM) [\\"]/) }

        #expect(offenders.isEmpty)
    }

    private func mismatches(after changes: [String]) async throws -> [StatementMismatch] {
        let client = try PostgresClient(connection: try await TestDatabase.lent().configuration.connection)
        let mismatches = try await client.withConnection { session in
            for change in changes { _ = try await session.runScript(change) }
            let hasExtension =
                try await session.run(Statement<Bool>("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')") { try $0.read() })
                .rows == [true]
            // Where the server does not come with the extension, the statement that needs it is never sent.
            let statements = StatementCatalogue.all.filter { hasExtension || !$0.name.hasPrefix("suggestions(") }
            return try await StatementVerifier(session: session).verify(statements)
        }
        await client.close()
        return mismatches
    }

    private func sourceFiles() throws -> [URL] {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/DeployStackData").standardized
        let files = try #require(FileManager.default.enumerator(at: source, includingPropertiesForKeys: nil)?.allObjects as? [URL])
        return files.filter { $0.pathExtension == "swift" }
    }

    private func statementFiles() throws -> [URL] {
        try sourceFiles().filter { $0.lastPathComponent.hasSuffix("Statements.swift") }
    }
}
