import DeployStackModels
import TextSearch

/// How a suggestion is made: see ``McpServerCatalog/suggestion(for:viewer:)``.
enum SuggestionRule {
    /// How similar an indexed form must be to that of the typed word. Two letters that are swapped in a word of six leave a similarity of 0.27.
    static let leastSimilarity = 0.25
    /// The most indexed forms whose words are compared with the typed one.
    static let mostLexemes = 5
    /// The most entries in which the words of an indexed form are looked for.
    static let mostEntries = 20

    /// The text with the replacements made, or `nil` without any.
    static func suggestion(_ typed: MistypedWords, _ replacements: [SearchSuggestion.Replacement]) -> SearchSuggestion? {
        guard !replacements.isEmpty else { return nil }
        let words = Dictionary(replacements.map { ($0.word, $0.suggestion) }) { first, _ in first }
        return SearchSuggestion(text: typed.replacing(words), replacements: replacements)
    }
}

extension PostgresMcpServerCatalog {
    func suggestion(for text: String, viewer: CatalogViewer) async throws(DataError) -> SearchSuggestion? {
        let typed = MistypedWords(in: try SearchRule.checked(text))
        guard !typed.words.isEmpty, try await database.one(.canSuggest()) else { return nil }
        let lexemes = typed.words.map(\.lexeme.description)
        let rows = try await database.all(.suggestions(for: typed.words.map(\.text), lexemes, viewer: viewer))
        return SuggestionRule.suggestion(
            typed, rows.map { .init(word: typed.words[$0.number - 1].text, suggestion: $0.word, similarity: Float($0.similarity)) })
    }
}

extension PostgresMcpServerCatalog {
    func canSuggest() async throws(DataError) -> Bool { try await database.one(.canSuggest()) }
}

extension InMemoryMcpServerCatalog {
    func canSuggest() async throws(DataError) -> Bool { try await tables.read { _ in true } }

    func suggestion(for text: String, viewer: CatalogViewer) async throws(DataError) -> SearchSuggestion? {
        let typed = MistypedWords(in: try SearchRule.checked(text))
        guard !typed.words.isEmpty else { return nil }
        let selection = CatalogSelection(viewer: viewer)
        let replacements = try await tables.read { tables in
            let rows = tables.servers.all.filter { selection.contains($0.server) }
            let asked = typed.words.filter { word in !rows.contains { $0.searchVector.positions(of: word.lexeme) != nil } }
            return asked.isEmpty ? [] : KnownWords(rows).replacements(for: asked)
        }
        return SuggestionRule.suggestion(typed, replacements)
    }
}

/// What some entries are indexed as, and the words that became it.
private struct KnownWords {
    private struct Form {
        let lexeme: Lexeme
        let trigrams: Trigrams
        let entries: Int
    }

    /// A word or form that may have been meant.
    private struct Candidate<Value> {
        let similarity: Float
        let entries: Int
        /// What decides between equally similar ones of equally many entries.
        let bytes: [UInt8]
        let value: Value

        func precedes(_ other: Self) -> Bool {
            if similarity != other.similarity { return similarity > other.similarity }
            if entries != other.entries { return entries > other.entries }
            return bytes.lexicographicallyPrecedes(other.bytes)
        }
    }

    private let rows: [ServerRow]
    private let forms: [Form]

    init(_ rows: [ServerRow]) {
        self.rows = rows.sorted { $0.server.id.bytewise < $1.server.id.bytewise }
        var counts: [Lexeme: Int] = [:]
        for row in rows {
            for (lexeme, _) in row.searchVector.lexemes where PlainWords.isPlain(lexeme) { counts[lexeme, default: 0] += 1 }
        }
        forms = counts.map { Form(lexeme: $0.key, trigrams: Trigrams($0.key.description), entries: $0.value) }
    }

    func replacements(for asked: [MistypedWords.Word]) -> [SearchSuggestion.Replacement] {
        asked.compactMap { replacement(for: $0) }
    }

    private func replacement(for typed: MistypedWords.Word) -> SearchSuggestion.Replacement? {
        let trigrams = Trigrams(typed.text)
        var candidates: [Candidate<String>] = []
        for form in similar(to: typed.lexeme) {
            for word in words(of: form.lexeme) {
                let similarity = trigrams.similarity(to: Trigrams(word))
                candidates.append(Candidate(similarity: similarity, entries: form.entries, bytes: Array(word.utf8), value: word))
            }
        }
        guard let best = candidates.min(by: { $0.precedes($1) }) else { return nil }
        return SearchSuggestion.Replacement(word: typed.text, suggestion: best.value, similarity: best.similarity)
    }

    private func similar(to lexeme: Lexeme) -> [Form] {
        let trigrams = Trigrams(lexeme.description)
        var candidates: [Candidate<Form>] = []
        for form in forms {
            let similarity = trigrams.similarity(to: form.trigrams)
            guard Double(similarity) >= SuggestionRule.leastSimilarity else { continue }
            candidates.append(Candidate(similarity: similarity, entries: form.entries, bytes: form.lexeme.bytes, value: form))
        }
        let best = candidates.sorted { $0.precedes($1) }.prefix(SuggestionRule.mostLexemes)
        return best.map { $0.value }
    }

    /// The words that are indexed as a lexeme, in the first entries that have it.
    private func words(of lexeme: Lexeme) -> Set<String> {
        var words: Set<String> = []
        for row in rows.lazy.filter({ $0.searchVector.positions(of: lexeme) != nil }).prefix(SuggestionRule.mostEntries) {
            let text = SearchVectorRule.text(name: row.server.name, description: row.server.description)
            for word in PlainWords.words(of: Array(text.unicodeScalars)) where word.lexeme == lexeme { words.insert(word.text) }
        }
        return words
    }
}
