import Foundation

/// The processes of the server, whose processor time is read from `/proc`.
struct ServerProcesses: Sendable {
    private let postmaster: Int

    /// The server that has this session, if its processes can be seen from here.
    ///
    /// - Parameters:
    ///   - session: The process that serves a session of the server, as the server knows it.
    ///   - database: The session's database, which its title has: on another machine, the number may be that of anything.
    init?(session: Int, database: String) {
        guard ProcFile.text("/proc/\(session)/cmdline")?.contains(database) == true, let times = ProcessTimes(of: session) else { return nil }
        postmaster = times.parent
    }

    /// Seconds of processor time that the server has used so far, ended sessions included; nil when it is gone.
    func processorSeconds() -> Double? {
        guard var server = ProcessTimes(of: postmaster) else { return nil }
        // A session that ends while the list is read is in neither sum, or in both: then the list is read again.
        for _ in 0..<10 {
            let sessions = sessionSeconds()
            guard let again = ProcessTimes(of: postmaster) else { return nil }
            if again.endedChildren == server.endedChildren { return again.own + again.endedChildren + sessions }
            server = again
        }
        return server.own + server.endedChildren + sessionSeconds()
    }

    private func sessionSeconds() -> Double {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap { Int($0) }.compactMap { ProcessTimes(of: $0) }.filter { $0.parent == postmaster }.reduce(0) { $0 + $1.own }
    }
}

/// What `/proc` says of a process.
private struct ProcessTimes {
    let parent: Int
    /// Seconds that the process itself has used.
    let own: Double
    /// Seconds that its children had used when they ended.
    let endedChildren: Double

    init?(of process: Int) {
        // The name is in parentheses and may hold anything; what follows are numbers from the third field on.
        guard let text = ProcFile.text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[end...].split(separator: " ").dropFirst()
        guard fields.count > 14, let parent = Int(fields[fields.startIndex + 1]) else { return nil }
        func ticks(_ field: Int) -> Double { Double(fields[fields.startIndex + field - 3]) ?? 0 }
        self.parent = parent
        // Sessions have one thread, and its time on a processor is there in nanoseconds, too.
        let nanoseconds = ProcFile.text("/proc/\(process)/schedstat")?.split(separator: " ").first.flatMap { Double($0) }
        own = nanoseconds.map { $0 / 1_000_000_000 } ?? (ticks(14) + ticks(15)) / SystemClocks.ticksPerSecond
        endedChildren = (ticks(16) + ticks(17)) / SystemClocks.ticksPerSecond
    }
}
