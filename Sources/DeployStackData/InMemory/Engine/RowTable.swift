import DeployStackModels
import HashTreeCollections

/// The rows of one in-memory table, with an index for each unique and foreign key.
///
/// Everything is a persistent tree, so copying a table costs nothing, and changing a copy costs a few nodes. That is what makes a transaction's
/// snapshot cheap. A method that throws can leave the table half changed; whoever calls it throws the copy away.
///
/// A table can show a part of its rows. Whoever looks for rows finds those; keys, and what is asked by a foreign key, hold for all.
struct RowTable<Row: TableRow>: Sendable {
    /// Keeps a row outside of the tree's nodes, so that copying a node copies references and not whole rows.
    final class Stored: Sendable {
        let row: Row
        fileprivate init(_ row: Row) { self.row = row }
    }

    private var rows: TreeDictionary<BytewiseString, Stored> = [:]
    /// Which rows are shown; all when it is `nil`.
    private var isShown: (@Sendable (Row) -> Bool)?
    private var uniqueIndexes: [TreeDictionary<KeyValues, BytewiseString>]
    private var referenceIndexes: [TreeDictionary<BytewiseString, TreeSet<BytewiseString>>]

    init() {
        uniqueIndexes = Array(repeating: [:], count: Row.schema.uniqueKeys.count)
        referenceIndexes = Array(repeating: [:], count: Row.schema.foreignKeys.count)
    }

    /// Makes a table that holds rows from the beginning.
    ///
    /// - Precondition: The rows keep the table's checks and unique keys.
    init(_ rows: [Row]) {
        self.init()
        for row in rows {
            do { try insert(row) } catch { preconditionFailure("The first rows of \(Row.tableName) break a rule: \(error)") }
        }
    }

    /// How many rows are shown.
    var count: Int { isShown == nil ? rows.count : all.reduce(0) { count, _ in count + 1 } }

    /// All rows that are shown, in no order.
    var all: some Sequence<Row> { rows.values.lazy.compactMap { shown($0.row) } }

    /// The rows shown that a closure wants, in no order. They are shared with the table, because most of looking through a large table would be copying its rows.
    func shared(where isWanted: (Row) -> Bool) -> [Stored] {
        rows.values.filter { (isShown?($0.row) ?? true) && isWanted($0.row) }
    }

    /// Whether there is a row with this primary key, be it shown or not.
    func contains(_ key: BytewiseString) -> Bool { rows[key] != nil }

    /// The row with a primary key, be it shown or not, or `nil`.
    func stored(_ key: BytewiseString) -> Row? { rows[key]?.row }

    /// The row with a primary key, or `nil` when none is shown.
    subscript(key: BytewiseString) -> Row? { rows[key].flatMap { shown($0.row) } }

    /// The row with an identifier, or `nil` when none is shown.
    subscript<Tag>(id: Identifier<Tag>) -> Row? { self[BytewiseString(id.rawValue)] }

    /// Shows some rows from now on; with `nil`, all of them.
    mutating func show(_ isShown: (@Sendable (Row) -> Bool)?) {
        self.isShown = isShown
    }

    private func shown(_ row: Row) -> Row? {
        guard let isShown else { return row }
        return isShown(row) ? row : nil
    }

    /// The row with these values of a unique key, or `nil` when none is shown.
    func row(_ unique: UniqueKey<Row>, _ values: String...) -> Row? {
        guard let index = Row.schema.uniqueKeys.firstIndex(where: { $0.name == unique.name }) else {
            preconditionFailure("\(Row.tableName) has no unique key \(unique.name)")
        }
        return uniqueIndexes[index][KeyValues(parts: values.map { BytewiseString($0) })].flatMap { self[$0] }
    }

    /// The rows shown that refer to something by a foreign key, in no order.
    func rows(referringTo target: String, by foreignKey: ForeignKey<Row>) -> [Row] {
        index(of: foreignKey)[BytewiseString(target)]?.compactMap { self[$0] } ?? []
    }

    /// The primary keys of the rows that refer to something by a foreign key, be they shown or not, in no order.
    func keys(referringTo target: BytewiseString, by foreignKey: ForeignKey<Row>) -> [BytewiseString] {
        index(of: foreignKey)[target].map(Array.init) ?? []
    }

    private func index(of foreignKey: ForeignKey<Row>) -> TreeDictionary<BytewiseString, TreeSet<BytewiseString>> {
        guard let index = Row.schema.foreignKeys.firstIndex(where: { $0.name == foreignKey.name }) else {
            preconditionFailure("\(Row.tableName) has no foreign key \(foreignKey.name)")
        }
        return referenceIndexes[index]
    }
}

extension RowTable {
    /// Adds a row that keeps the checks and the unique keys. Foreign keys are another matter: they are checked when the statement ends.
    mutating func insert(_ row: Row) throws(DataError) {
        let schema = Row.schema
        try schema.validateChecks(row)
        let key = schema.key(of: row)
        guard rows.updateValue(Stored(row), forKey: key) == nil else { throw schema.primaryKey.violation }
        for (index, unique) in schema.uniqueKeys.enumerated() {
            guard let values = unique.values(row) else { continue }
            guard uniqueIndexes[index].updateValue(key, forKey: values) == nil else { throw unique.violation }
        }
        for (index, foreignKey) in schema.foreignKeys.enumerated() {
            guard let target = foreignKey.column.value(row) else { continue }
            referenceIndexes[index][target, default: []].insert(key)
        }
    }

    /// Puts a changed row in the place of the one with the same primary key.
    mutating func replace(_ old: Row, with new: Row) throws(DataError) {
        let schema = Row.schema
        try schema.validateChecks(new)
        let key = schema.key(of: new)
        precondition(schema.key(of: old) == key, "A row of \(Row.tableName) would change its primary key")
        rows[key] = Stored(new)
        for (index, unique) in schema.uniqueKeys.enumerated() {
            let (before, after) = (unique.values(old), unique.values(new))
            guard before != after else { continue }
            if let before { uniqueIndexes[index][before] = nil }
            guard let after else { continue }
            guard uniqueIndexes[index].updateValue(key, forKey: after) == nil else { throw unique.violation }
        }
        for (index, foreignKey) in schema.foreignKeys.enumerated() {
            let (before, after) = (foreignKey.column.value(old), foreignKey.column.value(new))
            guard before != after else { continue }
            if let before { removeReference(to: before, of: key, index) }
            if let after { referenceIndexes[index][after, default: []].insert(key) }
        }
    }

    /// Removes a row and returns it, or `nil` when there is none with this primary key.
    mutating func remove(_ key: BytewiseString) -> Row? {
        guard let row = rows.removeValue(forKey: key)?.row else { return nil }
        for (index, unique) in Row.schema.uniqueKeys.enumerated() {
            if let values = unique.values(row) { uniqueIndexes[index][values] = nil }
        }
        for (index, foreignKey) in Row.schema.foreignKeys.enumerated() {
            if let target = foreignKey.column.value(row) { removeReference(to: target, of: key, index) }
        }
        return row
    }

    private mutating func removeReference(to target: BytewiseString, of key: BytewiseString, _ index: Int) {
        referenceIndexes[index][target]?.remove(key)
        // An empty set would stay behind for every parent that ever had a child.
        if referenceIndexes[index][target]?.isEmpty == true { referenceIndexes[index][target] = nil }
    }
}
