/// How often each latency was seen, in classes that are at most 1/32 wide, from a nanosecond to eighteen minutes.
///
/// Recording is a few instructions and allocates nothing, so it can be done for every call.
struct LatencyHistogram: Sendable {
    private static let subclassBits = 5
    private static let subclasses = 1 << subclassBits
    private static let classes = (40 - subclassBits + 1) * subclasses

    private var counts = [Int](repeating: 0, count: classes)
    private(set) var count = 0

    /// Counts one latency.
    mutating func record(nanoseconds: UInt64) {
        counts[min(Self.index(of: nanoseconds), Self.classes - 1)] += 1
        count += 1
    }

    /// Adds everything that another histogram has seen.
    mutating func merge(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
    }

    /// The latency that the given share of calls stayed within, in nanoseconds; 0 if there were none.
    func quantile(_ share: Double) -> Double {
        guard count > 0 else { return 0 }
        let wanted = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if seen >= wanted { return Self.middle(of: index) }
        }
        return Self.middle(of: Self.classes - 1)
    }

    /// Numbers below 32 have a class each; above, each power of two has 32.
    private static func index(of value: UInt64) -> Int {
        guard value >= subclasses else { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount - subclassBits
        return exponent * subclasses + Int(value >> UInt64(exponent))
    }

    private static func middle(of index: Int) -> Double {
        guard index >= 2 * subclasses else { return Double(index) }
        let exponent = index / subclasses - 1
        let lower = Double((index - exponent * subclasses) << exponent)
        return lower + Double((1 << exponent) - 1) / 2
    }
}

/// As an object from the number of a class to how often it was seen; classes without a latency are left out.
extension LatencyHistogram: Codable {
    init(from decoder: any Decoder) throws {
        for (index, count) in try decoder.singleValueContainer().decode([Int: Int].self) {
            guard counts.indices.contains(index), count >= 0 else {
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "There is no class \(index)."))
            }
            counts[index] = count
            self.count += count
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: counts.enumerated().filter { $0.element > 0 }.map { ($0.offset, $0.element) }))
    }
}
