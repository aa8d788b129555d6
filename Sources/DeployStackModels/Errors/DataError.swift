/// The one error that every operation of the data layer throws.
///
/// The ``kind`` says what went wrong in terms of the domain; the other properties say where. An error is safe to log and to show: neither
/// ``description`` nor any property holds a parameter's value, a row, a token or a password. What the server said is kept for
/// ``debugDescription`` alone, without its DETAIL and CONTEXT, which print whole rows.
///
/// ```swift
/// do {
///     return try await store.teams.createTeam(team)
/// } catch where error.kind == .limitExceeded {
///     return nil
/// }
/// ```
///
/// Two errors are equal when everything but the debugging text is equal, so both backends can be held to the same error.
public struct DataError: Error, Sendable, Hashable {
    /// What went wrong.
    public var kind: Kind

    /// The kind of thing that the error is about, or `nil` when it is about none.
    public var entity: Entity?

    /// The name of the input that was refused or is already taken, or `nil` when no single one was.
    ///
    /// It is the name of the Swift property or argument, such as `name` or `page.limit`.
    public var field: String?

    /// What is allowed instead, or which rule was broken, as a sentence without values; `nil` when the kind says it all.
    public var reason: String?

    /// The rule that was broken, set with kind ``Kind/ruleViolation``; ``Rule/reusedGrant`` comes with kind ``Kind/invalidGrant``.
    public var rule: Rule?

    /// The limit that was met, set with kind ``Kind/limitExceeded``.
    public var limit: Limit?

    /// The database's name for the constraint that refused the change, or `nil` when none did. The in-memory backend uses the same names.
    public var constraint: String?

    /// What the failure means for the operation: whether it can have happened.
    public var outcome: Outcome

    /// How the answer was lost, set with kind ``Kind/outcomeUnknown``: `.unavailable`, `.timeout`, `.cancelled` or another kind.
    public var cause: Kind?

    /// The server's SQLSTATE, or `nil` when the error did not come from a server. It takes no part in comparing errors.
    public var sqlState: String? { diagnostics.sqlState }

    /// What only a developer should see; it takes no part in comparing errors.
    package var diagnostics: Diagnostics

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What went wrong.
    ///   - entity: The kind of thing that the error is about.
    ///   - field: The name of the input.
    ///   - reason: What is allowed instead, without values.
    ///   - rule: The rule that was broken.
    ///   - limit: The limit that was met.
    ///   - constraint: The database's name for the constraint.
    ///   - outcome: Whether the operation can have happened; by default it was refused.
    public init(
        _ kind: Kind,
        entity: Entity? = nil,
        field: String? = nil,
        reason: String? = nil,
        rule: Rule? = nil,
        limit: Limit? = nil,
        constraint: String? = nil,
        outcome: Outcome = .rejected
    ) {
        self.kind = kind
        self.entity = entity
        self.field = field
        self.reason = reason
        self.rule = rule
        self.limit = limit
        self.constraint = constraint
        self.outcome = outcome
        self.diagnostics = Diagnostics()
    }

    /// The same error for an operation of which nobody knows whether it has happened.
    package var withUnknownOutcome: DataError {
        var error = self
        error.cause = cause ?? kind
        error.kind = .outcomeUnknown
        error.outcome = .unknown
        return error
    }

    /// Whether the same call, made again, can succeed without anything being changed first and without doing anything twice.
    public var isRetryable: Bool {
        switch kind {
        case .conflict: outcome != .unknown
        case .unavailable, .timeout: outcome == .notSent || outcome == .failed
        default: false
        }
    }
}

extension DataError {
    /// What only a developer should see. All values are equal, so that errors compare by what users see.
    package struct Diagnostics: Sendable, Hashable {
        package var sqlState: String?
        package var serverMessage: String?

        package init(sqlState: String? = nil, serverMessage: String? = nil) {
            self.sqlState = sqlState
            self.serverMessage = serverMessage
        }

        package static func == (_: Diagnostics, _: Diagnostics) -> Bool { true }
        package func hash(into _: inout Hasher) {}
    }
}
