import DeployStackData
import Foundation
import PostgresDriver

/// The database that test databases are copies of: empty and migrated.
///
/// Its name is `dsd_` and a hash of the migrations, so a change of them gives another template. It is made once on a server, under an advisory lock
/// that is polled; others wait until it is ready. Nobody can connect to it afterwards, because a database with sessions cannot be copied.
struct TemplateDatabase: Sendable {
    /// How every name of a template begins.
    static let prefix = "dsd_"
    /// How the comment on every finished template begins; the milliseconds since 1970 follow.
    static let marker = "template of DeployStackDataTesting, made at "
    /// How old a template of other migrations must be before it is dropped.
    private static let leftoverAge = Duration.seconds(86_400)

    /// The template's name.
    let name: String
    private let hash: UInt64
    private let server: TestServer
    private let maintenance: MaintenanceDatabase

    init(server: TestServer, maintenance: MaintenanceDatabase) throws(TestServerError) {
        do {
            hash = Self.hash(of: try SchemaMigrations.history().migrations)
        } catch {
            throw TestServerError("The migrations cannot be read: \(error)")
        }
        name = Self.prefix + String(hash, radix: 16)
        self.server = server
        self.maintenance = maintenance
    }

    /// Makes the template unless the server has it.
    func prepare() async throws(TestServerError) {
        try await maintenance.withSession { session in
            guard try await !isReady(session) else { return }
            let lock = Int(Int64(bitPattern: hash))
            while try await session.run(.tryLock(lock)).rows.first != true {
                try await Task.sleep(for: .milliseconds(50))
            }
            // Somebody else may have made it while this process waited. Closing the session frees the lock.
            if try await !isReady(session) { try await make(session) }
        }
    }

    /// Drops the templates of other migrations that are older than a day, as far as that succeeds.
    func sweepOthers() async {
        _ = try? await maintenance.withSession { session in
            for template in try await session.run(.templates(marker: Self.marker)).rows where template.name != name {
                guard template.name.hasPrefix(Self.prefix), let made = Int64(template.comment.dropFirst(Self.marker.utf8.count)),
                    Duration.milliseconds(Self.milliseconds - made) > Self.leftoverAge
                else { continue }
                let database = try MaintenanceDatabase.quoted(template.name)
                _ = try? await session.runScript("DROP DATABASE IF EXISTS \(database)")
            }
        }
    }

    private func isReady(_ session: PostgresSession) async throws -> Bool {
        try await session.run(.templates(marker: Self.marker)).rows.contains { $0.name == name }
    }

    private func make(_ session: PostgresSession) async throws {
        let database = try MaintenanceDatabase.quoted(name)
        // One without its comment was left half-made by a process that was killed.
        try await MaintenanceDatabase.whileInUse { try await session.runScript("DROP DATABASE IF EXISTS \(database)") }
        try await session.runScript("CREATE DATABASE \(database) TEMPLATE template0 ENCODING 'UTF8'")
        var configuration = server.configuration
        configuration.database = name
        _ = try await withDataStore(try await .postgres(configuration)) { store in
            try await store.migrate()
        }
        try await session.runScript("ALTER DATABASE \(database) WITH ALLOW_CONNECTIONS false")
        try await session.runScript("COMMENT ON DATABASE \(database) IS \(SQLLiteral("\(Self.marker)\(Self.milliseconds)"))")
    }

    private static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

    /// The FNV-1a hash of the migrations' names and checksums. It tells versions of a schema apart and protects nothing.
    private static func hash(of migrations: [Migration]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in migrations.map({ "\($0.tag):\($0.checksum)\n" }).joined().utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return hash
    }
}

extension Statement<Bool> {
    fileprivate static func tryLock(_ number: Int) -> Self {
        Self(
            """
            SELECT pg_try_advisory_lock(\(number))
            """)
    }
}

extension Statement<(name: String, comment: String)> {
    /// The finished templates, by name.
    fileprivate static func templates(marker: String) -> Self {
        Self(
            """
            SELECT d."datname"::text, shobj_description(d."oid", 'pg_database')
            FROM "pg_database" AS d
            WHERE starts_with(shobj_description(d."oid", 'pg_database'), \(marker))
            ORDER BY 1
            """
        ) { row in (name: try row.read(), comment: try row.read()) }
    }
}
