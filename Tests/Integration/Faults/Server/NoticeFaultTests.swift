import FaultHarness
import Foundation
import PostgresDriver
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// S19: the server talks a lot beside its answers.
@Suite(.serialized, .ownServer, .faults)
struct NoticeFaultTests {
    private static let noticesPerCall = 2_000

    @Test func noticesAndChangedSettingsReachNobodyAndCostNothing() async throws {
        let calls = FaultSize.of(ci: 100, long: 2_000)
        var setting = FaultSetting()
        setting.pool = PoolConfiguration(maxConnections: 4)
        setting.slack.mebibytes = 16
        setting.watchdog = .seconds(60 + calls / 5)

        let (printed, growth, perSecond, right) = try await withFaultScene(on: try await .shared(.plain), setting) { scene in
            try await Self.makeTalkative(scene)
            try await Self.talk(calls / 5, scene, right: Count())
            let before = ProcessUsage.now?.residentMebibytes ?? 0
            let capture = try StandardErrorCapture()
            let begin = ContinuousClock.now
            let right = Count()
            do {
                try await Self.talk(calls, scene, right: right)
            } catch {
                _ = try capture.end()
                throw error
            }
            let seconds = (ContinuousClock.now - begin).inSeconds
            let growth = (ProcessUsage.now?.residentMebibytes ?? 0) - before
            return (try capture.end(), growth, Double(calls * Self.noticesPerCall) / seconds, right.value)
        }

        #expect(printed == 0)
        #expect(growth <= 16)
        #expect(right == calls)
        FaultReport.row(
            "S19",
            """
            \(calls * Self.noticesPerCall) notices and warnings at \(Int(perSecond)) per second and \(calls) changes of reported settings: \
            bytes on standard error \(printed), memory \(growth < 0 ? "" : "+")\((growth * 10).rounded() / 10) MiB, right answers \(right) of \(calls)
            """)
    }

    private static func makeTalkative(_ scene: FaultScene) async throws {
        try await scene.observer.runScript(
            """
            CREATE FUNCTION talk(words int) RETURNS int8 LANGUAGE plpgsql AS $$
            BEGIN
                FOR word IN 1..words / 2 LOOP
                    RAISE NOTICE 'a notice %', repeat('x', 100);
                    RAISE WARNING 'a warning %', repeat('x', 100);
                END LOOP;
                RETURN words;
            END $$
            """)
    }

    /// Calls the function from four tasks. Every session also changes settings that the server reports to its client each time.
    private static func talk(_ calls: Int, _ scene: FaultScene, right: Count) async throws {
        let next = Count()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while next.add() <= calls {
                        try await scene.client.withTransaction { transaction in
                            _ = try await transaction.run(
                                Statement<String>("SELECT set_config('TimeZone', \(next.value.isMultiple(of: 2) ? "UTC" : "Europe/Berlin"), true)"))
                            _ = try await transaction.run(Statement<String>("SELECT set_config('IntervalStyle', 'iso_8601', true)"))
                            let answer = try await transaction.run(Statement<Int>("SELECT talk(\(Int32(noticesPerCall)))")).rows
                            if answer == [noticesPerCall] { right.add() }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Leads the standard error of this process into a file for a while.
private final class StandardErrorCapture {
    private let file = FileManager.default.temporaryDirectory.appending(path: "stderr-\(UUID().uuidString)")
    private let handle: FileHandle
    private let original: Int32

    init() throws {
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        handle = try FileHandle(forWritingTo: file)
        original = dup(STDERR_FILENO)
        guard original >= 0, dup2(handle.fileDescriptor, STDERR_FILENO) >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Ends it, and returns how many bytes came.
    func end() throws -> Int {
        dup2(original, STDERR_FILENO)
        close(original)
        try handle.close()
        let count = try Data(contentsOf: file).count
        try FileManager.default.removeItem(at: file)
        return count
    }
}
