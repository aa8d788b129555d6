/// How urgent a command is. The most urgent one is fetched first.
public enum SatelliteCommandPriority: Int, Sendable, Hashable, Codable, Comparable, CaseIterable {
    /// Somebody is waiting for it.
    case immediate = 0
    /// It comes before what is usual.
    case high = 1
    /// What is usual.
    case normal = 2
    /// It can wait.
    case low = 3

    /// Whether one priority is more urgent than another.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
