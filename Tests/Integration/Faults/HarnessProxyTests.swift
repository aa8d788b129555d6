import DeployStackDataTesting
import FaultHarness
import Foundation
import PostgresDriver
import Synchronization
import Testing

@Suite("The proxy", .serialized, .requiresServer, .timeLimit(.minutes(1)))
struct HarnessProxyTests {
    private static let one = Statement<Int64>("SELECT \(Int64(1))")
    private static let insert = Statement<Void>("INSERT INTO \"scratch\" VALUES (\(Int64(1)))")
    private static let count = Statement<Int64>("SELECT count(*) FROM \"scratch\"")

    @Test func whatPassesIsWhatTheServerSays() async throws {
        try await withProxiedClient { client, server in
            let large = String(repeating: "0123456789abcdef", count: 65_536)

            let rows = try await client.run(Statement<String>("SELECT \(large)")).rows

            #expect(rows == [large])
            #expect(server.proxy.links.count == 1)
            #expect(server.proxy.links.first?.backend != nil)
            #expect(server.proxy.events.contains { $0.isMessage(.startup) })
            #expect(server.proxy.events.contains { $0.isMessage(.execution(of: "SELECT $1")) })
            #expect(server.proxy.events.contains { $0.isMessage(.completion("SELECT 1")) })
        }
    }

    @Test func theAnswerToACommitCanBeLostAfterTheServerHasCommitted() async throws {
        try await withProxiedDatabase { client, server, direct in
            server.proxy.arm(FaultRule("lost answer", .before(.completion("COMMIT")), .reset()))

            let error = await driverError { try await client.withTransaction { try await $0.run(Self.insert) } }

            #expect(error?.outcome == .outcomeUnknown)
            let stored = try await direct.run(Self.count).rows
            #expect(stored == [1])
            #expect(server.proxy.events.contains { $0.isStrike(of: "lost answer") })
            #expect(!server.proxy.events.contains { $0.isMessage(.completion("COMMIT")) })
        }
    }

    @Test func aCommitCanBeKeptFromTheServer() async throws {
        try await withProxiedDatabase { client, server, direct in
            server.proxy.arm(FaultRule("no commit", .before(.statement("COMMIT")), .reset()))

            let error = await driverError { try await client.withTransaction { try await $0.run(Self.insert) } }

            #expect(error?.outcome == .outcomeUnknown)
            let stored = try await direct.run(Self.count).rows
            #expect(stored == [0])
        }
    }

    @Test func aFaultCanStrikeAfterTheThirdRowAndInsideTheFourth() async throws {
        try await withProxiedClient { client, server in
            server.proxy.arm(
                FaultRule("third", .after(.dataRow, occurrence: 3), .note), FaultRule("fourth", .inside(.dataRow, byte: 5, occurrence: 4), .reset()))

            let error = await driverError {
                // A function makes it no plain read, so that it is not quietly asked again.
                try await client.run(Statement<Int32>("SELECT pg_backend_pid() FROM generate_series(1, 9) AS n, pg_sleep(0)"))
            }

            #expect(error?.kind == .connectionLost)
            let events = server.proxy.events.drop { !$0.isMessage(.execution(of: "SELECT pg_b")) }
            let third = try #require(events.first { $0.isStrike(of: "third") })
            #expect(events.prefix { $0.sequence < third.sequence }.count { $0.isMessage(.dataRow) } == 3)
            #expect(events.count { $0.isMessage(.dataRow) } == 3)
            #expect(events.contains { $0.isStrike(of: "fourth") })
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 60])
    func aLinkIsCutAfterExactlySoManyBytes(_ bytes: Int) async throws {
        let server = try ScriptedServer([.silence])
        let proxy = try FaultProxy(to: .port(server.port))
        proxy.arm(FaultRule("cut", .byte(bytes, .toServer), .halfClose(.toServer)))
        let connection = ConnectionConfiguration(
            host: "127.0.0.1", port: proxy.port, database: "a database with a long name", user: "somebody", tls: .disable,
            connectTimeout: .milliseconds(300))

        try await withClient(connection, pool: PoolConfiguration(acquireTimeout: .milliseconds(200))) { client in
            _ = await driverError { try await client.run(Self.one) }
            try await proxy.strike(of: "cut")
        }
        #expect(await server.isTrue { $0.first?.isOpen == false })
        #expect(server.sessions.first?.bytesReceived == bytes)
        await proxy.close()
        await server.close()
    }

    @Test func aFaultAtAMessageBoundaryStrikesBetweenTwoMessages() async throws {
        try await withProxiedClient { client, server in
            server.proxy.arm(FaultRule("boundary", .boundary(2, .toServer), .perform { $0.expectMessagesToServer(2) }))

            _ = try await client.run(Self.one)

            let strike = try await server.proxy.strike(of: "boundary")
            let before = server.proxy.events.filter { $0.sequence < strike.sequence && $0.isMessage(.any(.toServer)) }
            #expect(before.count == 2)
        }
    }

    @Test func aFaultCanWaitForAnotherMessage() async throws {
        try await withProxiedClient { client, server in
            _ = try await client.run(Self.one)
            server.proxy.arm(FaultRule("ready", .before(.readyForQuery), .note, since: .execution(of: "SELECT 2")))

            _ = try await client.run(Self.one)
            #expect(!server.proxy.events.contains { $0.isStrike(of: "ready") })
            _ = try await client.run(Statement<Int32>("SELECT 2"))

            try await server.proxy.strike(of: "ready")
        }
    }

    @Test func aStalledLinkGoesOnWhereItStopped() async throws {
        try await withProxiedClient { client, server in
            server.proxy.arm(FaultRule("pause", .before(.execution(of: "SELECT $1")), .pause))
            let answer = Task { try await client.run(Self.one).rows }

            try await server.proxy.strike(of: "pause")
            #expect(!server.proxy.events.contains { $0.isMessage(.execution(of: "SELECT $1")) })
            server.proxy.setMode(.pass)

            #expect(try await answer.value == [1])
        }
    }

    @Test func nothingMoreIsReadFromAStalledDirection() async throws {
        try await withProxiedClient { client, server in
            _ = try await client.run(Self.one)
            server.proxy.setMode(.stall, .toServer)
            let large = String(repeating: "x", count: 32 * 1024 * 1024)
            let answer = Task { try await client.run(Statement<Int32>("SELECT length(\(large))")).rows }

            try await server.proxy.event("the stall") { if case .changed = $0.kind { true } else { false } }
            #expect(server.proxy.links.allSatisfy { $0.bytesToServer < 1024 * 1024 })
            server.proxy.setMode(.pass)

            #expect(try await answer.value == [32 * 1024 * 1024])
        }
    }

    @Test func whatIsSwallowedNeverArrives() async throws {
        try await withProxiedClient { client, server in
            _ = try await client.run(Self.one)
            server.proxy.setMode(.swallow, .toClient)

            let error = await driverError { try await CallDeadline.within(.milliseconds(200)) { try await client.run(Self.one) } }

            #expect(error?.kind == .deadlineExceeded)
            server.proxy.strikeNow(.reset())
        }
    }

    @Test func aDelayDelaysAndARateLimits() async throws {
        try await withProxiedClient { client, server in
            let large = String(repeating: "0123456789abcdef", count: 8 * 1024)
            _ = try await client.run(Self.one)

            server.proxy.setMode(.delay(.milliseconds(60), jitter: .milliseconds(10)), .toClient)
            let delayed = try await duration { _ = try await client.run(Self.one) }
            server.proxy.setMode(.rate(bytesPerSecond: 512 * 1024), .toClient)
            let limited = try await duration {
                let rows = try await client.run(Statement<String>("SELECT \(large)")).rows
                #expect(rows == [large])
            }

            #expect(delayed >= .milliseconds(50))
            #expect(limited >= .milliseconds(200))
        }
    }

    @Test func halfOfALinkCanBeClosed() async throws {
        try await withProxiedClient { client, server in
            server.proxy.arm(FaultRule("half", .after(.execution(of: "SELECT 3")), .halfClose(.toClient)))

            let error = await driverError { try await client.run(Statement<Int32>("SELECT 3 FROM pg_sleep(0)")) }

            #expect(error?.kind == .connectionLost)
            let rows = try await client.run(Self.one).rows
            #expect(rows == [1])
        }
    }

    @Test func aClosureRunsExactlyAtThePoint() async throws {
        try await withProxiedClient { client, server in
            server.proxy.arm(
                FaultRule("kill", .before(.statement("SELECT 4")), .perform { link in if let backend = link.backend { kill(backend, SIGTERM) } }))

            let error = await driverError { try await client.run(Statement<Int32>("SELECT 4 FROM pg_sleep(0)")) }

            #expect(error?.kind == .connectionLost)
            #expect(server.proxy.events.contains { $0.isStrike(of: "kill") })
        }
    }

    @Test func clientsCanBeRefusedIgnoredAndLetInLate() async throws {
        let pool = PoolConfiguration(acquireTimeout: .milliseconds(150))
        let server = try await ProxiedServer.start()
        var impatient = server.proxied
        impatient.connectTimeout = .milliseconds(100)
        try server.proxy.setAdmission(.refuse)
        try await withClient(impatient, pool: pool) { client in
            #expect(await driverError { try await client.run(Self.one) }?.kind == .connectionFailed)
            #expect(server.proxy.links.isEmpty)
        }
        // Another client, which does not wait because it was refused before.
        try server.proxy.setAdmission(.silent)
        let sequence = server.proxy.lastSequence
        try await withClient(impatient, pool: pool) { client in
            #expect(await driverError { try await client.run(Self.one) }?.kind == .connectionFailed)
            try await server.proxy.event("a silent link", after: sequence) { if case .accepted = $0.kind { true } else { false } }
        }
        try await withClient(server.proxied) { client in
            try server.proxy.setAdmission(.slow(.milliseconds(80)))
            let time = try await duration { _ = try await client.run(Self.one) }
            #expect(time >= .milliseconds(80))
        }
        try await server.proxy.quiescence()
        await server.close()
    }

    @Test func anEventThatDoesNotComeIsReportedWithTheLog() async throws {
        let server = try await ProxiedServer.start()
        try server.proxy.setAdmission(.silent)

        let missing = await #expect(throws: ProxyEventMissing.self) {
            try await server.proxy.strike(of: "nothing", within: .milliseconds(20))
        }

        #expect(missing?.description.contains("admission") == true)
        await server.close()
    }

    #if os(Linux)
        @Test func nothingIsLeftOfIt() async throws {
            // What the process keeps once it has been used must be there before.
            for _ in 0..<3 { try await Self.useAndBreak() }
            let before = try Self.usage()
            let proxies = try await withProxies(10, before: .port(1)) { proxies in
                // Each has a thread, a pipe and two sockets; what was counted before may have gone meanwhile.
                let during = try Self.usage()
                #expect(during.threads >= before.threads + 5)
                #expect(during.descriptors >= before.descriptors + 30)
                return proxies.count
            }
            for _ in 0..<10 { try await Self.useAndBreak() }
            // The last references to a client and a proxy go a moment after they are closed.
            let deadline = ContinuousClock.now + .seconds(10)
            var after = try Self.usage()
            while after.descriptors > before.descriptors || after.threads > before.threads, ContinuousClock.now < deadline {
                await Task.yield()
                after = try Self.usage()
            }

            #expect(proxies == 10)
            #expect(after.descriptors <= before.descriptors)
            #expect(after.threads <= before.threads)
        }

        private static func useAndBreak() async throws {
            try await withProxiedClient(limits: ClientLimits(cleaningTimeout: .milliseconds(20))) { client, server in
                server.proxy.arm(FaultRule("cut", .after(.completion("SELECT")), .reset(.client)))
                _ = await driverError { try await client.run(Self.one) }
                server.proxy.arm(FaultRule("stall", .before(.completion("SELECT")), .pause))
                _ = await driverError { try await CallDeadline.within(.milliseconds(20)) { try await client.run(Self.one) } }
            }
        }

        private static func usage() throws -> (descriptors: Int, threads: Int) {
            let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            return (descriptors, try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count)
        }
    #endif
}

extension LinkState {
    fileprivate func expectMessagesToServer(_ count: Int) {
        #expect(messagesToServer == count)
    }
}
