import DeployStackData
import DeployStackModels
import Synchronization

/// The time, identifiers and random bytes of one run of the demo. Every run has the same, so its answers can be compared with another's.
///
/// Each step begins new series of identifiers and bytes, so that one step in which a backend draws another number of them does not change all
/// that follow.
final class DemoWorld: Sendable {
    private struct State {
        var time: Timestamp
        var step = 0
        var drawn = 0
        var bytes = SeededBytes(seed: 0)
    }

    private let state: Mutex<State>

    /// Begins at the demo's own time, 2 March 2026, nine o'clock.
    init() {
        state = Mutex(State(time: Timestamp(secondsSinceEpoch: 1_772_442_000) ?? .epoch))
    }

    /// Begins the next step.
    func beginStep() {
        state.withLock { state in
            state.step += 1
            state.drawn = 0
            state.bytes = SeededBytes(seed: UInt64(state.step))
        }
    }

    /// Moves the clock forward.
    func advance(by duration: Duration) {
        state.withLock { $0.time = $0.time + duration }
    }
}

extension DemoWorld: TimeSource {
    func now() -> Timestamp { state.withLock { $0.time } }
}

extension DemoWorld: IDGenerator {
    /// An identifier with the numbers of the step and of the identifier in it, such as `demo-02-0007`.
    func makeID() -> String {
        state.withLock { state in
            state.drawn += 1
            let number = "\(state.drawn)"
            return "demo-\(state.step < 10 ? "0" : "")\(state.step)-\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)"
        }
    }
}

extension DemoWorld: RandomSource {
    func bytes(_ count: Int) -> [UInt8] { state.withLock { $0.bytes.next(count) } }
}

/// Bytes that look random and are always the same: SplitMix64 (Steele, Lea and Flood, 2014).
private struct SeededBytes {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
        }
    }
}
