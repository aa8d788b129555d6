import Foundation
import Testing

@testable import EphemeralPostgres

@Suite(.serverBinaries)
struct ThrowAwayClusterTests {
    @Test func aClusterAnswersOverItsSocketInUTF8AndByteOrder() async throws {
        let cluster = try await ThrowAwayCluster.make(.private())

        let encoding = try await cluster.query("SHOW server_encoding")
        let version = try await cluster.query("SHOW server_version")
        let ordered = try await cluster.query("SELECT string_agg(v, '' ORDER BY v) FROM unnest(ARRAY['b', 'B', 'ä', 'a']) AS v")
        let addresses = try await cluster.query("SHOW listen_addresses")

        #expect(encoding == "UTF8")
        #expect(version.hasPrefix(cluster.serverVersion.description))
        #expect(ordered == "Babä")
        #expect(addresses == "")
        #expect(try await cluster.stop())
    }

    @Test func theServerIsReachableForItsAccountOnly() async throws {
        let cluster = try await ThrowAwayCluster.make(.private())
        let folder = cluster.launcher.folder

        for directory in [folder.data, folder.socketDirectory] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            #expect((attributes[.ownerAccountID] as? NSNumber)?.uint32Value == cluster.launcher.account?.userID ?? ServerAccount.caller)
        }
        #expect(try await cluster.stop())
    }

    @Test func aSecondUserFindsTheWarmServer() async throws {
        let options = ThrowAwayCluster.Options.private()
        let first = try await ThrowAwayCluster.make(options)
        let process = first.serverProcess

        first.release()
        let second = try await ThrowAwayCluster.make(options)

        #expect(process != nil)
        #expect(second.serverProcess == process)
        #expect(try await second.stop())
    }

    @Test func manyUsersAtOnceStartOneServer() async throws {
        let options = ThrowAwayCluster.Options.private()

        let processes = try await withThrowingTaskGroup(of: (Int32?, ThrowAwayCluster).self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let cluster = try await ThrowAwayCluster.make(options)
                    return (cluster.serverProcess, cluster)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(Set(processes.map(\.0)).count == 1)
        #expect(processes[0].0 != nil)
        for (_, cluster) in processes.dropLast() { cluster.release() }
        #expect(try await processes.last!.1.stop())
    }

    @Test func sharedGivesTheSameObjectToEveryCallerOfTheProcess() async throws {
        let options = ThrowAwayCluster.Options.private()

        async let first = ThrowAwayCluster.shared(options)
        async let second = ThrowAwayCluster.shared(options)
        let (one, other) = try await (first, second)

        #expect(one === other)
        #expect(try await one.stop())
        let next = try await ThrowAwayCluster.shared(options)
        #expect(next !== one)
        #expect(try await next.stop())
    }

    @Test func aClusterThatSomebodyElseUsesIsNotStopped() async throws {
        let options = ThrowAwayCluster.Options.private()
        let first = try await ThrowAwayCluster.make(options)
        let second = try await ThrowAwayCluster.make(options)

        let stopped = try await first.stop()

        #expect(!stopped)
        #expect(try await second.query("SELECT 1") == "1")
        #expect(try await second.stop())
    }

    @Test func stoppingLeavesNoProcessAndNoFile() async throws {
        let cluster = try await ThrowAwayCluster.make(.private())
        let folder = cluster.launcher.folder
        #expect(try !Surroundings.processes(mentioning: folder.home).isEmpty)

        let stopped = try await cluster.stop()

        #expect(stopped)
        #expect(!FileManager.default.fileExists(atPath: folder.home))
        #expect(!FileManager.default.fileExists(atPath: folder.lock))
        #expect(try Surroundings.processes(mentioning: folder.home).isEmpty)
    }

    @Test func theWatchdogStopsAClusterThatNobodyUses() async throws {
        var options = ThrowAwayCluster.Options.private()
        options.idleTime = .zero
        let cluster = try await ThrowAwayCluster.make(options)
        let folder = cluster.launcher.folder

        cluster.release()

        try await Surroundings.wait {
            try !FileManager.default.fileExists(atPath: folder.lock) && Surroundings.processes(mentioning: folder.home).isEmpty
        }
        #expect(!FileManager.default.fileExists(atPath: folder.home))
    }

    @Test func keepClusterZeroMakesTheWatchdogStopAWarmOneToo() async throws {
        var options = ThrowAwayCluster.Options.private()
        options.environment["DEPLOYSTACK_KEEP_CLUSTER"] = "0"
        let cluster = try await ThrowAwayCluster.make(options)
        let folder = cluster.launcher.folder

        cluster.release()

        try await Surroundings.wait {
            try !FileManager.default.fileExists(atPath: folder.lock) && Surroundings.processes(mentioning: folder.home).isEmpty
        }
        #expect(!FileManager.default.fileExists(atPath: folder.home))
    }

    @Test func aPidFileWithoutAServerIsNotBelieved() async throws {
        let options = ThrowAwayCluster.Options.private()
        let first = try await ThrowAwayCluster.make(options)
        let process = try #require(first.serverProcess)
        kill(process, SIGKILL)
        try await Surroundings.wait { await !first.launcher.isRunning() }
        #expect(first.serverProcess == process, "The killed server leaves its pid file.")

        let second = try await ThrowAwayCluster.make(options)

        #expect(second.serverProcess != process)
        #expect(try await second.query("SELECT 1") == "1")
        first.release()
        #expect(try await second.stop())
    }

    @Test func aHalfMadeClusterIsMadeAgain() async throws {
        let options = ThrowAwayCluster.Options.private()
        let first = try await ThrowAwayCluster.make(options)
        let folder = first.launcher.folder
        #expect(try await first.stop())
        try folder.prepareParent()
        try folder.prepareHome()
        try folder.prepareServerDirectories(for: nil)
        try folder.write("15\n", to: "\(folder.data)/PG_VERSION")

        let second = try await ThrowAwayCluster.make(options)

        #expect(try await second.query("SELECT 1") == "1")
        #expect(try await second.stop())
    }

    @Test func anExclusiveClusterSurvivesTheDeathOfItsServer() async throws {
        let cluster = try await ThrowAwayCluster.exclusive(settings: ["max_connections": "25"])
        _ = try await cluster.query("CREATE TABLE kept (v int)")
        let process = try #require(cluster.serverProcess)

        try await cluster.stopServer(.immediate)
        let whileStopped = cluster.serverProcess
        try await cluster.startServer()

        #expect(whileStopped == nil)
        #expect(cluster.serverProcess != process)
        #expect(try await cluster.query("SELECT count(*) FROM kept") == "0")
        #expect(try await cluster.query("SHOW max_connections") == "25")
        #expect(try await cluster.stop())
    }

    @Test func aServerThatDoesNotStartIsAnErrorWithItsOwnWordsAndLeavesNothing() async throws {
        // Its files are in a folder that only this test knows, and every process of it is called with the name of one of them.
        let folder = "/tmp/dsd-none-\(String(UInt32.random(in: .min ... .max), radix: 36))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: folder)
        var options = ThrowAwayCluster.Options.private()
        options.environment["TMPDIR"] = folder
        options.settings = ClusterSettings(["no_such_setting": "1"])

        let error = await #expect(throws: ClusterError.self) { try await ThrowAwayCluster.make(options) }

        #expect(error?.kind == .startFailed)
        #expect(error?.description.contains("no_such_setting") == true)
        #expect(error?.description.contains(folder) == true)
        #expect(try Surroundings.processes(mentioning: folder) == [])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
}
