import PostgresDriver

/// What a call of the driver gave.
func attempt<Value>(_ body: () async throws -> Value) async -> Result<Value, PostgresError> {
    do {
        return .success(try await body())
    } catch let error as PostgresError {
        return .failure(error)
    } catch {
        return .failure(PostgresError(PostgresError.Kind("foreign"), outcome: .outcomeUnknown, message: "\(error)"))
    }
}

/// The error that a call of the driver throws, if it does.
func failure(_ body: () async throws -> some Any) async -> PostgresError? {
    if case .failure(let error) = await attempt(body) { return error }
    return nil
}
