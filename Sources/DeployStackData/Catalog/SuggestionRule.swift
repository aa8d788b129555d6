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

extension InMemoryMcpServerCatalog {
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
        asked.compactMap { word in
            let trigrams = Trigrams(word.text)
            let best = similar(to: word.lexeme)
                .flatMap { form in words(of: form.lexeme).map { (similarity: trigrams.similarity(to: Trigrams($0)), entries: form.entries, word: $0) }
                }
                .min { (-$0.similarity, -$0.entries, $0.word.bytewise) < (-$1.similarity, -$1.entries, $1.word.bytewise) }
            return best.map { .init(word: word.text, suggestion: $0.word, similarity: $0.similarity) }
        }
    }

    private func similar(to lexeme: Lexeme) -> [Form] {
        let trigrams = Trigrams(lexeme.description)
        let similar = forms.map { (similarity: trigrams.similarity(to: $0.trigrams), form: $0) }
            .filter { Double($0.similarity) >= SuggestionRule.leastSimilarity }
            .sorted { (-$0.similarity, -$0.form.entries, $0.form.lexeme) < (-$1.similarity, -$1.form.entries, $1.form.lexeme) }
        return similar.prefix(SuggestionRule.mostLexemes).map(\.form)
    }

    /// The words that are indexed as a lexeme, in the first entries that have it.
    private func words(of lexeme: Lexeme) -> Set<String> {
        let entries = rows.lazy.filter { $0.searchVector.positions(of: lexeme) != nil }.prefix(SuggestionRule.mostEntries)
        return Set(
            entries.flatMap { row in
                PlainWords.words(of: Array(SearchVectorRule.text(name: row.server.name, description: row.server.description).unicodeScalars))
                    .filter { $0.lexeme == lexeme }.map(\.text)
            })
    }
}
