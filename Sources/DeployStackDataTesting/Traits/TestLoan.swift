import DeployStackData
import PostgresDriver

/// What one test case has on loan: databases, made when they are first asked for, and stores, closed when the test ends.
actor TestLoan {
    /// The loan of the running test case.
    @TaskLocal static var current: TestLoan?

    private var stores: [DataStore] = []
    private var databases: [TestDatabase] = []
    private var roles: [TenantRole] = []
    private var first: Task<Result<TestDatabase, TestServerError>, Never>?
    private var hasStoreOnFirst = false

    /// The loan of the running test case.
    ///
    /// - Throws: ``TestServerError`` when the test has none.
    static func running() throws(TestServerError) -> TestLoan {
        guard let current else {
            throw TestServerError("This test has no database on loan. Next: add the trait .database to the test or to its suite.")
        }
        return current
    }

    /// The test's own database.
    func database() async throws(TestServerError) -> TestDatabase {
        if let first { return try await first.value.get() }
        // A task of its own, so that a test that is cancelled meanwhile leaves no database behind that nobody knows of.
        let making = Task { () -> Result<TestDatabase, TestServerError> in
            await Gate.databases.enter()
            return await Self.make()
        }
        first = making
        let result = await making.value
        if case .success(let database) = result { databases.append(database) }
        return try result.get()
    }

    /// Opens a store on a database that no other store of the test has.
    func openStore(_ options: StoreOptions) async throws -> DataStore {
        let database: TestDatabase
        if hasStoreOnFirst {
            database = try await Self.make().get()
            databases.append(database)
        } else {
            hasStoreOnFirst = true
            database = try await self.database()
        }
        let store = try await DataStore.postgres(TestPooler.route(database.configuration), options: options)
        stores.append(store)
        return store
    }

    /// Opens a second store on the database of another one.
    func openStore(on store: DataStore, _ options: StoreOptions) async throws -> DataStore {
        let second = try await DataStore.postgres(TestPooler.route(database(of: store).configuration), options: options)
        stores.append(second)
        return second
    }

    private func database(of store: DataStore) throws(TestServerError) -> TestDatabase {
        guard let name = store.databaseName, let database = databases.first(where: { $0.name == name }) else {
            throw TestServerError("The store is not one that this test has opened on PostgreSQL.")
        }
        return database
    }

    /// Opens a store on the database of another one, as a role that policies bind.
    func openTenantStore(on store: DataStore, _ options: StoreOptions) async throws -> DataStore {
        let database = try database(of: store)
        let role = TenantRole(number: roles.count + 1, of: database)
        roles.append(role)
        try await DatabaseWorkshop.shared().make(role)
        try await store.enableRowSecurity(for: role.name)
        let tenants = try await DataStore.postgres(role.configuration(of: database), rowSecurity: .enforced, options: options)
        stores.append(tenants)
        return tenants
    }

    /// Closes a store when the test ends.
    func closeLater(_ store: DataStore) {
        stores.append(store)
    }

    /// Ends the loan: closes the stores and drops the databases, or says where they are when the test failed.
    ///
    /// - Returns: What a test must not leave in its databases and has left there, a sentence for each of them.
    func end(hasFailed: Bool, test name: String) async -> [String] {
        for store in stores { await store.close() }
        guard let first else { return [] }
        // The test may have ended without waiting for a database that it had asked for.
        if case .success(let database) = await first.value, !databases.contains(where: { $0.name == database.name }) { databases.append(database) }
        var leftovers: [String] = []
        for database in databases {
            let found = hasFailed ? nil : await leftover(in: database)
            if let found { leftovers.append(found) }
            if hasFailed || found != nil {
                Announcement.print("The database of the failed test \(name) is kept for a look at it: \(database.psqlCommand)")
            } else {
                try? await DatabaseWorkshop.shared().finish(database)
            }
        }
        // What they were granted is gone with the databases.
        for role in roles where !hasFailed && leftovers.isEmpty { try? await DatabaseWorkshop.shared().finish(role) }
        Gate.databases.leave()
        return leftovers
    }

    private func leftover(in database: TestDatabase) async -> String? {
        guard let pattern = ForbiddenText.pattern else { return nil }
        do throws(PostgresError) {
            let tables = try await ForbiddenText.tables(of: database, pattern)
            return tables.isEmpty ? nil : "A text that TEST_POSTGRES_FORBIDDEN_TEXT forbids stands in \(tables.joined(separator: ", "))."
        } catch  where error.kind == .server {
            return "The database could not be searched for what TEST_POSTGRES_FORBIDDEN_TEXT forbids: \(error)"
        } catch {
            // A test may have taken the server away.
            return nil
        }
    }

    private static func make() async -> Result<TestDatabase, TestServerError> {
        do throws(TestServerError) {
            return .success(try await DatabaseWorkshop.shared().make())
        } catch {
            return .failure(error)
        }
    }
}
