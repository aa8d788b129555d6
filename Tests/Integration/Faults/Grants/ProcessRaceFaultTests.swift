import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import FaultHarness
import Foundation
import PostgresDriver
import Testing

/// K6: several processes with several connections each use one refresh token at once.
///
/// One gets new tokens, everybody else is refused with an error that says why, and as a second use means that somebody has stolen the token, the family ends.
@Suite("K6 One refresh token in several processes", .serialized, .database, .requiresServer, .faults)
struct ProcessRaceFaultTests {
    private static let processes = 4
    private static let tasks = 4

    @Test func ofManyProcessesOneGetsTokensAndTheFamilyEnds() async throws {
        let database = try await TestDatabase.lent()
        let store = try await DataStore.postgres(database.configuration)
        let client = try PostgresClient(connection: database.configuration.connection)
        let user = try await store.users.createUser(.fixture(), withDefaultTeam: false).id
        let new = NewRefreshToken(user: user, team: try await store.teams.createTeam(.fixture(owner: user)).id, client: GrantRacer.client)
        var racers: [GrantRacer] = []
        for _ in 0..<Self.processes { racers.append(try GrantRacer(database, tasks: Self.tasks)) }
        let count = FaultSize.of(ci: 100, long: 10_000)
        var (doubled, alive) = (0, 0)
        var others: [String] = []

        for _ in 0..<count {
            let issued = try await store.tokens.issueRefreshToken(new)
            for racer in racers { try racer.start(issued.token.reveal()) }
            var answers: [String] = []
            for racer in racers { answers += try await racer.answers() }
            let (won, refused) = (answers.filter { $0 == "granted" }.count, answers.filter { $0 == "reused" || $0 == "unknown" }.count)
            if won > 1 { doubled += 1 }
            if won != 1 || won + refused != Self.processes * Self.tasks { others.append(answers.joined(separator: " ")) }
            let left: Statement<Int64> = """
                SELECT (SELECT count(*) FROM "oauth_refresh_tokens" WHERE "family_id" = \(issued.record.familyID)) +
                    (SELECT count(*) FROM "oauth_access_tokens" WHERE "family_id" = \(issued.record.familyID.rawValue))
                """
            if try await client.run(left).rows != [0] { alive += 1 }
        }
        for racer in racers { racer.end() }
        let deadlocks = try await client.run(
            Statement<Int64>("SELECT \"deadlocks\" FROM \"pg_stat_database\" WHERE \"datname\" = current_database()")
        ).rows

        #expect(doubled == 0 && alive == 0)
        #expect(others == [])
        // Each would cost a second, and is repeated so often and not more.
        #expect(deadlocks == [0])
        await client.close()
        await store.close()
        FaultReport.row(
            "K6",
            "\(count) families, each refreshed by \(Self.processes) processes with \(Self.tasks) tasks at once; families with two winners \(doubled), "
                + "that lived on \(alive), with answers of another kind \(others.count), deadlocks \(deadlocks.reduce(0, +))")
    }

    /// Is another process's part of the test above.
    @Test(.enabled(if: GrantRacer.isAsked, "another test starts it in processes of its own")) func racesForWhatAnotherProcessSays() async throws {
        try await GrantRacer.run()
    }
}

/// A process of this program's that refreshes the tokens that it is told, each in several tasks at once.
struct GrantRacer {
    static let client: OAuthClientID = "cursor_mcp_client"
    private static let variable = "DEPLOYSTACK_GRANT_RACER"
    private static let mark = "racer:"

    /// Whether this process is one.
    static var isAsked: Bool { ProcessInfo.processInfo.environment[variable] != nil }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let tasks: Int

    init(_ database: TestDatabase, tasks: Int) throws {
        self.tasks = tasks
        let configuration = database.configuration
        let program: URL = try #require(Bundle.main.executableURL)
        process.executableURL = program
        process.arguments = ["--testing-library", "swift-testing", "--filter", "racesForWhatAnotherProcessSays"]
        process.environment = ProcessInfo.processInfo.environment.merging([
            Self.variable: "\(tasks)", "POSTGRES_HOST": configuration.host, "POSTGRES_PORT": "\(configuration.port)",
            "POSTGRES_DATABASE": database.name, "POSTGRES_USER": configuration.user,
            "POSTGRES_PASSWORD": ProcessInfo.processInfo.environment["TEST_POSTGRES_PASSWORD"] ?? "password", "POSTGRES_SSL": "false",
        ]) { _, given in given }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Tells it the next token.
    func start(_ token: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(token)\n".utf8))
    }

    /// What its tasks were answered.
    func answers() async throws -> [String] {
        let handle = output.fileHandleForReading
        return await withCheckedContinuation { continuation in
            // It waits for the other process, which a thread of the cooperative pool must not.
            DispatchQueue.global().async {
                var line: [UInt8] = []
                while let byte = try? handle.read(upToCount: 1)?.first {
                    if byte != UInt8(ascii: "\n") {
                        line.append(byte)
                    } else {
                        let text = String(decoding: line, as: UTF8.self)
                        if text.hasPrefix(Self.mark) {
                            continuation.resume(returning: text.dropFirst(Self.mark.count).split(separator: " ").map(String.init))
                            return
                        }
                        line = []
                    }
                }
                continuation.resume(returning: [])
            }
        }
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Does what a racer does, until there are no more tokens.
    static func run() async throws {
        let tasks = Int(ProcessInfo.processInfo.environment[variable] ?? "") ?? 1
        var configuration = try PostgresConfiguration.fromEnvironment()
        configuration.pool.maxConnections = tasks
        let store = try await DataStore.postgres(configuration)
        while let token = readLine() {
            let answers = await withTaskGroup(of: String.self) { group in
                for _ in 0..<tasks { group.addTask { await Self.refresh(token, in: store) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            try FileHandle.standardOutput.write(contentsOf: Data("\(mark)\(answers.joined(separator: " "))\n".utf8))
        }
        await store.close()
    }

    private static func refresh(_ token: String, in store: DataStore) async -> String {
        do {
            _ = try await store.tokens.refresh(token, client: client)
            return "granted"
        } catch {
            guard error.kind == .invalidGrant else { return "\(error.kind.rawValue)" }
            return error.rule == .reusedGrant ? "reused" : "unknown"
        }
    }
}
