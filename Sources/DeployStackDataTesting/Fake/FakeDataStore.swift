public import DeployStackData
public import DeployStackModels

/// A store on in-memory tables for unit tests of services: its calls are recorded, and can be made to fail or to wait.
///
/// Give ``store`` to the code under test. It keeps every rule of the database, so most tests need nothing else; for what a database does on bad days:
///
/// ```swift
/// let fake = FakeDataStore()
/// let service = Onboarding(store: fake.store)
/// fake.failNext(.notifications.create, with: DataError(.unavailable))
///
/// await #expect(throws: DataError.self) { try await service.welcome("ada") }
///
/// #expect(fake.calls(of: .transaction.rollback).count == 1)
/// ```
///
/// Faults happen to calls through ``store`` and to calls in its transactions alike. A call can be met by several: all that make it wait, and the first
/// of those that make it fail, in the order in which they were asked for. Copies of the value are the same fake.
public struct FakeDataStore: Sendable {
    /// The store for the code under test.
    public let store: DataStore

    private let observer = CallObserver()

    /// Makes a fake with empty tables.
    ///
    /// - Parameter options: How the store behaves; `StoreOptions.reproducible()` makes each run equal to the last one.
    public init(options: StoreOptions = StoreOptions()) {
        let base = DataStore.inMemory(options: options).backend
        store = DataStore(ObservedBackend(base: base, site: CallSite(observer: observer, transaction: nil)))
    }

    // MARK: Faults

    /// Makes the next call fail.
    ///
    /// An error of kind `.conflict` in a transaction makes the outermost closure run again, at most three times, as on PostgreSQL.
    ///
    /// ```swift
    /// fake.failNext(.teams.addMember, with: .limitExceeded(.members, maximum: 3, current: 3))
    /// fake.failNext(.transaction.commit, with: DataError(.outcomeUnknown, outcome: .unknown), .afterTheCall)
    /// fake.failNext(.notifications.create, with: DataError(.timeout), where: { $0.argument("user", as: UserID.self) == ada })
    /// ```
    ///
    /// - Parameters:
    ///   - operation: Which calls are meant.
    ///   - error: What they throw.
    ///   - moment: Whether they fail instead of having their effect, or after it.
    ///   - count: How many calls fail, one after the other; with 0, none does.
    ///   - condition: Whether a call is meant, by its arguments. It may run for calls at the same time, and must not use the fake.
    public func failNext(
        _ operation: StoreOperation = .anyCall, with error: DataError, _ moment: FaultMoment = .beforeTheCall, times count: Int = 1,
        where condition: (@Sendable (RecordedCall) -> Bool)? = nil
    ) {
        observer.add(InjectedFault(operation: operation, condition: condition, effect: .failure(error, moment), remaining: count))
    }

    /// Makes the next call wait until it is released. A task that is cancelled while its call waits gets an error of kind `.cancelled`.
    ///
    /// - Parameters:
    ///   - operation: Which calls are meant.
    ///   - condition: Whether a call is meant, by its arguments.
    /// - Returns: The call. It can be waited for, and released.
    public func holdNext(_ operation: StoreOperation = .anyCall, where condition: (@Sendable (RecordedCall) -> Bool)? = nil) -> HeldCall {
        let held = HeldCall()
        let pause = { @Sendable () async throws(DataError) in try await held.wait() }
        observer.add(InjectedFault(operation: operation, condition: condition, effect: .pause(pause), remaining: 1))
        return held
    }

    /// Makes the next call take longer by a clock, which may be one that the test moves.
    ///
    /// - Parameters:
    ///   - operation: Which calls are meant.
    ///   - duration: How long they wait before they begin.
    ///   - clock: What measures it.
    ///   - count: How many calls wait; with 0, none does.
    ///   - condition: Whether a call is meant, by its arguments.
    public func delayNext<C: Clock>(
        _ operation: StoreOperation = .anyCall, by duration: C.Duration, on clock: C, times count: Int = 1,
        where condition: (@Sendable (RecordedCall) -> Bool)? = nil
    ) {
        let pause = { @Sendable () async throws(DataError) in
            do {
                try await clock.sleep(until: clock.now.advanced(by: duration), tolerance: nil)
            } catch {
                throw DataError(.cancelled, outcome: .notSent)
            }
        }
        observer.add(InjectedFault(operation: operation, condition: condition, effect: .pause(pause), remaining: count))
    }

    /// How many faults have been asked for and have not happened. At the end of a test it shows whether all of them did.
    public var pendingFaults: Int { observer.pendingFaults }

    /// Forgets the faults that have not happened. Calls that wait already go on waiting.
    public func removeFaults() {
        observer.removeFaults()
    }

    // MARK: Calls

    /// The calls so far, in the order in which they began.
    public var calls: [RecordedCall] { observer.calls }

    /// The calls so far of one kind, in the order in which they began.
    public func calls(of operation: StoreOperation) -> [RecordedCall] {
        observer.calls.filter { operation.includes($0.operation) }
    }

    /// Forgets the calls so far, such as those that prepared a test.
    public func clearCalls() {
        observer.clear()
    }
}
