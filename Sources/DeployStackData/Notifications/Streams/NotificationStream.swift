public import DeployStackModels

/// What happens to the notifications of a user or team from the moment at which the stream was opened, as an endless sequence.
///
/// ```swift
/// let stream = try await store.notifications.stream(user: user)
/// show(try await store.notifications.list(user: user).items)
/// for try await event in stream {
///     switch event {
///     case .notification(let notification): show(notification)
///     case .resumed: continue
///     case .gap: show(try await store.notifications.list(user: user).items)
///     }
/// }
/// ```
///
/// Every notification whose transaction commits after the stream was opened is told once, however transactions overlap and whatever happens to
/// connections, unless it is deleted before the loop comes to it. Those of one transaction come in order of creation and identifier; those of different
/// transactions in the order in which they began to write, as far as they have committed when the loop asks. A transaction that commits late comes late;
/// it holds nobody up.
///
/// Nothing is stored for a loop that is slow: it reads from the database where it stopped, some hundreds at a time. A loop may be left at any point. Each
/// loop over the same stream begins where the stream was opened.
///
/// Failures that pass, such as a server that restarts, are waited out. The sequence ends with an error of kind `.unavailable` when the store is closed,
/// `.cancelled` when the task is cancelled, and otherwise as any call throws.
public struct NotificationStream: AsyncSequence, Sendable {
    /// The one error that the sequence throws.
    public typealias Failure = DataError

    private let begin: @Sendable () -> any NotificationEventReader

    init(_ begin: @escaping @Sendable () -> any NotificationEventReader) {
        self.begin = begin
    }

    /// Makes a stream of events that are known beforehand and then end, for repositories of one's own.
    public init(_ events: [NotificationEvent]) {
        self.init { KnownEventReader(events: events[...]) }
    }

    /// Begins to read where the stream was opened.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: begin())
    }

    /// One loop over a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var reader: (any NotificationEventReader)?

        init(reader: any NotificationEventReader) {
            self.reader = reader
        }

        /// Waits for the next event; `nil` after an error.
        ///
        /// - Throws: ``DataError`` when the stream cannot go on.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(DataError) -> NotificationEvent? {
            do throws(DataError) {
                return try await reader?.next()
            } catch {
                // Whatever the loop holds is given back although the iterator may live on.
                reader = nil
                throw error
            }
        }
    }
}

/// Where a stream's events come from.
protocol NotificationEventReader {
    /// Waits for the next event; `nil` when there are no more.
    mutating func next() async throws(DataError) -> NotificationEvent?
}

private struct KnownEventReader: NotificationEventReader {
    var events: ArraySlice<NotificationEvent>

    mutating func next() -> NotificationEvent? { events.popFirst() }
}
