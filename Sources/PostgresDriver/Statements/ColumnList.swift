/// The columns that a row type is made of, in the order in which it reads them.
///
/// One list serves `INSERT`, `SELECT`, `RETURNING` and joins; interpolated into a statement it becomes the quoted names:
///
/// ```swift
/// package static let columns: ColumnList = ["id", "name"]
/// // \(Team.columns)        "id", "name"
/// // \(Team.columns["t"])   t."id", t."name"
/// ```
///
/// Keep lists in a `static let`. Lists with equal names are one list, and everything derived from a list is made once and kept, so that
/// interpolating one costs a few nanoseconds and never touches a character.
package struct ColumnList: Sendable, ExpressibleByArrayLiteral {
    private let storage: Storage

    private init(_ storage: Storage) {
        self.storage = storage
    }

    /// Makes the list of these column names, unquoted.
    package init(arrayLiteral names: StaticString...) {
        self = ColumnList.interned(names: names.map(\.description), form: .names)
    }

    /// The number of columns.
    package var count: Int { storage.names.count }

    /// The column names without quotes and alias.
    package var names: [String] { storage.names }

    /// The list with every name qualified by a table's alias, as in `t."id", t."name"`.
    package subscript(alias: StaticString) -> ColumnList {
        let place = unsafe alias.hasPointerRepresentation ? UInt(bitPattern: alias.utf8Start) : UInt(alias.unicodeScalar.value)
        let length = alias.hasPointerRepresentation ? alias.utf8CodeUnitCount : -1
        let known = storage.derived.withLock { derived in
            derived.aliased.first { $0.place == place && $0.length == length }?.list
        }
        if let known { return ColumnList(known) }
        let list = ColumnList.interned(names: storage.names, form: .aliased(alias.description))
        storage.derived.withLock { $0.aliased.append(Storage.Aliased(place: place, length: length, list: list.storage)) }
        return list
    }

    /// The assignments that an upsert takes from the row that could not be inserted: `"name" = excluded."name", …`.
    package var excludedAssignments: ColumnList {
        if let known = storage.derived.withLock({ $0.excluded }) { return ColumnList(known) }
        let list = ColumnList.interned(names: storage.names, form: .excludedAssignments)
        storage.derived.withLock { $0.excluded = list.storage }
        return list
    }

    /// The list without some of its columns, for example without the key in an upsert. Names that it does not have are ignored.
    ///
    /// This makes a new list: keep the result in a `static let`.
    package func dropping(_ names: StaticString...) -> ColumnList {
        let dropped = Set(names.map(\.description))
        return ColumnList.interned(names: storage.names.filter { !dropped.contains($0) }, form: .names)
    }

    /// The columns of two types that are read one after the other.
    ///
    /// This makes a new list: keep the result in a `static let`.
    package static func + (left: ColumnList, right: ColumnList) -> ColumnList {
        ColumnList.interned(names: left.names + right.names, form: .names)
    }

    /// The list's SQL.
    var sql: String { storage.sql }

    /// The list's number, unique in this process for as long as it runs.
    var id: UInt { storage.id }

    /// The SQL of a list by its number.
    static func sql(id: UInt) -> String {
        registry.withLock { $0.lists[Int(id)].sql }
    }
}

extension ColumnList {
    private enum Form: Hashable {
        case names
        case aliased(String)
        case excludedAssignments

        func sql(_ name: String) -> String {
            let quoted = "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            switch self {
            case .names: return quoted
            case .aliased(let alias): return alias + "." + quoted
            case .excludedAssignments: return quoted + " = excluded." + quoted
            }
        }
    }

    /// Lists are never freed: there are as many as the program's text has, and a number that is used again could give a statement
    /// another one's SQL.
    private final class Storage: Sendable {
        struct Aliased {
            var place: UInt
            var length: Int
            var list: Storage
        }

        struct Derived {
            var aliased: [Aliased] = []
            var excluded: Storage?
        }

        let id: UInt
        let names: [String]
        let sql: String
        let derived = Lock(Derived())

        init(id: UInt, names: [String], sql: String) {
            self.id = id
            self.names = names
            self.sql = sql
        }
    }

    private struct Content: Hashable {
        var names: [String]
        var form: Form
    }

    private struct Registry {
        var lists: [Storage] = []
        var byContent: [Content: Storage] = [:]
    }

    private static let registry = Lock(Registry())

    private static func interned(names: [String], form: Form) -> ColumnList {
        let content = Content(names: names, form: form)
        return registry.withLock { registry in
            if let known = registry.byContent[content] { return ColumnList(known) }
            let sql = names.map(form.sql).joined(separator: ", ")
            let storage = Storage(id: UInt(registry.lists.count), names: names, sql: sql)
            registry.lists.append(storage)
            registry.byContent[content] = storage
            return ColumnList(storage)
        }
    }
}
