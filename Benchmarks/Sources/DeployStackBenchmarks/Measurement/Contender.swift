/// Somebody who takes turns in a comparison.
protocol Contender: Sendable {
    /// The name in the report.
    var name: String { get }
    /// How it does it, in a few words.
    var detail: String { get }

    /// Does some loads, all at once, and says what was seen.
    func takeTurn(_ loads: [Load], _ timing: Timing) async throws -> Turn
}

/// What was seen in one turn, from inside and from outside.
struct Turn: Sendable {
    var sample: Sample
    var surroundings: Surroundings
}
