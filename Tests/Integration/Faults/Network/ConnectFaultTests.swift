import DeployStackDataTesting
import EphemeralPostgres
import FaultHarness
import Foundation
import PostgresDriver
import Synchronization
import Testing

/// N7: nobody answers, or too late, or in the wrong place, when a connection is to be opened.
@Suite("N7 Connecting to nobody", .serialized, .faults, .ownServer)
struct ConnectFaultTests {
    private static let one = Statement<Int64>("SELECT \(Int64(1))")

    @Test func nobodyWaitsLongerThanTwoSecondsForAConnection() async throws {
        let silent = try ScriptedServer([.silence])
        let gone = try UnansweringPort(.connections)
        let target = try await FaultCluster.shared(.plain).target
        let slowest = try await withProxies(2, before: target) { proxies in
            try proxies[0].setAdmission(.refuse)
            try proxies[1].setAdmission(.slow(.seconds(10)))
            let places = [
                ("accepted in silence", silent.port), ("not accepted", gone.port), ("refused", proxies[0].port), ("accepted late", proxies[1].port),
            ]
            return try await withThrowingTaskGroup(of: (String, Duration).self) { group in
                for (what, port) in places {
                    group.addTask { (what, try await Self.slowest(of: 8, port)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        await silent.close()

        let overrun = (slowest.values.max() ?? .zero) - .seconds(2)
        #expect(overrun <= .milliseconds(200), "\(slowest)")
        let figures = slowest.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.inMilliseconds)" }
        FaultReport.row("N7", "slowest of 8 callers with the default of 2 s: \(figures.joined(separator: ", "))")
    }

    /// How long the slowest of several callers of one client waits, with the default limits.
    private static func slowest(of callers: Int, _ port: Int) async throws -> Duration {
        let connection = ConnectionConfiguration(host: "127.0.0.1", port: port, database: "app", user: "app", tls: .disable)
        return try await withClient(connection) { client in
            try await withThrowingTaskGroup(of: Duration.self) { group in
                for _ in 0..<callers {
                    group.addTask {
                        try await duration {
                            let error = await driverError { try await client.run(one) }
                            #expect(error?.kind == .connectionFailed || error?.kind == .acquireTimeout)
                            #expect(error?.outcome == .notSent)
                        }
                    }
                }
                return try await group.reduce(.zero) { max($0, $1) }
            }
        }
    }

    @Test func connectionsThatCannotBeOpenedDoNotSlowDownTheOpenOnes() async throws {
        let cluster = try await FaultCluster.shared(.plain)
        try await withProxies(1, before: cluster.target) { proxies in
            let proxy = proxies[0]
            let port = proxy.port
            var setting = FaultSetting()
            setting.pool = PoolConfiguration(maxConnections: 12, multiplexing: .off)
            setting.connection = { $0 = $0.through(port: port) }
            try await withFaultScene(on: cluster, setting) { scene in
                let client = scene.client
                let (before, meanwhile) = try await client.withTransaction { transaction in
                    let before = try await Self.times(of: 400, transaction)
                    try proxy.setAdmission(.silent)
                    // Each of them wants a connection of its own, and each attempt hangs.
                    let callers = Task {
                        await withTaskGroup { group in
                            for _ in 0..<10 { group.addTask { await driverError { try await client.run(Self.one) }?.outcome } }
                            return await group.reduce(into: []) { $0.append($1) }
                        }
                    }
                    try await proxy.event("an attempt") { if case .accepted = $0.kind { $0.link ?? 0 > 1 } else { false } }
                    let meanwhile = try await Self.times(of: 400, transaction)
                    #expect(client.poolSnapshot.connecting > 0)
                    try proxy.setAdmission(.forward)
                    proxy.strikeNow(.reset(), link: nil, except: proxy.links.first?.number)
                    #expect(await callers.value.allSatisfy { $0 == nil || $0 == .notSent })
                    return (before, meanwhile)
                }
                // Both are measured on a machine that others use as well.
                #expect(meanwhile.p99 < before.p99 * 3 + .milliseconds(5))
                FaultReport.row(
                    "N7 neighbours",
                    "p99 of 400 reads on an open connection \(before.p99.inMilliseconds) before and \(meanwhile.p99.inMilliseconds) while connecting hangs"
                )
            }
        }
    }

    private static func times(of count: Int, _ transaction: PostgresTransaction) async throws -> (p50: Duration, p99: Duration) {
        var times: [Duration] = []
        for _ in 0..<count { times.append(try await duration { _ = try await transaction.run(one) }) }
        times.sort()
        return (times[count / 2], times[count * 99 / 100])
    }

    #if os(Linux)
        /// Names are the system's affair. A process of its own, in which the files of the resolver are others, shows what the driver makes of them.
        @Test(.enabled("Giving a process its own /etc/hosts takes the superuser.") { geteuid() == 0 && NamedPlace.program != nil })
        func aNameThatIsNotAnsweredOrHasDeadAddressesTakesNoLongerThanItMay() async throws {
            let target = try await FaultCluster.shared(.plain).target
            // The resolver puts addresses first that look more like our own, so the one that answers is the one that looks least like it.
            let proxy = try FaultProxy(to: target, host: (77, 77, 78))
            let nameServer = try UnansweringPort(.datagrams, host: (77, 77, 77), port: 53)
            let dead = try [UInt8(2), 3].map { try UnansweringPort(.connections, host: (0, 0, $0), port: proxy.port) }
            let place = try NamedPlace(
                hosts: "127.77.77.78 known.test\n127.0.0.2 three.test\n127.0.0.3 three.test\n127.77.77.78 three.test\n",
                resolver: "nameserver 127.77.77.77\noptions timeout:5 attempts:3\n")
            defer { place.remove() }
            let known = try await place.status(of: "known.test", port: proxy.port)
            let silent = try await place.status(of: "silent.test", port: proxy.port)
            let three = try await place.status(of: "three.test", port: proxy.port)
            withExtendedLifetime((nameServer, dead)) {}
            await proxy.close()

            #expect(known.succeeded)
            #expect(!silent.succeeded)
            #expect(three.succeeded)
            // Otherwise it has not met the dead ones at all.
            #expect(three.time - known.time >= .milliseconds(500))
            // What the program takes for itself is in the first time.
            #expect(silent.time - known.time <= .milliseconds(2200))
            #expect(three.time - known.time <= .milliseconds(2200))
            FaultReport.row(
                "N7 names",
                "a name server that is silent: failed after \((silent.time - known.time).inMilliseconds); a name with three addresses, two of them dead: "
                    + "connected after \((three.time - known.time).inMilliseconds); limit 2 s each")
        }
    #endif
}
