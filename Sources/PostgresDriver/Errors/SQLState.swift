/// The server's error codes that the driver tells apart, and our own words for all of them.
package enum SQLState {
    package static let featureNotSupported = "0A000"
    package static let invalidStatementName = "26000"
    package static let readOnlyTransaction = "25006"
    package static let idleInTransactionTimeout = "25P03"
    package static let serializationFailure = "40001"
    package static let deadlockDetected = "40P01"
    package static let statementCompletionUnknown = "40003"
    package static let lockNotAvailable = "55P03"
    package static let queryCanceled = "57014"
    package static let idleSessionTimeout = "57P05"
    package static let cannotConnectNow = "57P03"
    package static let tooManyConnections = "53300"
    package static let invalidDatabase = "3D000"

    /// Whether the whole transaction may succeed if it is run again from its beginning.
    package static func isRetryable(_ state: String) -> Bool {
        state == serializationFailure || state == deadlockDetected
    }

    /// A sentence about a code, made of our own words and without any data.
    static func explanation(of state: String) -> String {
        explanations[state] ?? classExplanations[String(state.prefix(2))]
            ?? (state.isEmpty ? "The connection broke." : "The server reports an error.")
    }

    private static let explanations: [String: String] = [
        "0A000": "The server does not support this, or a prepared statement's result has changed its type.",
        "22001": "A text is too long for its column.",
        "22003": "A number is out of range.",
        "22021": "A text is not valid in the database's encoding.",
        "22P05": "A text contains a character that the database cannot hold.",
        "23502": "A value is missing.",
        "23503": "A foreign key refuses the change.",
        "23505": "A unique constraint refuses the change.",
        "23514": "A check refuses the change.",
        "23P01": "An exclusion constraint refuses the change.",
        "25006": "The server accepts no writes here.",
        "25P02": "An earlier statement of this transaction failed, and it can only be rolled back.",
        "25P03": "The server ended the session because its transaction was idle for too long.",
        "26000": "The server does not know a prepared statement any more.",
        "28000": "The server's access rules refuse this role.",
        "28P01": "The server refused the role or its password.",
        "3D000": "There is no such database.",
        "40001": "A concurrent transaction got in the way.",
        "40P01": "The server broke a deadlock by ending this transaction.",
        "42501": "The role may not do this.",
        "42601": "The statement has a syntax error.",
        "42703": "There is no such column.",
        "42P01": "There is no such table.",
        "42P07": "The table exists already.",
        "53100": "The server's disk is full.",
        "53200": "The server is out of memory.",
        "53300": "The server has too many connections.",
        "54000": "A limit of the server is exceeded.",
        "54001": "The statement is nested too deeply.",
        "55P03": "A lock could not be had in time.",
        "57014": "The statement was cancelled on the server, or exceeded its limit there.",
        "57P01": "The server ended the session on an administrator's command.",
        "57P02": "The server ended the session because another one crashed.",
        "57P03": "The server is starting up or shutting down.",
        "57P05": "The server ended the session because it was idle for too long.",
    ]

    private static let classExplanations: [String: String] = [
        "08": "The connection is in trouble.",
        "22": "A value is not acceptable.",
        "23": "A constraint refuses the change.",
        "25": "The transaction is in the wrong state.",
        "28": "The server refused the role.",
        "40": "The transaction was rolled back.",
        "42": "The statement is wrong, or the role may not run it.",
        "53": "The server lacks a resource.",
        "54": "A limit of the server is exceeded.",
        "55": "An object is not in the state that the statement needs.",
        "57": "An operator or the server's state intervened.",
        "58": "The server's system failed.",
        "XX": "The server failed internally.",
    ]
}
