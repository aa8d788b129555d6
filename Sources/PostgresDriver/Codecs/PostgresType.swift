/// A PostgreSQL data type, as a parameter is declared with it and as a result column is compared with it.
///
/// The value is eight bytes without references, so that naming a type costs nothing on the way to the server. Types that a schema defines are
/// registered once by ``enumeration(_:cast:)``; keep those in a `static let`.
package struct PostgresType: Sendable, Hashable {
    /// The object identifier that a parameter is declared with, or 0 to let the server infer the type from a cast.
    package let oid: UInt32

    /// The place in the list of types that the schema defines, counted from 1; 0 for a built-in type.
    private let registration: UInt32

    private init(oid: UInt32, registration: UInt32) {
        self.oid = oid
        self.registration = registration
    }

    /// Names a built-in type by its fixed object identifier.
    package init(builtIn oid: UInt32) {
        self.init(oid: oid, registration: 0)
    }

    /// A native enum of the schema. Labels travel as text; the cast tells the server which enum is meant.
    ///
    /// - Parameters:
    ///   - name: The name in `pg_type`, for example `teamRole`.
    ///   - cast: The same name as SQL writes it, for example `"teamRole"` with its double quotes.
    package static func enumeration(_ name: StaticString, cast: StaticString) -> PostgresType {
        register(oid: 0, name: name, cast: cast)
    }

    /// An array of a native enum of the schema.
    ///
    /// A binary array carries its elements' identifier, which the client does not know for a type of the schema, so the array travels as
    /// `text[]` and is cast on the server.
    ///
    /// - Parameters:
    ///   - name: The array's name in `pg_type`, for example `_teamRole`.
    ///   - cast: The type as SQL writes it, for example `"teamRole"[]`.
    package static func enumerationArray(_ name: StaticString, cast: StaticString) -> PostgresType {
        register(oid: PostgresType.textArray.oid, name: name, cast: cast)
    }

    /// The name in the server's catalogue `pg_type`, such as `text`, `timestamptz`, `_text` for an array, or `teamRole` for an enum.
    package var name: String {
        if let entry { return entry.name }
        return PostgresType.builtInNames[oid] ?? "type with OID \(oid)"
    }

    /// What is written behind a placeholder, without the two colons: `"teamRole"` gives `$1::"teamRole"`. `nil` where no cast is needed.
    package var cast: String? { entry?.cast }

    /// The type as one word of a statement's key.
    var key: UInt { UInt(oid) << 32 | UInt(registration) }

    /// The type that ``key`` was taken from.
    init(key: UInt) {
        self.init(oid: UInt32(key >> 32), registration: UInt32(truncatingIfNeeded: key))
    }

    private struct Entry: Hashable {
        var oid: UInt32
        var name: String
        var cast: String
    }

    private struct Registry {
        var entries: [Entry] = []
        var positions: [Entry: UInt32] = [:]
    }

    private static let registry = Lock(Registry())

    private var entry: Entry? {
        registration == 0 ? nil : PostgresType.registry.withLock { $0.entries[Int(registration) - 1] }
    }

    private static func register(oid: UInt32, name: StaticString, cast: StaticString) -> PostgresType {
        let entry = Entry(oid: oid, name: name.description, cast: cast.description)
        let registration = registry.withLock { registry in
            if let known = registry.positions[entry] { return known }
            registry.entries.append(entry)
            let position = UInt32(registry.entries.count)
            registry.positions[entry] = position
            return position
        }
        return PostgresType(oid: oid, registration: registration)
    }
}

extension PostgresType: CustomStringConvertible {
    package var description: String { name }
}

// The identifiers of built-in types are part of PostgreSQL's interface and never change.
extension PostgresType {
    package static let bool = PostgresType(builtIn: 16)
    package static let name = PostgresType(builtIn: 19)
    package static let int8 = PostgresType(builtIn: 20)
    package static let int2 = PostgresType(builtIn: 21)
    package static let int4 = PostgresType(builtIn: 23)
    package static let text = PostgresType(builtIn: 25)
    package static let json = PostgresType(builtIn: 114)
    package static let float4 = PostgresType(builtIn: 700)
    package static let float8 = PostgresType(builtIn: 701)
    package static let bpchar = PostgresType(builtIn: 1042)
    package static let varchar = PostgresType(builtIn: 1043)
    package static let timestamptz = PostgresType(builtIn: 1184)
    package static let jsonb = PostgresType(builtIn: 3802)
    package static let boolArray = PostgresType(builtIn: 1000)
    package static let nameArray = PostgresType(builtIn: 1003)
    package static let int2Array = PostgresType(builtIn: 1005)
    package static let int4Array = PostgresType(builtIn: 1007)
    package static let textArray = PostgresType(builtIn: 1009)
    package static let varcharArray = PostgresType(builtIn: 1015)
    package static let int8Array = PostgresType(builtIn: 1016)
    package static let float8Array = PostgresType(builtIn: 1022)
    package static let timestamptzArray = PostgresType(builtIn: 1185)
    package static let jsonbArray = PostgresType(builtIn: 3807)

    /// The first identifier that a server gives to objects that users create. Everything below is built in.
    static let firstUserDefinedOID: UInt32 = 16_384

    private static let builtInNames: [UInt32: String] = [
        16: "bool", 17: "bytea", 18: "char", 19: "name", 20: "int8", 21: "int2", 23: "int4", 25: "text", 26: "oid", 114: "json", 700: "float4",
        701: "float8", 705: "unknown", 1000: "_bool", 1003: "_name", 1005: "_int2", 1007: "_int4", 1009: "_text", 1015: "_varchar",
        1016: "_int8", 1022: "_float8", 1042: "bpchar", 1043: "varchar", 1082: "date", 1114: "timestamp", 1184: "timestamptz",
        1185: "_timestamptz", 1186: "interval", 1700: "numeric", 2278: "void", 2950: "uuid", 3614: "tsvector", 3615: "tsquery",
        3802: "jsonb", 3807: "_jsonb",
    ]
}
