/// Steps that build on one another: each is the subject of a call and the number of its method.
///
/// What a store does wrong behind several states, such as with a token that was used before, or a command that comes back, is not reached by calls that are each
/// left to chance. So a sequence goes through some courses between its other steps. What the calls are made with is still drawn: mostly what was told last.
struct Course {
    private struct Step {
        let subject: CallDrawer.Subject
        let method: Int
    }

    private var rest: ArraySlice<Step> = []

    /// The first choices of the next step. After the last one another course begins.
    mutating func next(_ random: inout SplitMix) -> [Int] {
        if rest.isEmpty { rest = Self.all[random.below(Self.all.count)][...] }
        guard let step = rest.popFirst() else { return [] }
        return step.method == 0 ? [step.subject.rawValue, 0] : [step.subject.rawValue, 1, step.method]
    }

    private static func course(_ steps: (CallDrawer.Subject, Int)...) -> [Step] { steps.map { Step(subject: $0.0, method: $0.1) } }

    private static let all = [
        // A grant: asked for, approved, redeemed, used, refreshed, and what was used is presented again.
        course((.requests, 0), (.requests, 3), (.requests, 6), (.tokens, 1), (.tokens, 6), (.tokens, 1), (.tokens, 6), (.tokens, 1), (.requests, 6)),
        course((.requests, 0), (.requests, 3), (.requests, 6), (.requests, 6), (.tokens, 1), (.tokens, 6), (.tokens, 4)),
        course((.requests, 0), (.requests, 3), (.requests, 6), (.tokens, 6), (.tokens, 10), (.tokens, 1), (.tokens, 6), (.tokens, 17)),
        // A grant whose time passes at each of its stages.
        course((.requests, 0), (.time, 0), (.requests, 3), (.time, 0), (.requests, 6), (.tokens, 1), (.time, 0), (.tokens, 1), (.tokens, 6)),
        course((.tokens, 0), (.tokens, 1), (.time, 0), (.tokens, 1), (.tokens, 4), (.tokens, 15), (.tokens, 17)),
        course((.tokens, 18), (.tokens, 6), (.time, 0), (.tokens, 6), (.tokens, 16), (.tokens, 6), (.tokens, 1)),
        // A member who goes.
        course((.members, 0), (.tokens, 0), (.tokens, 18), (.members, 2), (.tokens, 1), (.tokens, 6), (.tokens, 12), (.tokens, 11)),
        course((.users, 0), (.members, 0), (.tokens, 0), (.tokens, 0), (.members, 2), (.tokens, 12), (.members, 0), (.tokens, 1), (.tokens, 17)),
        // A command: given, handed out, reported, handed out again, and expired.
        course((.satellites, 0), (.heartbeats, 0), (.commands, 0), (.commands, 1), (.commands, 4), (.commands, 1), (.commands, 4), (.commands, 6)),
        course((.heartbeats, 0), (.commands, 0), (.commands, 1), (.commands, 4), (.commands, 1), (.commands, 4), (.commands, 1), (.commands, 5)),
        course((.satellites, 0), (.heartbeats, 0), (.commands, 0), (.time, 0), (.commands, 1), (.time, 0), (.commands, 8), (.commands, 4)),
        course((.heartbeats, 0), (.commands, 0), (.commands, 1), (.time, 0), (.commands, 8), (.commands, 4), (.commands, 1), (.commands, 9)),
        course((.heartbeats, 0), (.satellites, 6), (.heartbeats, 0), (.commands, 0), (.commands, 1), (.satellites, 0), (.satellites, 1)),
        // A registration token.
        course((.registration, 0), (.registration, 1), (.satellites, 1), (.registration, 1), (.time, 0), (.registration, 1), (.registration, 5)),
        // Secrets: set, shown, written back as they are shown, and those that become secret later.
        course((.catalog, 0), (.installations, 0), (.configurations, 0), (.configurations, 1), (.configurations, 0), (.configurations, 5)),
        course((.installations, 0), (.userConfigurations, 0), (.userConfigurations, 2), (.userConfigurations, 0), (.userConfigurations, 1)),
        course((.installations, 0), (.userConfigurations, 0), (.catalog, 4), (.userConfigurations, 5), (.configurations, 0), (.configurations, 5)),
        course((.installations, 0), (.userConfigurations, 0), (.catalog, 4), (.configurations, 0), (.catalog, 5), (.configurations, 5)),
        // Tags that come and go.
        course((.catalog, 8), (.catalog, 8), (.catalog, 8), (.catalog, 9), (.catalog, 8), (.search, 5)),
        // An instance, its tokens and its events.
        course((.instances, 0), (.instances, 1), (.instances, 2), (.instances, 1), (.instances, 3), (.time, 0), (.instances, 3), (.instances, 6)),
        course((.installations, 0), (.instances, 8), (.instances, 0), (.instances, 2), (.instances, 1), (.instances, 3), (.instances, 3)),
    ]
}
