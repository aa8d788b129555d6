import DeployStackData
import DeployStackModels
import Foundation
import PostgresDriver
import Testing

@testable import DeployStackDataTesting

@Suite(.requiresServer, .database)
struct TestDatabaseTests {
    @Test func aLentDatabaseIsMigratedAndEmpty() async throws {
        let database = try await TestDatabase.lent()

        try await withDataStore(try await .postgres(database.configuration)) { store in
            let report = try await store.migrate()
            let catalog = try await store.catalog.list(viewer: .administrator)

            #expect(report.applied.isEmpty)
            #expect(catalog.total == 0)
        }
    }

    @Test func aForbiddenTextIsFoundWhereverItStands() async throws {
        let database = try await TestDatabase.lent()
        try await withDataStore(try await .postgres(database.configuration)) { store in
            let user = try await store.users.createUser(.fixture())
            _ = try await store.notifications.create(user: user.id, title: "token", message: "dsx_0123456789")
            _ = try await store.catalog.create(.fixture(metadata: ["key": "dsx_9876543210"]), by: .system)
        }

        #expect(try await ForbiddenText.tables(of: database, "ds[xy]_[0-9]{10}") == ["mcpServerTemplates", "notifications"])
        #expect(try await ForbiddenText.tables(of: database, "ds[xy]_[0-9]{11}") == [])
        await #expect(throws: PostgresError.self) { try await ForbiddenText.tables(of: database, "(") }
    }

    @Test func theLentDatabaseIsMadeOnce() async throws {
        async let first = TestDatabase.lent()
        async let second = TestDatabase.lent()

        let names = try await [first.name, second.name, TestDatabase.lent().name]

        #expect(Set(names).count == 1)
    }

    @Test func theFirstStoreStandsOnTheLentDatabaseAndFurtherOnesOnTheirOwn() async throws {
        let first = try await Backend.postgres.makeStore()
        let second = try await Backend.postgres.makeStore()
        let user = try await first.users.createUser(.fixture())

        try await withDataStore(try await .postgres(try await TestDatabase.lent().configuration)) { store in
            let found = try await store.users.user(user.id)
            #expect(found == user)
        }
        #expect(try await second.users.user(user.id) == nil)
    }

    @Test func aDatabaseIsDroppedAfterItsClosure() async throws {
        let name = try await withTestDatabase { database in
            let names = try await Server.databases()
            #expect(names.contains(database.name))
            return database.name
        }

        #expect(try await !Server.databases().contains(name))
    }

    @Test func theDatabaseOfAFailedClosureStaysAndCanBeDroppedByItsName() async throws {
        struct Failure: Error {
            let name: String
        }

        let failure = try #require(
            await #expect(throws: Failure.self) {
                try await withTestDatabase { database in throw Failure(name: database.name) }
            })

        #expect(try await Server.databases().contains(failure.name))
        try await MaintenanceDatabase(try await TestServer.shared()).drop(failure.name)
        #expect(try await !Server.databases().contains(failure.name))
    }

    @Test(arguments: ["postgres", "template1", "dsd_1", "Test_1", " test_1", "tes"])
    func aDatabaseOfAnotherNameIsNeverDropped(_ name: String) async throws {
        let maintenance = try MaintenanceDatabase(try await TestServer.shared())

        await #expect(throws: TestServerError("The database \(name) is not a test database, so it is not dropped.")) {
            try await maintenance.drop(name)
        }
    }

    @Test func leftoversAreSweptOnceTheyAreOldAndUnused() async throws {
        let maintenance = try MaintenanceDatabase(try await TestServer.shared())
        let now = Date()
        let old = TestDatabaseName(number: 1, at: now - 7_200)
        let young = TestDatabaseName(number: 2, at: now)
        let used = TestDatabaseName(number: 3, at: now - 7_200)
        for name in [old, young, used] { try await maintenance.clone("template1", as: name) }
        let user = try await Server.client(database: used.text)

        try await user.withConnection { session in
            _ = try await session.run("SELECT 1" as Statement<Int>)
            await maintenance.sweepTestDatabases(olderThan: DatabaseWorkshop.leftoverAge)
        }

        let databases = try await Server.databases()
        #expect(!databases.contains(old.text))
        #expect(databases.contains(young.text))
        #expect(databases.contains(used.text))
        await user.close()
        for name in [young, used] { try await maintenance.drop(name.text) }
    }

    @Test func aDatabaseWithoutOurCommentIsNotSweptWhateverItsName() async throws {
        let maintenance = try MaintenanceDatabase(try await TestServer.shared())
        let name = TestDatabaseName(number: 1, at: Date() - 7_200)
        try await maintenance.withSession { session in _ = try await session.runScript("CREATE DATABASE \"\(name.text)\"") }

        await maintenance.sweepTestDatabases(olderThan: DatabaseWorkshop.leftoverAge)

        #expect(try await Server.databases().contains(name.text))
        try await maintenance.drop(name.text)
    }
}

/// The server, seen by a plain client.
private enum Server {
    static func client(database: String = "postgres") async throws -> PostgresClient {
        var configuration = try await TestServer.shared().configuration
        configuration.database = database
        return try PostgresClient(connection: configuration.connection)
    }

    static func databases() async throws -> [String] {
        let client = try await client()
        let statement: Statement<String> = "SELECT \"datname\"::text FROM \"pg_database\" ORDER BY 1"
        let names = try await client.run(statement).rows
        await client.close()
        return names
    }
}
