public import DeployStackModels

/// A sequence of values that are read from the store bit by bit, so that an export of any size needs little memory.
///
/// ```swift
/// for try await server in store.catalog.exportServers(viewer: .administrator) {
///     try file.write(server)
/// }
/// ```
///
/// Nothing is asked of the store before the first value is, and each loop over the sequence asks anew. All values are from one moment, that of the
/// first one. Values are fetched some hundreds at a time: most steps of a loop find theirs in memory and do not suspend, so a cancelled task notices at
/// the next fetch, with an error of kind `.cancelled`. A loop may be left at any point.
///
/// An error is thrown behind the values that came before it, and ends the sequence; a sequence that ends without one was complete. The limit of a call
/// counts for each fetch. The time that the loop's body takes does not, but outside of a transaction it is time during which one of the pool's
/// connections is in use.
///
/// In a transaction, other calls can be made while a loop is under way, and the sequence is valid until the transaction's closure returns.
public struct DataStream<Element: Sendable>: AsyncSequence, Sendable {
    /// The one error that reading throws.
    public typealias Failure = DataError

    package let begin: @Sendable () -> any DataStreamReader<Element>

    package init(_ begin: @escaping @Sendable () -> any DataStreamReader<Element>) {
        self.begin = begin
    }

    /// Makes a stream of values that are in memory already, for repositories of one's own.
    ///
    /// - Parameter values: The values, in order.
    public init(_ values: [Element]) {
        self.init { ListReader(values: values) }
    }

    /// Begins to read.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: begin())
    }

    /// Reads a stream once, from its beginning to its end.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var reader: any DataStreamReader<Element>
        private var hasEnded = false
        @usableFromInline var values: [Element] = []
        @usableFromInline var position = 0

        init(reader: any DataStreamReader<Element>) {
            self.reader = reader
        }

        /// Returns the next value, or `nil` after the last one or after an error.
        ///
        /// - Throws: ``DataError`` when the next values cannot be read.
        @inlinable
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(DataError) -> Element? {
            if position == values.count {
                guard try await fetch() else { return nil }
            }
            let value = values[position]
            position += 1
            return value
        }

        /// Fetches the next values; false at the end.
        @usableFromInline
        mutating func fetch() async throws(DataError) -> Bool {
            guard !hasEnded else { return false }
            do throws(DataError) {
                guard let chunk = try await reader.nextChunk() else {
                    hasEnded = true
                    return false
                }
                (values, position) = (chunk, 0)
                return true
            } catch {
                hasEnded = true
                throw error
            }
        }
    }
}

/// Where a stream's values come from.
package protocol DataStreamReader<Element> {
    associatedtype Element: Sendable

    /// Waits for the next values, at least one; `nil` at the end.
    mutating func nextChunk() async throws(DataError) -> [Element]?
}

/// Values that are there already.
private struct ListReader<Element: Sendable>: DataStreamReader {
    let values: [Element]
    private var isRead = false

    init(values: [Element]) {
        self.values = values
    }

    mutating func nextChunk() -> [Element]? {
        guard !isRead, !values.isEmpty else { return nil }
        isRead = true
        return values
    }
}
