import Foundation

/// The most physical memory that this process has had since the count was reset. Linux alone can reset it.
enum PeakMemory {
    /// Lets the count begin anew; whether that is possible here.
    static func reset() -> Bool {
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
        // "5" resets the peak and touches nothing else.
        return (try? file.write(contentsOf: Data("5".utf8))) != nil
    }

    /// The peak in bytes.
    static func bytes() -> Int? {
        let lines = ProcFile.text("/proc/self/status")?.split(separator: "\n")
        let words = lines?.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
        return words?.dropFirst().first.flatMap { Int($0) }.map { $0 * 1_024 }
    }
}
