extension DialogueStage {
    /// A sequence that shows a difference, and which one.
    struct Case: Sendable {
        var recording: Recording
        var difference: Difference

        /// The sequence as a text for a person.
        func report(_ names: (first: String, second: String)) -> String {
            let calls = difference.calls.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
            return "\(calls)\n\(names.first): \(difference.first)\n\(names.second): \(difference.second)\nchoices: \(recording)"
        }
    }

    /// Makes a sequence smaller for as long as it still shows a difference: leaves out blocks of steps, then blocks of choices, then takes smaller ones.
    ///
    /// - Parameter budget: How many sequences may be tried.
    func shrink(_ found: Case, budget: Int = 1_500) async throws -> Case {
        var (smallest, left) = (found, budget)
        var isSmaller = true
        while isSmaller, left > 0 {
            isSmaller = false
            for candidate in Candidates(of: smallest.recording) {
                guard left > 0 else { break }
                left -= 1
                let outcome = try await replay(candidate.applied(to: smallest.recording))
                guard let difference = outcome.difference, outcome.recording.isSimpler(than: smallest.recording) else { continue }
                smallest = Case(recording: outcome.recording, difference: difference)
                isSmaller = true
                // The other candidates were made for what is gone; steps that are still there are tried again in the next round.
                if candidate.isOfSteps { break }
            }
        }
        return smallest
    }
}

/// Ways to make a recording simpler.
private struct Candidates: Sequence {
    enum Change {
        case withoutSteps(Range<Int>)
        case withoutChoices(step: Int, Range<Int>)
        case zeros(step: Int, Range<Int>)
        case half(step: Int, index: Int)
        case less(step: Int, index: Int)

        var isOfSteps: Bool {
            guard case .withoutSteps = self else { return false }
            return true
        }

        func applied(to recording: Recording) -> Recording {
            var recording = recording
            switch self {
            case .withoutSteps(let range): recording.removeSubrange(range.clamped(to: 0..<recording.count))
            case .withoutChoices(let step, let range):
                guard recording.indices.contains(step) else { break }
                recording[step].removeSubrange(range.clamped(to: 0..<recording[step].count))
            case .zeros(let step, let range):
                guard recording.indices.contains(step) else { break }
                for index in range.clamped(to: 0..<recording[step].count) { recording[step][index] = 0 }
            case .half(let step, let index): Self.change(&recording, step, index) { $0 / 2 }
            case .less(let step, let index): Self.change(&recording, step, index) { $0 - 1 }
            }
            return recording
        }

        private static func change(_ recording: inout Recording, _ step: Int, _ index: Int, _ change: (Int) -> Int) {
            guard recording.indices.contains(step), recording[step].indices.contains(index), recording[step][index] > 0 else { return }
            recording[step][index] = change(recording[step][index])
        }
    }

    private let changes: [Change]

    init(of recording: Recording) {
        var changes: [Change] = []
        for size in Self.sizes(upTo: recording.count - 1) {
            for start in stride(from: recording.count - size, through: 0, by: -size) { changes.append(.withoutSteps(start..<start + size)) }
        }
        for step in recording.indices {
            let choices = recording[step]
            for size in Self.sizes(upTo: choices.count) {
                for start in stride(from: 0, to: choices.count, by: size)
                where choices[start..<Swift.min(start + size, choices.count)].contains(where: { $0 > 0 }) {
                    changes.append(.zeros(step: step, start..<start + size))
                }
            }
            // The first choice says what the step is about; without it the others would mean something else.
            for size in Self.sizes(upTo: choices.count - 1) {
                for start in stride(from: 2, to: choices.count, by: size) { changes.append(.withoutChoices(step: step, start..<start + size)) }
            }
            for index in choices.indices where choices[index] > 1 {
                changes.append(.half(step: step, index: index))
                changes.append(.less(step: step, index: index))
            }
        }
        self.changes = changes
    }

    func makeIterator() -> IndexingIterator<[Change]> { changes.makeIterator() }

    /// Sizes of blocks, the largest first.
    private static func sizes(upTo count: Int) -> [Int] {
        sequence(first: count) { $0 > 1 ? $0 / 2 : nil }.filter { $0 > 0 }
    }
}

extension Recording {
    /// Whether a recording has fewer steps, or fewer choices, or smaller ones.
    fileprivate func isSimpler(than other: Recording) -> Bool {
        let (own, others) = (measure, other.measure)
        return own.lexicographicallyPrecedes(others)
    }

    private var measure: [Int] { [count, reduce(0) { $0 + $1.count }, joined().reduce(0, +)] }
}
