public import DeployStackData
import Synchronization

/// Bytes that look random and are the same in every run (SplitMix64). They can be foreseen: for tests only.
public final class SeededRandomSource: RandomSource {
    private let state: Mutex<UInt64>

    /// Makes a source.
    ///
    /// - Parameter seed: Where the sequence begins; equal seeds give equal bytes.
    public init(seed: UInt64 = 0) {
        state = Mutex(seed)
    }

    /// The next bytes of the sequence.
    ///
    /// - Parameter count: How many bytes, 0 or more.
    public func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count + 7)
            while bytes.count < count {
                state &+= 0x9e37_79b9_7f4a_7c15
                var word = state
                word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
                word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
                word ^= word >> 31
                for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
            }
            return Array(bytes.prefix(count))
        }
    }
}
