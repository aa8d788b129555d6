/// A Swift type that can be a parameter of a statement and a column of its answer. Everything travels in PostgreSQL's binary format.
package protocol PostgresValue: Sendable {
    /// The type that parameters are declared with. A `static let`, or a computed property that returns one.
    static var postgresType: PostgresType { get }

    /// Whether the type has a value for NULL. True for `Optional` alone.
    static var isNullable: Bool { get }

    /// Writes the value in the binary format of ``postgresType``.
    ///
    /// - Throws: ``PostgresError`` of kind `invalidParameter` for a value that PostgreSQL cannot hold.
    func encode(into writer: inout ParameterWriter) throws(PostgresError)

    /// Reads a value from a cell of a result.
    ///
    /// - Throws: ``PostgresError`` of kind `decoding` for NULL, a cell of another type, or malformed bytes. It names the column and the types,
    ///   never the value.
    static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Self

    /// A harmless value, handed to a statement's decoder when it is only asked what it reads.
    static var probe: Self { get throws(PostgresError) }

    /// Whether a column of a type fits what ``decode(from:)`` accepts, judged by the type alone.
    static func accepts(_ type: ColumnType) -> Bool
}

extension PostgresValue {
    package static var isNullable: Bool { false }
}

/// A column's type as the server describes it.
package struct ColumnType: Sendable, Hashable {
    /// The object identifier of the type.
    package let oid: UInt32

    /// The name in `pg_type`, if it was looked up.
    package let name: String?

    /// Describes a type by its identifier and, for types of the schema, its name.
    package init(oid: UInt32, name: String? = nil) {
        self.oid = oid
        self.name = name
    }
}

/// A type that can be an element of a PostgreSQL array.
package protocol PostgresArrayElement: PostgresValue {
    /// The type of an array of these.
    static var arrayType: PostgresType { get }
}

/// A type of the domain that PostgreSQL stores as one of the driver's own types: an identifier as text, an enum as its label, a moment as
/// `timestamptz`.
///
/// ```swift
/// extension TeamID: PostgresRepresentable {
///     package var postgresRepresentation: String { rawValue }
///     package init(postgresRepresentation: String) { self.init(rawValue: postgresRepresentation) }
/// }
/// ```
///
/// An enum that is a native enum in the database also states its type: `static let postgresType = PostgresType.enumeration("teamRole", cast:
/// "\"teamRole\"")`.
package protocol PostgresRepresentable: PostgresValue {
    /// The driver's type that stands for this one.
    associatedtype Representation: PostgresValue

    /// Makes a value of what the database holds. An error thrown here reaches the caller as a decoding error that names column and type.
    init(postgresRepresentation: Representation) throws(PostgresError)

    /// What the database shall hold.
    var postgresRepresentation: Representation { get }

    /// The representation that ``PostgresValue/probe`` is made of; override it if ``init(postgresRepresentation:)`` refuses the default.
    static var probeRepresentation: Representation { get throws(PostgresError) }
}

extension PostgresRepresentable {
    package static var postgresType: PostgresType { Representation.postgresType }

    package static var probeRepresentation: Representation {
        get throws(PostgresError) { try Representation.probe }
    }

    package static var probe: Self {
        get throws(PostgresError) { try Self(postgresRepresentation: probeRepresentation) }
    }

    package func encode(into writer: inout ParameterWriter) throws(PostgresError) {
        try postgresRepresentation.encode(into: &writer)
    }

    package static func decode(from cell: borrowing PostgresCell) throws(PostgresError) -> Self {
        let representation = try Representation.decode(from: cell)
        do {
            return try Self(postgresRepresentation: representation)
        } catch {
            throw .invalidValue(Self.self, column: cell.columnName)
        }
    }

    package static func accepts(_ type: ColumnType) -> Bool {
        // A native enum is recognised by its name; its identifier differs from database to database.
        if postgresType.oid == 0, let name = type.name { return name == postgresType.name }
        return Representation.accepts(type)
    }
}

extension PostgresArrayElement where Self: PostgresRepresentable, Representation: PostgresArrayElement {
    package static var arrayType: PostgresType { Representation.arrayType }
}
