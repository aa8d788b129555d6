import EphemeralPostgres
import FaultHarness
import Foundation
import PostgresDriver
import Testing

@Suite(.serialized, .ownServer, .faults)
struct ClusterTests {
    @Test(arguments: FaultCluster.Kind.allCases)
    func everyKindLetsTheRoleIn(_ kind: FaultCluster.Kind) async throws {
        let (isEncrypted, connections) = try await withFaultScene(on: try await .shared(kind)) { scene in
            let isEncrypted = Statement<Bool>("SELECT \"ssl\" FROM \"pg_stat_ssl\" WHERE \"pid\" = pg_backend_pid()")
            let connections = Statement<String>("SELECT current_setting('max_connections')")
            return (try await scene.client.run(isEncrypted).rows, try await scene.client.run(connections).rows)
        }

        #expect(isEncrypted == [kind == .tls])
        #expect(connections == [kind == .tiny ? "25" : "300"])
    }

    @Test func theEnvironmentIsPoisoned() {
        for (name, value) in PoisonedEnvironment.values where !["PGSERVICE", "PGTZ", "PGDATESTYLE", "PGGEQO"].contains(name) {
            #expect(ProcessInfo.processInfo.environment[name] == value)
        }
    }

    @Test func aKilledServerComesBackWithWhatWasCommitted() async throws {
        let cluster = try await FaultCluster.own(.plain)
        try await withFaultScene(on: cluster) { scene in
            let ledger = try await Ledger(accounts: 2, with: scene.client)
            await ledger.transferAtOnce(Transfer(lower: 1, higher: 2, amount: 5), with: scene.client)
            let postmaster = try cluster.postmaster()

            try await cluster.killServer()
            #expect(!ServerProcesses.isAlive(postmaster))
            try await cluster.server.startServer()

            _ = try await scene.observer.rows(Statement<Int32>("SELECT 1"))
            #expect(try await ledger.judge(with: scene.client).isClean)
        }
        try await cluster.stop()
    }

    @Test func aStoppedProcessGoesOnAlsoWhenTheBodyThrows() async throws {
        try await withFaultScene(on: try await .shared(.plain)) { scene in
            let pid = try await scene.client.run(Statement<Int32>("SELECT pg_backend_pid()")).rows[0]

            await #expect(throws: NeverCame.self) {
                try await withStopped(pid) {
                    #expect(ServerProcesses.isStopped(pid))
                    throw NeverCame(what: "anything")
                }
            }

            #expect(!ServerProcesses.isStopped(pid))
        }
    }
}
