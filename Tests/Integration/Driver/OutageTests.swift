import DeployStackDataTesting
import EphemeralPostgres
import Foundation
import PostgresDriver
import Testing

@Suite("A server that goes away", .serialized, .requiresServer)
struct OutageTests {
    @Test(arguments: [ThrowAwayCluster.StopMode.fast, .immediate])
    func aClientWorksAgainWhenTheServerIsBack(_ mode: ThrowAwayCluster.StopMode) async throws {
        let cluster = try await ThrowAwayCluster.exclusive()
        let configuration = DriverTestServer.configuration(of: cluster)
        let pool = PoolConfiguration(minConnections: 1, acquireTimeout: .milliseconds(500))
        try await withClient(pool: pool, limits: ClientLimits(callTimeout: .seconds(20)), configuration: configuration) { client in
            try await client.wait { client.poolSnapshot.idle == 1 }
            let sleeping = Task { await postgresError { try await client.run(Statement<Void>("SELECT pg_sleep(60)")) } }
            try await client.wait { client.statementsSent == 1 }

            try await cluster.stopServer(mode)
            let interrupted = await sleeping.value
            let refused = await postgresError { try await client.run(Statement<Int64>("SELECT \(Int64(1))")) }
            try await cluster.startServer()

            #expect(interrupted?.kind == .connectionLost)
            #expect(interrupted?.outcome == .outcomeUnknown)
            #expect(refused?.kind == .connectionFailed)
            #expect(refused?.outcome == .notSent)
            try await client.wait { await postgresError { try await client.run(Statement<Int64>("SELECT \(Int64(1))")) } == nil }
        }
        try await cluster.stop()
    }

    @Test func aBackendThatIsFrozenCostsNoMoreThanTheDeadlineAndItsPlaceIsFreeAgain() async throws {
        // A frozen backend holds up the whole server where databases are made and dropped, so this server is nobody else's.
        let cluster = try await ThrowAwayCluster.exclusive()
        let configuration = DriverTestServer.configuration(of: cluster)
        let limits = ClientLimits(cleaningTimeout: .milliseconds(300))
        let pool = PoolConfiguration(maxConnections: 1, acquireTimeout: .seconds(20))
        try await withClient(pool: pool, limits: limits, configuration: configuration) { client in
            let frozen = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
            kill(frozen, SIGSTOP)
            defer { kill(frozen, SIGCONT) }

            let error = await postgresError {
                try await CallDeadline.within(.milliseconds(300)) { try await client.run(Statement<Int64>("SELECT \(Int64(1))")) }
            }
            let next = try await client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]
            kill(frozen, SIGCONT)

            #expect(error?.kind == .deadlineExceeded)
            #expect(next != frozen)
            let count = Statement<Int64>("SELECT count(*) FROM pg_stat_activity WHERE pid = \(frozen)")
            try await client.wait { try await client.run(count).rows == [0] }
        }
        try await cluster.stop()
    }
}
