/// The statements that one connection has prepared, the least recently used leaving first.
struct PreparedStatementCache {
    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private let capacity: Int
    private var entries: [Int: Entry] = [:]
    private var uses: UInt64 = 0
    private var renamed = 0

    /// The names that the server still knows but nobody will use; closed before the next statement is prepared.
    private var obsolete: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// The number of statements that can be used.
    var count: Int { entries.count }

    /// The name under which a shape is prepared, if it is.
    mutating func name(of shape: Int) -> String? {
        guard let index = entries.index(forKey: shape) else { return nil }
        uses &+= 1
        entries.values[index].lastUse = uses
        return entries.values[index].name
    }

    /// Chooses a name under which the server knows nothing yet, and makes room for one more.
    mutating func nameForPreparing(_ preferred: String) -> String {
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            obsolete.append(oldest.value.name)
        }
        renamed += 1
        return "\(preferred)_\(renamed)"
    }

    /// Notes that a shape is being prepared: whatever is sent behind that can use the name.
    mutating func insert(_ shape: Int, name: String) {
        uses &+= 1
        if let previous = entries.updateValue(Entry(name: name, lastUse: uses), forKey: shape) { obsolete.append(previous.name) }
    }

    /// Notes that a shape must be prepared again, because what the server has is out of date.
    mutating func forget(_ shape: Int) {
        if let entry = entries.removeValue(forKey: shape) { obsolete.append(entry.name) }
    }

    /// Notes that preparing a shape under a name has failed: the server does not know that name.
    mutating func preparingFailed(_ shape: Int, name: String) {
        if let entry = entries[shape], entry.name == name { entries[shape] = nil }
    }

    /// Notes that the server has lost everything.
    mutating func forgetAll() {
        entries.removeAll()
        obsolete.removeAll()
    }

    /// Takes an obsolete name back that could not be closed.
    mutating func returnObsolete(_ name: String) {
        obsolete.append(name)
    }

    /// Hands out the obsolete names to whoever closes them on the server.
    mutating func takeObsolete() -> [String] {
        guard !obsolete.isEmpty else { return [] }
        defer { obsolete.removeAll() }
        return obsolete
    }
}
