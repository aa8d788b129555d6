/// Suffixes of one step of a stemmer, each with what to do about it.
///
/// The suffixes are grouped by their last letter, longest first: most words share the last letter of few suffixes.
struct SuffixTable<Action: Sendable>: Sendable {
    struct Suffix: Sendable {
        let letters: [Unicode.Scalar]
        let action: Action
    }

    private let byLastLetter: [Unicode.Scalar: [Suffix]]

    init(_ suffixes: [(String, Action)]) {
        let all = suffixes.map { Suffix(letters: Array($0.0.unicodeScalars), action: $0.1) }
        byLastLetter = Dictionary(grouping: all.sorted { $0.letters.count > $1.letters.count }) { $0.letters[$0.letters.count - 1] }
    }

    /// The longest suffix that the word ends in.
    func longest(endingOf word: [Unicode.Scalar]) -> Suffix? {
        guard let last = word.last, let candidates = byLastLetter[last] else {
            return nil
        }
        for suffix in candidates where Self.ends(word, in: suffix.letters) {
            return suffix
        }
        return nil
    }

    private static func ends(_ word: [Unicode.Scalar], in letters: [Unicode.Scalar]) -> Bool {
        let start = word.count - letters.count
        guard start >= 0 else {
            return false
        }
        var index = letters.count - 1
        while index >= 0 {
            if word[start + index] != letters[index] {
                return false
            }
            index -= 1
        }
        return true
    }
}
