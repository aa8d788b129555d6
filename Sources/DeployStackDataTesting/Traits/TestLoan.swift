import DeployStackData

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

    /// Opens a store on the database of another one, as a role that policies bind.
    func openTenantStore(on store: DataStore, _ options: StoreOptions) async throws -> DataStore {
        guard let name = store.databaseName, let database = databases.first(where: { $0.name == name }) else {
            throw TestServerError("The store is not one that this test has opened on PostgreSQL.")
        }
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
    func end(hasFailed: Bool, test name: String) async {
        for store in stores { await store.close() }
        guard let first else { return }
        // The test may have ended without waiting for a database that it had asked for.
        if case .success(let database) = await first.value, !databases.contains(where: { $0.name == database.name }) { databases.append(database) }
        for database in databases {
            if hasFailed {
                Announcement.print("The database of the failed test \(name) is kept for a look at it: \(database.psqlCommand)")
            } else {
                try? await DatabaseWorkshop.shared().finish(database)
            }
        }
        // What they were granted is gone with the databases.
        for role in roles where !hasFailed { try? await DatabaseWorkshop.shared().finish(role) }
        Gate.databases.leave()
    }

    private static func make() async -> Result<TestDatabase, TestServerError> {
        do throws(TestServerError) {
            return .success(try await DatabaseWorkshop.shared().make())
        } catch {
            return .failure(error)
        }
    }
}
