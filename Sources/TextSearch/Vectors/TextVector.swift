/// The index entry of a text: its lexemes in byte order, each with the positions at which it occurs. What PostgreSQL calls a `tsvector`.
///
/// The value is made once, when a row is stored, and is then looked up by many searches. It keeps all lexemes in one array of bytes.
package struct TextVector: Sendable, Hashable {
    /// The most bytes that lexemes and positions may take together.
    package static let largestSize = 1_048_575
    /// The most positions that are kept of one lexeme, the first ones.
    package static let mostPositions = 255
    /// The most bytes of a lexeme.
    static let longestLexeme = 2047

    private struct Entry: Sendable, Hashable {
        var bytesEnd: UInt32
        var positionsEnd: UInt32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    private var positions: [TextPosition] = []

    /// The entry of an English text, equal to `to_tsvector('english', text)`.
    ///
    /// - Throws: ``TextVectorError`` if the server could not index the text.
    package init(english text: String) throws(TextVectorError) {
        var found: [Lexeme: [TextPosition]] = [:]
        var longest = 0
        TextParser.forEachEnglishWord(of: Array(text.unicodeScalars)) { lexeme, index in
            longest = max(longest, lexeme.bytes.count)
            Self.note(TextPosition(index), in: &found[lexeme, default: []])
        }
        guard longest <= Self.longestLexeme else {
            throw .wordTooLong(bytes: longest)
        }
        let size = found.reduce(0) { size, entry in size + (entry.key.bytes.count + 1) / 2 * 2 + 2 + 2 * entry.value.count }
        guard size <= Self.largestSize else {
            throw .tooLarge(bytes: size)
        }
        for (lexeme, positions) in found.sorted(by: { $0.key < $1.key }) {
            append(lexeme, positions)
        }
    }

    /// An entry of given lexemes, each with its positions in ascending order.
    package init(_ lexemes: [Lexeme: [TextPosition]]) {
        for (lexeme, positions) in lexemes.sorted(by: { $0.key < $1.key }) {
            append(lexeme, positions)
        }
    }

    /// Adds a position to those of a lexeme, unless the server would drop it.
    private static func note(_ position: TextPosition, in positions: inout [TextPosition]) {
        if let last = positions.last, last == position || last.index == TextPosition.last || positions.count == mostPositions {
            return
        }
        positions.append(position)
    }

    private mutating func append(_ lexeme: Lexeme, _ newPositions: [TextPosition]) {
        bytes.append(contentsOf: lexeme.bytes)
        positions.append(contentsOf: newPositions)
        entries.append(Entry(bytesEnd: UInt32(bytes.count), positionsEnd: UInt32(positions.count)))
    }

    /// Whether no word of the text is indexed.
    package var isEmpty: Bool {
        entries.isEmpty
    }

    /// The number of different lexemes.
    package var count: Int {
        entries.count
    }

    /// The lexemes in byte order, with their positions.
    package var lexemes: [(lexeme: Lexeme, positions: [TextPosition])] {
        entries.indices.map { index in
            let text = String(decoding: bytes[byteRange(index)], as: UTF8.self)
            return (Lexeme(text), Array(positions(at: index)))
        }
    }

    /// The positions of a lexeme in ascending order, or `nil` if the text does not contain it.
    package func positions(of lexeme: Lexeme) -> ArraySlice<TextPosition>? {
        let index = firstIndex(notBefore: lexeme)
        guard index < entries.count, bytes[byteRange(index)].elementsEqual(lexeme.bytes) else {
            return nil
        }
        return positions(at: index)
    }

    /// The positions of each lexeme that a term stands for, in the order of the lexemes.
    func positions(of term: TextQuery.Term) -> [ArraySlice<TextPosition>] {
        guard term.isPrefix else {
            return positions(of: term.lexeme).map { [$0] } ?? []
        }
        return entries.indices[firstIndex(notBefore: term.lexeme)...]
            .prefix { bytes[byteRange($0)].starts(with: term.lexeme.bytes) }
            .map { positions(at: $0) }
    }

    /// The first lexeme that does not come before another one.
    private func firstIndex(notBefore lexeme: Lexeme) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if bytes[byteRange(middle)].lexicographicallyPrecedes(lexeme.bytes) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private func byteRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(entries[index - 1].bytesEnd))..<Int(entries[index].bytesEnd)
    }

    private func positions(at index: Int) -> ArraySlice<TextPosition> {
        positions[(index == 0 ? 0 : Int(entries[index - 1].positionsEnd))..<Int(entries[index].positionsEnd)]
    }
}
