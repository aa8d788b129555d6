import Foundation

/// What is read around a turn, from outside of the process that is measured.
struct Instruments: Sendable {
    /// The server, or nil when its processes cannot be seen.
    let server: ServerProcesses?

    /// One look at all clocks.
    struct Reading: Sendable {
        fileprivate var moment: UInt64
        fileprivate var own: Double
        fileprivate var server: Double?
        fileprivate var machine: Double?
    }

    func read() -> Reading {
        Reading(
            moment: SystemClocks.now(), own: SystemClocks.processorSeconds(), server: server?.processorSeconds(), machine: Self.machineSeconds())
    }

    /// What happened between two readings.
    ///
    /// - Parameters:
    ///   - client: The processor time of whom was measured, in seconds.
    ///   - start: The first reading.
    ///   - end: The second reading.
    func surroundings(of client: Double, from start: Reading, to end: Reading) -> Surroundings {
        let serverSeconds = start.server.flatMap { start in end.server.map { $0 - start } }
        var foreignLoad: Double?
        if let serverSeconds, let busy = start.machine.flatMap({ start in end.machine.map { $0 - start } }) {
            let possible = Double(ProcessInfo.processInfo.activeProcessorCount) * Double(end.moment - start.moment) / 1_000_000_000
            foreignLoad = max(0, busy - serverSeconds - client - (end.own - start.own)) / possible
        }
        return Surroundings(serverSeconds: serverSeconds, foreignLoad: foreignLoad)
    }

    /// Seconds that all processors were busy: user, nice, system, interrupts, and what the host of a virtual machine took.
    private static func machineSeconds() -> Double? {
        guard let line = ProcFile.text("/proc/stat")?.split(separator: "\n").first else { return nil }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        guard ticks.count >= 8 else { return nil }
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / SystemClocks.ticksPerSecond
    }
}

/// What the machine did while a peer was measured.
struct Surroundings: Sendable {
    /// Processor time of the server, in seconds.
    var serverSeconds: Double?
    /// The part of all processors' time that neither the server nor whom was measured used, 0 to 1.
    var foreignLoad: Double?
}
