import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Synchronization
import Testing

/// Calls of a fake wait until they are let go, without anybody sleeping.
struct HeldCallTests {
    private let fake = FakeDataStore()

    @Test
    func aHeldCallGoesOnWhenItIsReleased() async throws {
        let held = fake.holdNext(.teams.teams)
        let store = fake.store
        let call = Task { try await store.teams.teams(of: "nobody") }

        await held.arrival()
        #expect(fake.calls.map(\.outcome) == [.underWay])
        held.release()

        #expect(try await call.value == [])
        #expect(fake.calls.map(\.outcome) == [.succeeded])
    }

    @Test
    func othersPassAHeldCall() async throws {
        let held = fake.holdNext(.teams.teams)
        let store = fake.store
        let call = Task { try await store.teams.teams(of: "nobody") }
        await held.arrival()

        #expect(try await fake.store.teams.teams(of: "somebody") == [])

        held.release()
        _ = try await call.value
    }

    @Test
    func aHeldCallInATransactionKeepsOtherWritersWaiting() async throws {
        let user = try await fake.store.users.createUser(.fixture(), withDefaultTeam: false).id
        let held = fake.holdNext(.teams.createTeam)
        let store = fake.store
        let transaction = Task {
            try await store.transaction { store in
                try await store.teams.createTeam(NewTeam(name: "First", owner: user))
            }
        }
        await held.arrival()
        let second = Task { try await store.teams.createTeam(NewTeam(name: "Second", owner: user)) }

        held.release()
        _ = try await (transaction.value, second.value)

        #expect(Set(try await store.teams.teams(of: user).map(\.name)) == ["First", "Second"])
    }

    @Test
    func aHeldCallNoticesThatItsTaskIsCancelled() async throws {
        let held = fake.holdNext(.users.createUser)
        let store = fake.store
        let call = Task { try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org")) }
        await held.arrival()

        call.cancel()

        await expectError(DataError(.cancelled, outcome: .notSent)) { _ = try await call.value }
        #expect(try await fake.store.users.user(email: "ada@example.org") == nil)
    }

    @Test
    func aCallThatWasReleasedBeforehandDoesNotWait() async throws {
        let held = fake.holdNext(.teams.teams)
        held.release()

        _ = try await fake.store.teams.teams(of: "nobody")

        #expect(held.hasArrived)
    }

    @Test
    func aHeldCallCanFailAfterwards() async throws {
        let held = fake.holdNext(.teams.teams)
        fake.failNext(.teams.teams, with: DataError(.timeout, outcome: .failed))
        let store = fake.store
        let call = Task { try await store.teams.teams(of: "nobody") }
        await held.arrival()

        held.release()

        await expectError(DataError(.timeout, outcome: .failed)) { _ = try await call.value }
    }

    @Test
    func aDelayIsMeasuredByTheGivenClock() async throws {
        let clock = CountingClock()
        fake.delayNext(.teams.teams, by: .seconds(86_400), on: clock, times: 2)

        for _ in 0..<3 { _ = try await fake.store.teams.teams(of: "nobody") }

        #expect(clock.now == CountingClock.Instant(offset: .seconds(2 * 86_400)))
    }
}

/// A clock on which time passes at once when somebody sleeps.
private final class CountingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Swift.Duration

        func advanced(by duration: Swift.Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Swift.Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Instant(offset: .zero))

    var now: Instant { time.withLock { $0 } }
    var minimumResolution: Swift.Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
        time.withLock { $0 = max($0, deadline) }
    }
}
