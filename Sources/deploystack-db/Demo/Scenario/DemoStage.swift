import DeployStackData
import DeployStackModels

/// What the demo plays on: a store, the world around it, and a stop watch for each step.
final class DemoStage {
    let store: DataStore
    let world: DemoWorld
    /// Told what is being done, for whoever waits.
    let note: @Sendable (String) -> Void
    /// How long each step took that ended.
    private(set) var times: [DemoStep: Duration] = [:]
    /// How many calls were made.
    private(set) var calls = 0

    init(store: DataStore, world: DemoWorld, note: @escaping @Sendable (String) -> Void = { _ in }) {
        self.store = store
        self.world = world
        self.note = note
    }

    /// Plays one step.
    ///
    /// - Throws: ``DemoInterruption`` that names the step.
    func step<Answers>(_ step: DemoStep, _ body: (DemoStage) async throws -> Answers) async throws -> Answers {
        world.beginStep()
        note(step.title)
        let clock = ContinuousClock()
        let begin = clock.now
        do {
            let answers = try await body(self)
            times[step] = clock.now - begin
            return answers
        } catch {
            throw DemoInterruption(step: step, error: error)
        }
    }

    /// Makes one call, a second after the one before, so that every order by time is decided.
    func ask<Answer>(_ call: (DataStore) async throws -> Answer) async throws -> Answer {
        world.advance(by: .seconds(1))
        calls += 1
        return try await call(store)
    }

    /// Makes one call that is to be refused, and returns how.
    ///
    /// - Returns: The refusal, or `nil` when the call succeeded.
    func refusal(_ call: (DataStore) async throws -> Void) async throws -> Refusal? {
        do {
            try await ask(call)
            return nil
        } catch let error as DataError where error.kind.isRefusal {
            return Refusal(error)
        }
    }
}

/// A step that could not be played to its end.
struct DemoInterruption: Error {
    var step: DemoStep
    var error: any Error
}

extension DataError.Kind {
    /// Whether the call was refused for what it asks, and not because the database is in trouble.
    fileprivate var isRefusal: Bool {
        switch self {
        case .notFound, .alreadyExists, .limitExceeded, .validation, .ruleViolation, .referenceMissing, .inUse: true
        default: false
        }
    }
}
