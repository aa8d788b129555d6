/// Why a connection could not be opened, and whether trying again soon makes sense.
struct ConnectFailure: Error {
    let error: PostgresError
    let kind: ConnectFailureKind
}
