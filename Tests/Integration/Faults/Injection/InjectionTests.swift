import DeployStackData
import DeployStackDataTesting
import EphemeralPostgres
import FaultHarness
import PostgresDriver
import Testing

/// Nothing that comes from outside ever becomes a part of a statement.
@Suite(.faults, .requiresServer)
struct InjectionTests {
    @Test
    func noTextBecomesAPartOfAStatement() async throws {
        let server = try await LoggingServer.start()
        try await server.makeDatabase(InjectionRun.original)
        let texts = InjectionCorpus.all
        #expect(texts.count >= 1_000)
        // What the server is sent when every parameter is a harmless word, short or long, or the search for what has a word not, which names no tags.
        let words = ["word", "another word", "!word", String(repeating: "long", count: 20)]
        let harmless = try await InjectionRun(server: server, name: "harmless", lane: 0, lanes: 1).run(words)

        var counts = InjectionCounts()
        try await withThrowingTaskGroup(of: InjectionCounts.self) { group in
            for lane in 0..<3 {
                group.addTask { try await InjectionRun(server: server, name: "injected", lane: lane, lanes: 3).run(texts) }
            }
            for try await part in group { counts += part }
        }
        try await server.cluster.stop()
        let known = Set(harmless.statements.values.map(InjectionRun.withoutNumbers))
        let foreign = counts.statements.filter { id, text in
            // A cursor has a number in its name, and what it is for is part of the text.
            harmless.statements[id] == nil && !(InjectionRun.isAboutACursor(text) && known.contains(InjectionRun.withoutNumbers(text)))
        }.map(\.value)

        #expect(harmless.differences == [])
        #expect(counts.differences == [])
        #expect(counts.damage == [])
        #expect(foreign == [])
        #expect(counts.statements.values.filter { $0.contains(InjectionCorpus.marker) } == [])
        #expect(counts.statements.count > 60)
        let parameters = Set(StoreCalls.all.flatMap(\.paths)).count
        FaultReport.row(
            "Q3",
            "\(texts.count) texts × \(parameters) parameters of \(Set(StoreCalls.all.map(\.method)).count) methods, \(counts.calls) calls: "
                + "injected 0, different from in-memory \(counts.differences.count), \(counts.statements.count) statements seen by the server, "
                + "unknown \(foreign.count), damaged canaries \(counts.damage.count)")
    }
}

struct InjectionCounts: Sendable {
    var calls = 0
    var differences: [String] = []
    var damage: [String] = []
    var statements: [Int64: String] = [:]

    static func += (sum: inout Self, part: Self) {
        sum.calls += part.calls
        sum.differences += part.differences
        sum.damage += part.damage
        sum.statements.merge(part.statements) { first, _ in first }
    }
}

/// One part of the texts, in every parameter of every call, on a database of its own and on the in-memory store.
struct InjectionRun {
    /// The database that each part of the run has a copy of.
    static let original = "original"

    let server: LoggingServer
    let name: String
    let lane: Int
    let lanes: Int

    static func isAboutACursor(_ text: String) -> Bool { ["DECLARE ", "FETCH ", "CLOSE "].contains { text.hasPrefix($0) } }

    /// A statement with every number as one.
    static func withoutNumbers(_ text: String) -> String { text.replacing(/[0-9]+/, with: "1") }

    /// The most texts that one database sees, so that what is stored does not slow down what comes later.
    private static let batch = 40

    func run(_ texts: [String]) async throws -> InjectionCounts {
        let before = try await server.fingerprint(of: Self.original)
        var counts = InjectionCounts()
        let own = Array(stride(from: lane, to: texts.count, by: lanes))
        for start in stride(from: 0, to: own.count, by: Self.batch) where counts.differences.count < 5 {
            let database = "\(name)_\(lane)_\(start)"
            try await server.copy(Self.original, as: database)
            // What the driver itself asks on a connection that was left in the middle of something, which may happen in one run and not in another.
            try await withServerSession(server.configuration(database).connection) { session in try await session.runScript("SELECT 1") }
            counts += try await run(texts, own[start..<min(start + Self.batch, own.count)], on: database)
            let after = try await server.fingerprint(of: database)
            if after != before { counts.damage.append("\(database): \(before) became \(after)") }
            counts.statements.merge(try await server.statements(of: LoggingServer.role, in: database)) { first, _ in first }
            try await server.drop(database)
        }
        return counts
    }

    private func run(_ texts: [String], _ numbers: ArraySlice<Int>, on database: String) async throws -> InjectionCounts {
        let clock = ManualTimeSource()
        var counts = InjectionCounts()
        try await withDataStore(.inMemory(options: try StoreWorld.options(clock: clock))) { memory in
            let configuration = server.configuration(database)
            try await withDataStore(try await .postgres(configuration, options: try StoreWorld.options(clock: clock))) { postgres in
                var worlds = (try await StoreWorld(filling: memory, clock: clock), try await StoreWorld(filling: postgres, clock: clock))
                for number in numbers {
                    try await worlds.0.welcomeGuest(to: memory)
                    try await worlds.1.welcomeGuest(to: postgres)
                    for call in StoreCalls.all {
                        worlds.0.round += 1
                        worlds.1.round += 1
                        // Each parameter of a call has another text, and gets every one in the course of the run.
                        let text: StoreCall.Texts = { texts[(number + 97 * (call.parameters.firstIndex(of: $0) ?? 0)) % texts.count] }
                        let (left, right) = (await call.answer(of: memory, worlds.0, text), await call.answer(of: postgres, worlds.1, text))
                        counts.calls += 1
                        if !left.utf8.elementsEqual(right.utf8) {
                            counts.differences.append("\(call.method) \(call.parameters) \(texts[number])\nin-memory:  \(left)\nPostgreSQL: \(right)")
                        }
                    }
                }
            }
        }
        return counts
    }
}
