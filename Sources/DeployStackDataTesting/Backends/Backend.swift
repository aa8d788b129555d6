public import DeployStackData
public import Testing

/// What a store stands on. Tests that hold for every backend take one as their argument.
///
/// ```swift
/// @Suite(.database)
/// struct TeamTests {
///     @Test(arguments: Backend.all)
///     func aTeamIsFoundByItsSlug(_ backend: Backend) async throws {
///         let store = try await backend.makeStore()
///         …
///     }
/// }
/// ```
public struct Backend: Sendable, Hashable, Codable, CustomStringConvertible, CustomTestStringConvertible {
    /// The backend's name, as it is shown beside a test: `in-memory` or `PostgreSQL`.
    public let description: String

    /// The in-memory tables.
    public static let inMemory = Backend(description: "in-memory")
    /// A database on the server for tests.
    public static let postgres = Backend(description: "PostgreSQL")

    /// Every backend that this machine has.
    ///
    /// Without a PostgreSQL server it is the in-memory one alone, and one sentence on standard error says what is left out. With
    /// `DEPLOYSTACK_REQUIRE_POSTGRES=1` PostgreSQL is never left out: tests on it fail when there is no server. With `TEST_POSTGRES_POOLER=1` it is
    /// PostgreSQL alone, through a PgBouncer in transaction mode that starts by itself.
    public static let all: [Backend] = {
        if TestPooler.isAsked { return [.postgres] }
        guard let reason = TestServer.reasonToLeaveOut else { return [.inMemory, .postgres] }
        Announcement.print(reason)
        return [.inMemory]
    }()

    /// The backend's name.
    public var testDescription: String { description }

    /// Opens a new, empty store on this backend. It is closed when the test ends.
    ///
    /// Each store has tables of its own, also when a test opens several.
    ///
    /// - Parameter options: How the store behaves.
    /// - Throws: ``TestServerError`` when there is no server, or when the test has no trait ``Testing/Trait/database`` and the backend is PostgreSQL.
    public func makeStore(options: StoreOptions = StoreOptions()) async throws -> DataStore {
        guard self == .postgres else {
            let store = DataStore.inMemory(options: options)
            await TestLoan.current?.closeLater(store)
            return store
        }
        return try await TestLoan.running().openStore(options)
    }

    /// Opens a second store on what a store of this backend stands on, as another program would. It is closed when the test ends.
    ///
    /// - Parameters:
    ///   - store: A store that ``makeStore(options:)`` of this backend has opened in the same test.
    ///   - options: How the second store behaves.
    /// - Throws: ``TestServerError`` when the store is not of this test.
    public func makeStore(on store: DataStore, options: StoreOptions) async throws -> DataStore {
        guard self == .postgres else { return try DataStore.inMemory(on: store, options: options) }
        return try await TestLoan.running().openStore(on: store, options)
    }

    /// Opens a second store on what a store of this backend stands on, with ``DeployStackData/RowSecurity/enforced``: it sees nothing of any team until it
    /// is scoped to one. It is closed when the test ends.
    ///
    /// On PostgreSQL it connects as a role of its own, which is made for the test and dropped with its database.
    ///
    /// ```swift
    /// let platform = try await backend.makeStore()
    /// let tenants = try await backend.makeTenantStore(on: platform)
    /// let mine = try tenants.scoped(to: team)
    /// ```
    ///
    /// - Parameters:
    ///   - store: A store that ``makeStore(options:)`` of this backend has opened in the same test.
    ///   - options: How the store behaves; on in-memory tables it behaves as the first one.
    /// - Throws: ``TestServerError`` when the store is not of this test, or the server's account may make no roles.
    public func makeTenantStore(on store: DataStore, options: StoreOptions = StoreOptions()) async throws -> DataStore {
        guard self == .postgres else { return try DataStore.inMemory(on: store, rowSecurity: .enforced) }
        return try await TestLoan.running().openTenantStore(on: store, options)
    }
}
