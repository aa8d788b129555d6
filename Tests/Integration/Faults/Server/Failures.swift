import PostgresDriver

/// The errors of the driver that many callers met.
final class Failures: Sendable {
    private let errors = Lock<[PostgresError]>([])

    var all: [PostgresError] { errors.withLock { $0 } }

    /// Runs a call and notes its error, if it has one.
    func note(_ call: () async throws -> Void) async {
        guard let error = await failure(call) else { return }
        errors.withLock { $0.append(error) }
    }
}
