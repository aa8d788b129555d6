/// Where a lexeme stands in a text, and how much it counts there.
package struct TextPosition: Sendable, Hashable {
    /// How much an occurrence counts. Text that is not marked otherwise has the weight `d`.
    package enum Weight: UInt16, Sendable, Hashable, CaseIterable {
        case d = 0
        case c = 1
        case b = 2
        case a = 3
    }

    /// The last position that is told apart: what comes after it counts as standing there too.
    package static let last = 16383

    private let packed: UInt16

    /// - Parameter index: The position, counted from one; more than ``last`` counts as ``last``.
    package init(_ index: Int, weight: Weight = .d) {
        packed = weight.rawValue << 14 | UInt16(clamping: min(index, Self.last))
    }

    /// The position, 1 to 16 383.
    package var index: Int {
        Int(packed & 0x3FFF)
    }

    /// The weight of the occurrence.
    package var weight: Weight {
        Weight(rawValue: packed >> 14) ?? .d
    }
}
