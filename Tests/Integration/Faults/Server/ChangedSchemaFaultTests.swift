import FaultHarness
import PostgresDriver
import Testing

/// S18: tables change under statements that are prepared on every connection.
@Suite(.serialized, .ownServer, .faults)
struct ChangedSchemaFaultTests {
    @Test func aChangeOfTheSchemaIsNotSeenByCallers() async throws {
        let changes = FaultSize.of(ci: 60, long: 2_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 10)
        setting.watchdog = .seconds(60 + changes / 5)

        let (failures, calls, transactions, wrong) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await scene.observer.runScript(
                "CREATE TABLE \"things\" (\"id\" bigint PRIMARY KEY, \"name\" varchar(20) NOT NULL, \"count\" bigint NOT NULL DEFAULT 0)",
                "INSERT INTO \"things\" SELECT \"id\", 'thing ' || \"id\" FROM generate_series(1, 200) AS \"id\"",
                "GRANT ALL ON \"things\" TO \"app\"")
            let (failures, calls, transactions, wrong, work) = (Failures(), Count(), Count(), Count(), Switch())
            return try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<16 {
                    group.addTask {
                        var random = FaultSeed.run.generator("S18 \(caller)")
                        while await work.isOn() {
                            let id = Int.random(in: 1...200, using: &random)
                            await failures.note {
                                switch caller % 4 {
                                case 0, 1:
                                    calls.add()
                                    if try await scene.client.run(Self.read(id)).rows != ["thing \(id)"] { wrong.add() }
                                case 2:
                                    calls.add()
                                    if try await scene.client.run(Self.write(id)).rows != ["thing \(id)"] { wrong.add() }
                                default:
                                    transactions.add()
                                    try await scene.client.withTransaction(retry: RetryPolicy(maxRetries: 10)) { transaction in
                                        if try await transaction.run(Self.read(id)).rows != ["thing \(id)"] { wrong.add() }
                                        _ = try await transaction.run(Self.write(id))
                                    }
                                }
                            }
                        }
                    }
                }
                do {
                    for number in 0..<changes {
                        let done = calls.value + transactions.value
                        try await Self.change(number, scene)
                        try await scene.administrator.wait(for: "calls on the changed table") { calls.value + transactions.value >= done + 100 }
                    }
                } catch {
                    work.off()
                    throw error
                }
                work.off()
                try await group.waitForAll()
                return (failures.all, calls.value, transactions.value, wrong.value)
            }
        }

        #expect(failures.isEmpty, "\(failures.first.map { String(reflecting: $0) } ?? "")")
        #expect(wrong == 0)
        FaultReport.row(
            "S18",
            """
            \(changes) changes of a table (columns, types, indexes) under \(calls) calls and \(transactions) transactions: visible errors \(failures.count), \
            wrong answers \(wrong)
            """)
    }

    private static func read(_ id: Int) -> Statement<String> {
        "SELECT \"name\" FROM \"things\" WHERE \"id\" = \(id)"
    }

    private static func write(_ id: Int) -> Statement<String> {
        "UPDATE \"things\" SET \"count\" = \"count\" + 1 WHERE \"id\" = \(id) RETURNING \"name\""
    }

    private static func change(_ number: Int, _ scene: FaultScene) async throws {
        switch number % 6 {
        case 0: try await scene.observer.runScript("ALTER TABLE \"things\" ALTER COLUMN \"name\" TYPE text")
        case 1: try await scene.observer.runScript("ALTER TABLE \"things\" ADD COLUMN \"extra\" text")
        case 2: try await scene.observer.runScript("CREATE INDEX \"things_name\" ON \"things\" (\"name\")")
        case 3: try await scene.observer.runScript("ALTER TABLE \"things\" ALTER COLUMN \"name\" TYPE varchar(20)")
        case 4: try await scene.observer.runScript("ALTER TABLE \"things\" DROP COLUMN \"extra\"")
        default: try await scene.observer.runScript("DROP INDEX \"things_name\"")
        }
    }
}
