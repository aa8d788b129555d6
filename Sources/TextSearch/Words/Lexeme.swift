/// A word in the form in which it is indexed, compared and ordered by its UTF-8 bytes.
///
/// `String` would take composed and decomposed accents for the same word, which the server does not.
package struct Lexeme: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The UTF-8 bytes.
    package let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    init(_ characters: some Sequence<Unicode.Scalar>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.underestimatedCount)
        for character in characters {
            if character.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: character.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(character).map { Array($0) } ?? [])
            }
        }
        self.bytes = bytes
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The word as text.
    package var description: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The word as `tsvector` and `tsquery` values are written: in single quotes, with quotes and backslashes doubled.
    var quoted: String {
        var text = "'"
        for character in description.unicodeScalars {
            if character == "'" || character == "\\" {
                text.unicodeScalars.append(character)
            }
            text.unicodeScalars.append(character)
        }
        return text + "'"
    }
}
