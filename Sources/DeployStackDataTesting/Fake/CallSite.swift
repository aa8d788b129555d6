import DeployStackData
import DeployStackModels
import Synchronization

/// The one place that every call of a fake's repositories goes through: a store's, or those of one transaction.
struct CallSite: Sendable {
    let observer: CallObserver
    /// What the transaction has met, or `nil` outside of one.
    let transaction: TransactionNotes?

    func begin(_ operation: StoreOperation, _ method: String, _ arguments: [CallArgument] = []) -> CallObserver.Ticket {
        observer.begin(RecordedCall(operation: operation, method: method, arguments: arguments, isInTransaction: transaction != nil))
    }

    /// Makes a call.
    func call<Result: Sendable>(
        _ operation: StoreOperation, _ method: String, _ arguments: [CallArgument], _ body: () async throws(DataError) -> Result
    ) async throws(DataError) -> Result {
        let ticket = begin(operation, method, arguments)
        do throws(DataError) {
            try await note { () async throws(DataError) in try await ticket.plan.before() }
            let result = try await body()
            try await note { () async throws(DataError) in try ticket.plan.after() }
            observer.end(ticket, .succeeded)
            return result
        } catch {
            observer.end(ticket, .failed(error))
            throw error
        }
    }

    /// Makes a call that gives a stream. It counts as made when the stream is read.
    func stream<Element: Sendable>(
        _ operation: StoreOperation, _ method: String, _ arguments: [CallArgument], _ stream: DataStream<Element>
    ) -> DataStream<Element> {
        DataStream { ObservedReader(site: self, operation: operation, method: method, arguments: arguments, stream: stream) }
    }

    /// Records a call that neither fails nor waits.
    func note<Result>(_ operation: StoreOperation, _ method: String, _ arguments: [CallArgument], _ result: Result) -> Result {
        observer.end(begin(operation, method, arguments), .succeeded)
        return result
    }

    /// Lets a fault happen, and remembers a conflict, because it makes the whole transaction run again.
    func note(_ fault: () async throws(DataError) -> Void) async throws(DataError) {
        do throws(DataError) {
            try await fault()
        } catch {
            if error.kind == .conflict { transaction?.noteConflict(error) }
            throw error
        }
    }
}

/// What one run of a transaction's closure has met.
final class TransactionNotes: Sendable {
    private let first = Mutex<DataError?>(nil)

    /// The conflict that a call was made to fail with.
    var conflict: DataError? { first.withLock { $0 } }

    func noteConflict(_ error: DataError) {
        first.withLock { $0 = $0 ?? error }
    }
}

/// Reads a stream, recorded as one call from its first values to its end.
private struct ObservedReader<Element: Sendable>: DataStreamReader {
    let site: CallSite
    let operation: StoreOperation
    let method: String
    let arguments: [CallArgument]
    private var reader: any DataStreamReader<Element>
    private var ticket: CallObserver.Ticket?

    init(site: CallSite, operation: StoreOperation, method: String, arguments: [CallArgument], stream: DataStream<Element>) {
        self.site = site
        self.operation = operation
        self.method = method
        self.arguments = arguments
        reader = stream.begin()
    }

    mutating func nextChunk() async throws(DataError) -> [Element]? {
        let isFirst = ticket == nil
        let ticket = ticket ?? site.begin(operation, method, arguments)
        self.ticket = ticket
        do throws(DataError) {
            if isFirst { try await site.note { () async throws(DataError) in try await ticket.plan.before() } }
            if let chunk = try await reader.nextChunk() { return chunk }
            try await site.note { () async throws(DataError) in try ticket.plan.after() }
            site.observer.end(ticket, .succeeded)
            return nil
        } catch {
            site.observer.end(ticket, .failed(error))
            throw error
        }
    }
}
