/// The words that an English search passes over: the 127 of PostgreSQL's `english.stop`.
package enum EnglishStopWords {
    /// All of them, in the order of the server's file.
    package static let all: [String] = [
        "i", "me", "my", "myself", "we", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "yourselves",
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
        "theirs", "themselves", "what", "which", "who", "whom", "this", "that", "these", "those", "am", "is", "are",
        "was", "were", "be", "been", "being", "have", "has", "had", "having", "do", "does", "did", "doing", "a", "an",
        "the", "and", "but", "if", "or", "because", "as", "until", "while", "of", "at", "by", "for", "with", "about",
        "against", "between", "into", "through", "during", "before", "after", "above", "below", "to", "from", "up",
        "down", "in", "out", "on", "off", "over", "under", "again", "further", "then", "once", "here", "there", "when",
        "where", "why", "how", "all", "any", "both", "each", "few", "more", "most", "other", "some", "such", "no",
        "nor", "not", "only", "own", "same", "so", "than", "too", "very", "s", "t", "can", "will", "just", "don",
        "should", "now",
    ]

    private static let set = Set(all.map { Array($0.unicodeScalars) })
    private static let longest = all.map(\.utf8.count).max() ?? 0

    /// Whether a word, already in small letters, is a stop word.
    static func contains(_ word: [Unicode.Scalar]) -> Bool {
        word.count <= longest && set.contains(word)
    }
}
