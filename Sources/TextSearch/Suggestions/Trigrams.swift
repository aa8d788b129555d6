/// The trigrams of a text, as PostgreSQL's extension `pg_trgm` makes them.
///
/// Each word, in small letters, is taken with two blanks before it and one after it, and cut into all its runs of three characters. Words are runs of
/// ASCII letters and digits; other characters separate them here, while the extension asks the server's locale.
package struct Trigrams: Sendable, Hashable {
    private let trigrams: Set<[UInt8]>

    package init(_ text: String) {
        var found: Set<[UInt8]> = []
        for word in text.utf8.split(whereSeparator: { !Self.isPartOfWord($0) }) {
            let padded = [0x20, 0x20] + word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } + [0x20]
            for start in 0...(padded.count - 3) {
                found.insert(Array(padded[start..<start + 3]))
            }
        }
        trigrams = found
    }

    /// How many of the trigrams of both are common to both, from 0 to 1: `similarity` of the extension, bit for bit.
    package func similarity(to other: Trigrams) -> Float {
        guard !trigrams.isEmpty, !other.trigrams.isEmpty else { return 0 }
        let common = trigrams.intersection(other.trigrams).count
        return Float(common) / Float(trigrams.count + other.trigrams.count - common)
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
