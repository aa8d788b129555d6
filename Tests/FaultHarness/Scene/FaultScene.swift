import EphemeralPostgres
package import PostgresDriver
package import Testing

/// What a fault test works with: a server, an empty database on it, and a client that is under test.
package struct FaultScene: Sendable {
    package let cluster: FaultCluster
    /// Looks at the server from beside, in its database `postgres`.
    package let administrator: Administrator
    /// Looks into the test's own database from beside.
    package let observer: Administrator
    /// The client under test. Its sessions have its application name alone.
    package let client: PostgresClient
    /// What the client has logged.
    package let log: LogRecorder

    /// How the client reaches the database.
    package var connection: ConnectionConfiguration { client.connection }

    /// The sessions of the client as the server shows them.
    package func sessions() async throws -> [ServerSession] {
        try await administrator.sessions(of: connection.applicationName)
    }
}

/// What a scene is made of.
package struct FaultSetting: Sendable {
    /// The limits of the client's pool.
    package var pool = PoolConfiguration()
    /// The client's time limits.
    package var limits = ClientLimits()
    /// The longest that the test may take.
    package var watchdog = Duration.seconds(90)
    /// By how much the process may have grown at the end.
    package var slack = Quiescence.Slack()
    /// Changes how the client reaches the database, for example through a proxy.
    package var connection: @Sendable (inout ConnectionConfiguration) -> Void = { _ in }
    /// What the watchdog prints beside the pool's state, for example a proxy's log.
    package var evidence: @Sendable () -> [String] = { [] }

    package init() {}
}

/// Runs a fault test in a database of its own, under a watchdog, and checks at its end that everything is quiet: once while the client is open, and once
/// when it is closed.
package func withFaultScene<Value: Sendable>(
    on cluster: FaultCluster,
    _ setting: FaultSetting = FaultSetting(),
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable (FaultScene) async throws -> Value
) async throws -> Value {
    PoisonedEnvironment.prepare()
    // Its descriptors stay, so it is there before they are counted.
    _ = try ProcessGuardian.shared.get()
    let administrator = try Administrator(cluster)
    let name = "fault_" + String(UInt64.random(in: .min ... .max), radix: 36)
    try await administrator.runScript("CREATE DATABASE \"\(name)\" OWNER \"\(FaultCluster.role)\" TEMPLATE template0")
    let observer = try Administrator(cluster, database: name)
    _ = try await observer.rows(Statement<Int32>("SELECT 1"))
    let quiescence = try await Quiescence.begin(administrator, slack: setting.slack)

    var connection = cluster.connection(to: name)
    connection.applicationName = name
    setting.connection(&connection)
    let log = LogRecorder()
    let client = try PostgresClient(connection: connection, pool: setting.pool, limits: setting.limits, logger: log.logger)
    let scene = FaultScene(cluster: cluster, administrator: administrator, observer: observer, client: client, log: log)
    let result: Result<Value, any Error>
    do {
        let evidence: @Sendable () -> [String] = { ["pool: \(client.poolSnapshot)"] + setting.evidence() }
        result = .success(try await withWatchdog(setting.watchdog, evidence: evidence, sourceLocation: sourceLocation) { try await body(scene) })
    } catch {
        result = .failure(error)
    }
    await expectQuiet(scene, quiescence, sourceLocation)
    await observer.close()
    try? await administrator.runScript("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)")
    await administrator.close()
    return try result.get()
}

private func expectQuiet(_ scene: FaultScene, _ quiescence: Quiescence, _ sourceLocation: SourceLocation) async {
    // A test that stops its server has nobody left to ask.
    let isThere = scene.cluster.server.serverProcess != nil
    if isThere {
        for finding in await quiescence.findings(for: scene.client) {
            Issue.record("Not quiet at the end: \(finding)", sourceLocation: sourceLocation)
        }
    }
    await scene.client.close()
    guard isThere else { return }
    for finding in await quiescence.findingsAfterClosing(scene.connection.applicationName) {
        Issue.record("Not quiet after closing: \(finding)", sourceLocation: sourceLocation)
    }
}
