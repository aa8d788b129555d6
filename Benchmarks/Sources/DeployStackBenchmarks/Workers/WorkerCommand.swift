import ArgumentParser
import DeployStackData
import Foundation

/// The side of a worker that is measured: reads requests from standard input and answers on standard output.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "The process in which one peer is measured; the benchmark starts it.", shouldDisplay: false)

    func run() async throws {
        guard let setup = try Self.next(WorkerSetup.self) else { return }
        switch setup.kind {
        case .rawLibpq:
            let connection = try RawConnection(url: setup.url, database: setup.database)
            let peer = RawPeer(
                url: setup.url, database: setup.database, connections: setup.connections, drawing: try Drawing(of: connection, setup.size))
            try await serve(peer, "libpq \(RawConnection.libraryVersion)")
        case .library, .libraryWithoutMultiplexing:
            let connection = try RawConnection(url: setup.url, database: setup.database)
            let drawing = try Drawing(of: connection, setup.size)
            try await withDataStore(await .postgres(setup.storeConfiguration(url: setup.url))) { store in
                try await serve(StorePeer(store: store, drawing: drawing, configuration: setup.storeConfiguration), "")
            }
        case .inMemory:
            let store = DataStore.inMemory()
            let drawing = try await InMemoryDataset(size: setup.inMemorySize).load(into: store)
            try await serve(
                StorePeer(store: store, drawing: drawing, configuration: { _ in throw BenchmarkError("A store in memory has no server.") }), "")
        case .asyncpg, .psycopg: throw BenchmarkError("This worker is written in Python.")
        }
    }

    private func serve(_ peer: some Peer, _ foundation: String) async throws {
        try Self.say(.ready(foundation))
        while let request = try Self.next(WorkerRequest.self) {
            do {
                try Self.say(try await answer(request, peer))
            } catch {
                try Self.say(.failed("\(error)"))
            }
        }
    }

    private func answer(_ request: WorkerRequest, _ peer: some Peer) async throws -> WorkerAnswer {
        switch request {
        case .measure(let request):
            .sample(
                try await peer.measure(request) {
                    try Self.say(.warm)
                    guard case .go = try Self.next(WorkerRequest.self) else { throw BenchmarkError("Nobody wants the sample any more.") }
                })
        case .countAllocations(let workload, let calls): .allocations(try await peer.countAllocations(workload, calls: calls))
        case .connect(let times, let url): .seconds(try await peer.connectTimes(times, url: url))
        case .go: .failed("There is nothing to go on with.")
        }
    }

    /// The next line, or nil when the benchmark has ended.
    private static func next<Message: Decodable>(_ type: Message.Type) throws -> Message? {
        try readLine().map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }

    private static func say(_ answer: WorkerAnswer) throws {
        try FileHandle.standardOutput.write(contentsOf: try JSONEncoder().encode(answer) + Data("\n".utf8))
    }
}

extension WorkerSetup {
    /// How the library connects.
    @Sendable fileprivate func storeConfiguration(url: String) throws -> PostgresConfiguration {
        var configuration = try PostgresConfiguration(url: url)
        configuration.database = database
        configuration.pool.maxConnections = connections
        if kind == .libraryWithoutMultiplexing { configuration.pool.multiplexing = .off }
        return configuration
    }
}
