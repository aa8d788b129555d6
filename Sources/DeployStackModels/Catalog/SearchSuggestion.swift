/// What somebody may have meant to search for.
public struct SearchSuggestion: Sendable, Hashable, Codable {
    /// A word that no entry has, and the one that is put in its place.
    public struct Replacement: Sendable, Hashable, Codable {
        /// The word that was typed, in small letters.
        public var word: String
        /// The word of the catalog that is most similar to it.
        public var suggestion: String
        /// How similar the two are, from 0 to 1: `similarity` of PostgreSQL's extension `pg_trgm`.
        public var similarity: Float

        /// Creates a replacement.
        public init(word: String, suggestion: String, similarity: Float) {
            self.word = word
            self.suggestion = suggestion
            self.similarity = similarity
        }
    }

    /// The search text with the replacements made; operators, quotes and other words stay.
    public var text: String
    /// The replacements, in the order in which the words were typed.
    public var replacements: [Replacement]

    /// Creates a suggestion.
    public init(text: String, replacements: [Replacement]) {
        self.text = text
        self.replacements = replacements
    }
}
