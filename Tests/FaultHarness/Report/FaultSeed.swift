import Foundation

/// The one number that all randomness of a fault test comes from. A failed test prints it, and `DEPLOYSTACK_FAULT_SEED` gives it back.
package struct FaultSeed: Sendable, CustomStringConvertible {
    /// The number.
    package let value: UInt64

    /// The seed of this run: the one that the environment names, or a new one.
    package static let run = FaultSeed(
        value: ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULT_SEED"].flatMap { UInt64($0) } ?? .random(in: .min ... .max))

    /// A source of random numbers for one part of a test; the same name gives the same numbers.
    package func generator(_ name: String) -> FaultRandom {
        var hash = value ^ 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return FaultRandom(state: hash)
    }

    package var description: String { "DEPLOYSTACK_FAULT_SEED=\(value)" }
}

/// A small source of random numbers that can be repeated (SplitMix64; Steele, Lea, Flood, 2014).
package struct FaultRandom: RandomNumberGenerator, Sendable {
    fileprivate var state: UInt64

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
