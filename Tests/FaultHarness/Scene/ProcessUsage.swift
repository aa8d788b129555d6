import Foundation

/// What this process holds of the system at one moment.
package struct ProcessUsage: Sendable, Hashable, CustomStringConvertible {
    /// Open file descriptors.
    package let descriptors: Int
    /// Threads, those of the runtime included.
    package let threads: Int
    /// Memory in use, in bytes.
    package let residentBytes: Int

    /// The present usage, or nil on a system without `/proc`.
    package static var now: ProcessUsage? {
        guard let descriptors = count("/proc/self/fd"), let threads = count("/proc/self/task"),
            let memory = FileManager.default.contents(atPath: "/proc/self/statm")
        else { return nil }
        let pages = String(decoding: memory, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return ProcessUsage(descriptors: descriptors, threads: threads, residentBytes: pages * Int(NSPageSize()))
    }

    /// The processor time that this process has used, or nil on a system without `/proc`. It is counted in hundredths of a second.
    package static var processorTime: Duration? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/self/stat") else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: ") ").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Int(words[11]), let system = Int(words[12]) else { return nil }
        return .milliseconds(10 * (user + system))
    }

    /// Memory in use, in mebibytes.
    package var residentMebibytes: Double { Double(residentBytes) / 1_048_576 }

    package var description: String {
        "\(descriptors) descriptors, \(threads) threads, \(Int(residentMebibytes)) MiB"
    }

    private static func count(_ directory: String) -> Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: directory))?.count
    }
}
