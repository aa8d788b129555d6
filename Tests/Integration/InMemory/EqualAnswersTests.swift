import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// The in-memory store answers as PostgreSQL does, whatever it is asked.
@Suite(.database, .requiresServer)
struct EqualAnswersTests {
    @Test(arguments: 1...6)
    func equalCallsGetEqualAnswers(_ seed: Int) async throws {
        let secret = try EncryptionSecret("only for tests, never elsewhere")
        let clock = ManualTimeSource()
        let memory = try await Backend.inMemory.makeStore(options: .reproducible(clock: clock, encryptionSecret: secret))
        let postgres = try await Backend.postgres.makeStore(options: .reproducible(clock: clock, encryptionSecret: secret))
        var dialogue = RandomDialogue(seed: UInt64(seed))

        for number in 1...600 {
            let call = dialogue.next()
            let (actual, expected) = (await RandomDialogue.answer(to: call, of: memory), await RandomDialogue.answer(to: call, of: postgres))
            guard Array(actual.utf8) == Array(expected.utf8) else {
                Issue.record("Call \(number), \(call.name)\nin-memory:  \(actual)\nPostgreSQL: \(expected)")
                return
            }
            dialogue.learn(from: expected)
            // Some calls share a moment, as they do within a microsecond; now and then tokens expire.
            let pause: Duration = number.isMultiple(of: 90) ? .seconds(172_800) : .seconds(number.isMultiple(of: 3) ? 1 : 0)
            clock.advance(by: pause)
        }
    }
}
