package import DeployStackModels
package import PostgresDriver

/// What the client believes about each operation of a ``Ledger``: begun, and then done, not done, or not known.
package final class Journal: Sendable {
    /// What the client was told about an operation.
    package enum Verdict: Sendable, Hashable {
        /// It has begun, and nothing was heard of it yet.
        case open
        /// It is done.
        case ok
        /// It is certainly not done.
        case failed
        /// It may be done.
        case unknown

        /// The verdict that an error of the driver stands for; none is success.
        package init(_ error: PostgresError?) {
            switch error?.outcome {
            case nil: self = .ok
            case .notSent, .rejectedByServer, .failedCertain: self = .failed
            case .outcomeUnknown: self = .unknown
            }
        }

        /// The verdict that an error of the store stands for; none is success.
        package init(_ error: DataError?) {
            switch error?.outcome {
            case nil: self = .ok
            case .notSent, .rejected, .failed: self = .failed
            case .unknown: self = .unknown
            }
        }
    }

    struct Entry {
        var verdict = Verdict.open
        /// The verdicts that the fault allowed, if the test knows them.
        var allowed: Set<Verdict>?
    }

    private let state = Lock<[Int64: Entry]>([:])

    package init() {}

    /// Notes that an operation is about to begin, and gives it a number of its own.
    package func intend() -> Int64 {
        state.withLock { entries in
            let number = Int64(entries.count + 1)
            entries[number] = Entry()
            return number
        }
    }

    /// Notes what came of an operation.
    ///
    /// - Parameter allowed: What may be said about it after what was done to it; nil if the test does not know.
    package func settle(_ operation: Int64, _ verdict: Verdict, allowed: Set<Verdict>? = nil) {
        state.withLock { entries in entries[operation] = Entry(verdict: verdict, allowed: allowed) }
    }

    var entries: [Int64: Entry] { state.withLock { $0 } }
}
