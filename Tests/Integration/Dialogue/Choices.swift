/// A stream of choices: drawn from a seed and recorded, or played back from a recording.
///
/// Beyond the end of a recording every choice is 0, and whoever draws puts the simplest thing at 0. So a recording stays meaningful when parts of it
/// are removed, and a shorter one with smaller numbers gives a simpler case.
struct Choices {
    /// The choices so far, as a recording.
    private(set) var taken: [Int] = []
    private var recording: ArraySlice<Int>
    private var random: SplitMix?

    /// Draws choices from a seed.
    ///
    /// - Parameter beginning: The first choices, which are not left to chance.
    init(seed: UInt64, beginning: [Int] = []) {
        recording = beginning[...]
        random = SplitMix(state: seed)
    }

    /// Plays a recording back.
    init(replaying recording: [Int]) {
        self.recording = recording[...]
    }

    /// A number from 0 up to a bound, which is left out.
    mutating func below(_ bound: Int) -> Int {
        let number = recording.popFirst() ?? random?.below(bound) ?? 0
        let choice = bound > 0 ? number % bound : 0
        taken.append(choice)
        return choice
    }

    /// Whether something happens that is seldom: once in so many times, and never in the simplest case.
    mutating func oneIn(_ number: Int) -> Bool { below(number) == number - 1 }

    /// One of some values, the first in the simplest case.
    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}

/// A small generator whose sequence depends on nothing but its seed (SplitMix64).
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}
