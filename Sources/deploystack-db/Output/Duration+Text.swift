import Foundation

extension Duration {
    /// The time in milliseconds, to the microsecond, for machines.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return ((Double(seconds) * 1_000 + Double(attoseconds) / 1e15) * 1_000).rounded() / 1_000
    }

    /// The time for people where it is known to the millisecond: `7 ms`, `1.35 s`.
    var roundText: String { milliseconds < 999.5 ? "\(Int(milliseconds.rounded())) ms" : text }

    /// The time for people, with three significant digits: `0.42 ms`, `13.1 ms`, `250 ms`, `1.35 s`, `2 min 05 s`.
    var text: String {
        let milliseconds = milliseconds
        switch milliseconds {
        case ..<9.995: return String(format: "%.2f ms", milliseconds)
        case ..<99.95: return String(format: "%.1f ms", milliseconds)
        case ..<999.5: return String(format: "%.0f ms", milliseconds)
        case ..<59_995: return String(format: "%.2f s", milliseconds / 1_000)
        default:
            let seconds = Int((milliseconds / 1_000).rounded())
            return String(format: "%d min %02d s", seconds / 60, seconds % 60)
        }
    }
}
