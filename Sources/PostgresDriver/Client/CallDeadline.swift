/// The moment by which the calls of a task must have ended, however many there are.
///
/// Without one, every call has the client's own limit. The deadline covers everything: waiting for a connection, opening one, the statement.
package enum CallDeadline {
    /// The deadline of the current task and the tasks that it starts, or nil.
    @TaskLocal package static var current: ContinuousClock.Instant?

    /// Runs `body` with a deadline so far from now, unless an earlier one holds already.
    package static func within<Value>(_ duration: Duration, _ body: () async throws -> Value) async rethrows -> Value {
        let deadline = ContinuousClock.now + duration
        return try await $current.withValue(min(deadline, current ?? deadline)) { try await body() }
    }
}
