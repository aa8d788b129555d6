import DeployStackDataTesting

/// The choices of a sequence, those of each step by themselves.
typealias Recording = [[Int]]

/// Where two stores did not agree.
struct Difference: Sendable {
    /// How many steps had been made, the one that showed it included.
    var steps: Int
    /// The steps as a person reads them.
    var calls: [String]
    /// The answers of the two, from where they differ.
    var first: String
    var second: String
}

/// One sequence of calls on two stores.
struct DialogueRun {
    let scene: DialogueStage.Scene
    private(set) var recording: Recording = []
    private(set) var tally = DialogueTally()
    private var known = Known()
    private var calls: [String] = []

    init(_ scene: DialogueStage.Scene) {
        self.scene = scene
    }

    /// Makes the next step on both stores.
    ///
    /// - Returns: How the answers differ, or `nil` when they are equal.
    mutating func makeStep(_ choices: Choices) async -> Difference? {
        var drawer = CallDrawer(choices: choices, known: known, now: scene.first.clock.now())
        let call = drawer.step()
        recording.append(drawer.choices.taken)
        calls.append(call.text)
        let (first, second) = (await scene.first.answer(to: call), await scene.second.answer(to: call))
        known.learn(second)
        known.note(scene.first.clock.now())
        return difference(first.text, second.text)
    }

    /// Compares everything that the two stores show. What is read for that is no part of the dialogue.
    mutating func compareStates() async -> Difference? {
        endTally()
        let (first, second) = (await StateDump.text(of: scene.first, known), await StateDump.text(of: scene.second, known))
        scene.fake?.clearCalls()
        for (one, other) in zip(first, second) {
            if let difference = difference(one, other) { return difference }
        }
        return nil
    }

    /// Counts what the fake has recorded since the last time.
    mutating func endTally() {
        tally.add(scene.fake?.calls ?? [])
        scene.fake?.clearCalls()
    }

    private func difference(_ first: String, _ second: String) -> Difference? {
        // Swift's equality of texts would let through what PostgreSQL tells apart.
        let (one, other) = (Array(first.utf8), Array(second.utf8))
        guard one != other else { return nil }
        let common = zip(one, other).prefix { $0 == $1 }.count
        return Difference(
            steps: recording.count, calls: calls, first: Self.excerpt(one, from: common), second: Self.excerpt(other, from: common))
    }

    private static func excerpt(_ bytes: [UInt8], from index: Int) -> String {
        let start = max(0, index - 120)
        return (start > 0 ? "…" : "") + String(decoding: bytes[start..<min(bytes.count, index + 400)], as: UTF8.self)
    }
}

extension DialogueStage {
    /// How many steps a sequence has.
    static let length = 60
    /// After how many steps everything is compared.
    private static let dumpInterval = 20

    /// What came of a sequence.
    struct Outcome: Sendable {
        var recording: Recording
        var tally: DialogueTally
        var difference: Difference?
    }

    /// Draws a sequence from a seed and makes it.
    func run(seed: UInt64) async throws -> Outcome {
        var (run, random) = (DialogueRun(try await begin()), SplitMix(state: seed))
        let themes = CallDrawer.themes(&random)
        var course = Course()
        for number in 1...Self.length {
            let beginning: [Int] =
                if CallDrawer.opening.indices.contains(number - 1) {
                    [CallDrawer.opening[number - 1].rawValue, 0]
                } else {
                    switch random.below(6) {
                    case 0: []
                    case 1, 2: [themes[random.below(themes.count)] + random.below(12) * CallDrawer.Subject.allCases.count]
                    default: course.next(&random)
                    }
                }
            var difference = await run.makeStep(Choices(seed: random.next(), beginning: beginning))
            if difference == nil, number.isMultiple(of: Self.dumpInterval) { difference = await run.compareStates() }
            if let difference { return Outcome(recording: run.recording, tally: run.tally, difference: difference) }
        }
        run.endTally()
        return Outcome(recording: run.recording, tally: run.tally)
    }

    /// Makes a recorded sequence again, as far as to the first difference, and compares everything at its end.
    func replay(_ recording: Recording) async throws -> Outcome {
        var run = DialogueRun(try await begin())
        for choices in recording {
            if let difference = await run.makeStep(Choices(replaying: choices)) {
                return Outcome(recording: run.recording, tally: run.tally, difference: difference)
            }
        }
        let difference = await run.compareStates()
        return Outcome(recording: run.recording, tally: run.tally, difference: difference)
    }
}
