import DeployStackModels

/// When a call that is made to fail does so.
public enum FaultMoment: Sendable, Hashable {
    /// Instead of the call, which has no effect.
    case beforeTheCall
    /// When the call has had its effect: its answer is lost. Give the error kind `.outcomeUnknown`, as a store does.
    case afterTheCall
}

/// What is to happen to calls that are made later.
struct InjectedFault: Sendable {
    enum Effect: Sendable {
        case failure(DataError, FaultMoment)
        case pause(@Sendable () async throws(DataError) -> Void)
    }

    let operation: StoreOperation
    let condition: (@Sendable (RecordedCall) -> Bool)?
    let effect: Effect
    /// To how many calls it still happens.
    var remaining: Int

    func concerns(_ call: RecordedCall) -> Bool {
        operation.includes(call.operation) && condition?(call) != false
    }
}

/// What happens to one call.
struct CallPlan: Sendable {
    var pauses: [@Sendable () async throws(DataError) -> Void] = []
    var failure: (error: DataError, moment: FaultMoment)?

    /// Does what comes before the call.
    func before() async throws(DataError) {
        for pause in pauses { try await pause() }
        if let failure, failure.moment == .beforeTheCall { throw failure.error }
    }

    /// Does what comes after it.
    func after() throws(DataError) {
        if let failure, failure.moment == .afterTheCall { throw failure.error }
    }
}
