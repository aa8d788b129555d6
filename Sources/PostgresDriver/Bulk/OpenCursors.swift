/// The cursors that a transaction has on the server, so that none outlives its use and none is closed that is gone already.
struct OpenCursors: Sendable {
    /// One cursor. The number is part of its name and used again when the cursor is closed; the serial never is.
    struct Cursor: Hashable, Sendable {
        let number: Int
        fileprivate let serial: Int

        /// The name in SQL.
        var name: String { "\"stream_\(number)\"" }
    }

    private var cursors: [Cursor] = []
    private var abandoned: [Cursor] = []
    private var lastSerial = 0

    /// Registers a cursor under the smallest number that is free. Few numbers mean few texts of statements, which stay prepared.
    mutating func open() -> Cursor {
        lastSerial += 1
        let used = Set(cursors.map(\.number)).union(abandoned.map(\.number))
        let cursor = Cursor(number: (1...).first { !used.contains($0) } ?? lastSerial, serial: lastSerial)
        cursors.append(cursor)
        return cursor
    }

    /// Whether a cursor still exists.
    func contains(_ cursor: Cursor) -> Bool { cursors.contains(cursor) }

    /// Forgets a cursor that the server has closed.
    mutating func close(_ cursor: Cursor) {
        cursors.removeAll { $0 == cursor }
    }

    /// Notes that nobody reads a cursor any more. One that is gone already is passed over.
    mutating func abandon(_ cursor: Cursor) {
        guard contains(cursor) else { return }
        close(cursor)
        abandoned.append(cursor)
    }

    /// Hands the cursors that nobody reads any more to whoever closes them.
    mutating func takeAbandoned() -> [Cursor] {
        guard !abandoned.isEmpty else { return [] }
        defer { abandoned = [] }
        return abandoned
    }

    /// Takes a cursor back that could not be closed.
    mutating func returnAbandoned(_ cursor: Cursor) {
        abandoned.append(cursor)
    }

    /// Forgets the cursors that were opened since, because the server has closed them with the part of the transaction that was undone.
    mutating func undo(to earlier: OpenCursors) {
        let known = Set(earlier.cursors + earlier.abandoned)
        cursors.removeAll { !known.contains($0) }
        abandoned.removeAll { !known.contains($0) }
    }
}
