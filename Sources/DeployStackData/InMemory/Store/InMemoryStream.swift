import DeployStackModels

extension InMemoryAccess {
    /// Reads a list as it is when the first value is asked for.
    ///
    /// - Parameters:
    ///   - validate: Throws when the call is not acceptable. It runs when the first value is asked for.
    ///   - select: Makes the list, in order.
    func stream<Value: Sendable>(
        validating validate: @escaping @Sendable () throws(DataError) -> Void = {}, _ select: @escaping @Sendable (InMemoryTables) -> [Value]
    ) -> DataStream<Value> {
        DataStream { InMemoryReader(tables: self, validate: validate, select: select) }
    }
}

/// Hands out a list in the portions that a database would, so that a closed store or a cancelled task is noticed at the same places.
private struct InMemoryReader<Value: Sendable>: DataStreamReader {
    private let tables: any InMemoryAccess
    private let validate: @Sendable () throws(DataError) -> Void
    private let select: @Sendable (InMemoryTables) -> [Value]
    private var rest: ArraySlice<Value>?

    init(
        tables: any InMemoryAccess, validate: @escaping @Sendable () throws(DataError) -> Void,
        select: @escaping @Sendable (InMemoryTables) -> [Value]
    ) {
        self.tables = tables
        self.validate = validate
        self.select = select
    }

    mutating func nextChunk() async throws(DataError) -> [Value]? {
        let list: ArraySlice<Value>
        if let rest {
            guard !rest.isEmpty else { return nil }
            try await tables.read { _ in }
            list = rest
        } else {
            try validate()
            list = try await tables.read(select)[...]
        }
        rest = list.dropFirst(Self.portion)
        return list.isEmpty ? nil : Array(list.prefix(Self.portion))
    }

    private static var portion: Int { 256 }
}
