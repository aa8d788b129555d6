/// What tells one statement's shape from another: the places of its literal texts, its column lists and its parameters' types, in order.
///
/// The key never looks at a character of SQL. Literal texts are compile-time constants, and constant data never moves, changes or goes away, so
/// the same address with the same length is the same text. The same text may be stored twice in a program; that gives two keys, and the
/// registry gives both the same shape.
struct StatementKey: Hashable {
    /// Two words a part: what it is, then its kind in the lowest two bits (with the length above it for a text).
    private var words: [UInt] = []
    private var digest: UInt = 0

    private enum Kind {
        static let text: UInt = 0
        static let scalar: UInt = 1
        static let parameter: UInt = 2
        static let columns: UInt = 3
    }

    init(reservingParts parts: Int) {
        words.reserveCapacity(parts * 2)
    }

    mutating func append(_ literal: StaticString) {
        if literal.hasPointerRepresentation {
            unsafe append(UInt(bitPattern: literal.utf8Start), UInt(literal.utf8CodeUnitCount) << 2 | Kind.text)
        } else {
            // A text of a single scalar may be kept in the value itself and then has no address: its content is the key.
            append(UInt(literal.unicodeScalar.value), Kind.scalar)
        }
    }

    mutating func append(_ type: PostgresType) {
        append(type.key, Kind.parameter)
    }

    mutating func append(_ columns: ColumnList) {
        append(columns.id, Kind.columns)
    }

    /// Adds the parts of another key, as if they had been appended one by one.
    mutating func append(contentsOf other: StatementKey) {
        for position in stride(from: 0, to: other.words.count, by: 2) {
            append(other.words[position], other.words[position + 1])
        }
    }

    private mutating func append(_ word: UInt, _ kind: UInt) {
        words.append(word)
        words.append(kind)
        // Addresses differ mostly in their low bits; the product carries those upwards and the shift brings them back down.
        digest = (digest ^ word ^ (kind << 48)) &* 0x9E37_79B9_7F4A_7C15
        digest ^= digest >> 29
    }

    static func == (left: StatementKey, right: StatementKey) -> Bool {
        left.digest == right.digest && left.words == right.words
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }

    enum Part {
        case text(String)
        case parameter(PostgresType)
        case columns(UInt)
    }

    /// The parts in order, for building the SQL of a shape that was not seen before.
    var parts: [Part] {
        stride(from: 0, to: words.count, by: 2).map { position in
            let (word, kind) = (words[position], words[position + 1])
            switch kind & 3 {
            case Kind.text:
                // Sound because the word was taken from a StaticString: it is the address of constant data of that length.
                let bytes = unsafe UnsafeBufferPointer(start: UnsafePointer<UInt8>(bitPattern: word), count: Int(kind >> 2))
                return .text(unsafe String(decoding: bytes, as: UTF8.self))
            case Kind.scalar:
                return .text(Unicode.Scalar(UInt32(word)).map { String(Character($0)) } ?? "")
            case Kind.parameter:
                return .parameter(PostgresType(key: word))
            default:
                return .columns(word)
            }
        }
    }
}
