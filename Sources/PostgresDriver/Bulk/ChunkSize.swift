/// How many rows of a stream are asked for at once.
///
/// Few at first, since nobody knows yet how large they are, and many may not be wanted. Then more, because each question costs both sides the same time
/// however many rows answer it. The chunks before say how large a row is, so that a chunk of large rows is no burden on memory.
struct ChunkSize: Sendable {
    /// What the first chunk has at most.
    static let first = 64
    /// What any chunk has at most.
    static let most = 1_024
    /// What the rows of a chunk should need in memory at most, in bytes. A single row may need more.
    static let bytes = 1 << 20

    /// The number of rows to ask for next.
    private(set) var rows = ChunkSize.first

    /// Takes note of a chunk that has arrived.
    ///
    /// - Parameters:
    ///   - count: How many rows it has.
    ///   - memory: How many bytes it needs.
    mutating func note(rows count: Int, memory: Int) {
        guard count > 0 else { return }
        let fitting = Self.bytes / max(1, memory / count)
        rows = max(1, min(4 * rows, fitting, Self.most))
    }
}
