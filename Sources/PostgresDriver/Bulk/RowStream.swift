/// The rows of a statement, decoded as they are asked for, so that an answer of any size needs little memory.
///
/// ```swift
/// for try await team in client.stream(.allTeams()) { … }
/// ```
///
/// Nothing is sent before the first row is asked for, and each iteration runs the statement anew. Rows arrive in chunks: most calls of `next()` take
/// one that is there already and do not suspend. After the last row comes `nil`; after an error, which is thrown behind the rows that came before it,
/// nothing but `nil`. An iteration that is given up leaves nothing behind, whether it ends with `break`, an error or a cancelled task.
///
/// The limit of a call, or ``CallDeadline``, counts for each wait for a chunk. The time that the consumer takes between two calls is its own.
package struct RowStream<Output: Sendable>: AsyncSequence, Sendable {
    package typealias Element = Output
    package typealias Failure = PostgresError

    private let statement: Statement<Output>
    private let open: @Sendable () throws(PostgresError) -> any RowChunkSource

    init(_ statement: Statement<Output>, open: @escaping @Sendable () throws(PostgresError) -> any RowChunkSource) {
        self.statement = statement
        self.open = open
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(statement: statement, open: open)
    }

    /// Reads a stream once, from beginning to end.
    package struct AsyncIterator: AsyncIteratorProtocol {
        private enum State {
            case before(@Sendable () throws(PostgresError) -> any RowChunkSource)
            /// The source gives everything back when nobody refers to it any more.
            case reading(any RowChunkSource)
            case ended
        }

        private let statement: Statement<Output>
        private var state: State
        private var rows: [Output] = []
        private var position = 0

        fileprivate init(statement: Statement<Output>, open: @escaping @Sendable () throws(PostgresError) -> any RowChunkSource) {
            self.statement = statement
            state = .before(open)
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> Output? {
            while position == rows.count {
                guard let chunk = try await nextChunk() else { return nil }
                (rows, position) = (chunk, 0)
            }
            defer { position += 1 }
            return rows[position]
        }

        /// The next rows, at least one, or `nil` at the end. For whoever hands rows on in chunks; do not mix it with ``next()``.
        package mutating func nextChunk() async throws(PostgresError) -> [Output]? {
            do throws(PostgresError) {
                let source: any RowChunkSource
                switch state {
                case .ended: return nil
                case .reading(let current): source = current
                case .before(let open):
                    source = try open()
                    state = .reading(source)
                }
                while let chunk = try await source.next() {
                    let rows = try statement.decodeRows(of: chunk)
                    if !rows.isEmpty { return rows }
                }
                state = .ended
                return nil
            } catch {
                state = .ended
                throw error
            }
        }
    }
}

/// Where a stream's rows come from. One that is released before its end gives up what it holds.
protocol RowChunkSource: AnyObject, Sendable {
    /// Waits for the next rows; `nil` after the last.
    func next() async throws(PostgresError) -> RowSource?
}
