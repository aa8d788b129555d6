import DeployStackData
import PostgresDriver
import TextSearch

/// A search in one of the forms in which it is sent to the server, and what we take it for.
struct SearchQuestion: Sendable {
    enum Form: String, CaseIterable { case web, prefix, raw }

    let form: Form
    /// What was typed.
    let typed: String
    /// What is sent: for the form `prefix` the three pieces, else one.
    let pieces: [String]
    let query: TextQuery

    /// Reads a search as the library does, or gives `nil` where the library refuses it.
    init?(_ form: Form, _ typed: String) {
        self.form = form
        self.typed = typed
        switch form {
        case .web:
            guard let search = try? SearchText.normalise(typed) else { return nil }
            (pieces, query) = ([search.text, "", ""], search.query)
        case .prefix:
            guard let search = try? SearchText.normalise(typed) else { return nil }
            let prefix = PrefixSearchText(search)
            (pieces, query) = ([prefix.before, prefix.beside, prefix.last], prefix.query)
        case .raw:
            guard let search = try? RawSearchText(typed) else { return nil }
            (pieces, query) = ([search.text, "", ""], search.query)
        }
    }
}

/// What one side says of one search of many texts.
struct SearchAnswer: Sendable, Equatable {
    /// The query as the server writes it.
    var query: String
    /// For each text whether it is found, as `t` or `f`.
    var found: String
    /// For each text its rank, as the eight hexadecimal digits of its bits.
    var ranks: String
    /// The texts that are found, by rank and then by number.
    var order: [Int]
    /// The words that are marked in the text that has the search's own number.
    var marked: String

    /// How many comparisons it takes to compare two of them.
    var comparisons: Int { 3 + 2 * found.utf8.count }
}

/// What one side says of one text.
struct TextAnswer: Sendable, Equatable {
    var tokens: String
    var vector: String
}

/// The statements that ask the server.
enum SearchQuestions {
    static func texts(_ texts: [String]) -> Statement<TextAnswer> {
        Statement(
            """
            SELECT
                coalesce((
                    SELECT string_agg(t.tokid || ':' || t.token, '|' ORDER BY t.n)
                    FROM ROWS FROM (ts_parse('default', i.text)) WITH ORDINALITY AS t(tokid, token, n)
                ), ''),
                to_tsvector('english', i.text)::text
            FROM unnest(\(texts)) WITH ORDINALITY AS i(text, n)
            ORDER BY i.n
            """
        ) { row in TextAnswer(tokens: try row.read(), vector: try row.read()) }
    }

    static func stems(_ words: [String]) -> Statement<String?> {
        Statement("SELECT (ts_lexize('english_stem', w))[1] FROM unnest(\(words)) WITH ORDINALITY AS i(w, n) ORDER BY n") { row in try row.read() }
    }

    /// Every search of every text. What is excluded takes no part in marking, so what is wanted is sent for that.
    static func searches(_ questions: [SearchQuestion], of texts: [String]) -> Statement<SearchAnswer> {
        let wanted = questions.map { question in
            TextQuery(question.query.wantedTerms.isEmpty ? nil : .or(question.query.wantedTerms.map { .term($0) })).description
        }
        return Statement(
            """
            WITH "texts" AS MATERIALIZED (
                    SELECT i."n", i."text", to_tsvector('english', i."text") AS "vector"
                    FROM unnest(\(texts)) WITH ORDINALITY AS i ("text", "n")),
                "queries" AS MATERIALIZED (
                    SELECT i."n", i."wanted"::tsquery AS "wanted",
                        CASE i."form"
                            WHEN 'web' THEN websearch_to_tsquery('english', i."first")
                            WHEN 'raw' THEN to_tsquery('english', i."first")
                            ELSE websearch_to_tsquery('english', i."first")
                                || (websearch_to_tsquery('english', i."second") && to_tsquery('english', i."third"))
                        END AS "query"
                    FROM unnest(
                        \(questions.map(\.form.rawValue)), \(questions.map { $0.pieces[0] }), \(questions.map { $0.pieces[1] }),
                        \(questions.map { $0.pieces[2] }), \(wanted)) WITH ORDINALITY AS i ("form", "first", "second", "third", "wanted", "n"))
            SELECT q."query"::text,
                string_agg(CASE WHEN t."vector" @@ q."query" THEN 't' ELSE 'f' END, '' ORDER BY t."n"),
                string_agg(encode(float4send(ts_rank(t."vector", q."query")), 'hex'), '' ORDER BY t."n"),
                coalesce(array_agg(t."n" ORDER BY ts_rank(t."vector", q."query") DESC, t."n") FILTER (WHERE t."vector" @@ q."query"), '{}'),
                coalesce((
                    SELECT ts_headline('english', m."text", q."wanted", 'HighlightAll=true, StartSel=' || chr(1) || ', StopSel=' || chr(2))
                    FROM "texts" AS m
                    WHERE m."n" = q."n"), '')
            FROM "queries" AS q
            CROSS JOIN "texts" AS t
            GROUP BY q."n", q."query", q."wanted"
            ORDER BY q."n"
            """
        ) { row in
            SearchAnswer(
                query: try row.read(), found: try row.read(), ranks: try row.read(), order: try row.read(), marked: Self.markedWords(try row.read()))
        }
    }

    /// What searches are read as.
    static func readings(_ questions: [SearchQuestion]) -> Statement<String> {
        Statement(
            """
            SELECT (CASE i."form"
                WHEN 'web' THEN websearch_to_tsquery('english', i."first")
                WHEN 'raw' THEN to_tsquery('english', i."first")
                ELSE websearch_to_tsquery('english', i."first")
                    || (websearch_to_tsquery('english', i."second") && to_tsquery('english', i."third"))
            END)::text
            FROM unnest(
                \(questions.map(\.form.rawValue)), \(questions.map { $0.pieces[0] }), \(questions.map { $0.pieces[1] }),
                \(questions.map { $0.pieces[2] })) WITH ORDINALITY AS i ("form", "first", "second", "third", "n")
            ORDER BY i."n"
            """
        ) { row in try row.read() }
    }

    /// The marked words of a headline.
    static func markedWords(_ headline: String) -> String {
        headline.split(separator: "\u{1}", omittingEmptySubsequences: false).dropFirst()
            .map { $0.prefix { $0 != "\u{2}" } }.joined(separator: "|")
    }

    /// Which of some texts `to_tsquery` refuses.
    static func refusals(_ texts: [String]) -> Statement<Bool> {
        Statement("SELECT pg_temp.is_refused(t) FROM unnest(\(texts)) WITH ORDINALITY AS i(t, n) ORDER BY n") { row in try row.read() }
    }

    /// Makes the function that ``refusals(_:)`` calls, for the session.
    static let refusalFunction = """
        CREATE FUNCTION pg_temp.is_refused(query text) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM to_tsquery('english', query);
            RETURN false;
        EXCEPTION WHEN OTHERS THEN
            RETURN true;
        END
        $$
        """
}

/// What we say ourselves.
enum OwnAnswers {
    static func text(_ text: String) throws -> TextAnswer {
        TextAnswer(
            tokens: TextParser.tokens(of: text).map { "\($0.kind.rawValue):\($0.text)" }.joined(separator: "|"),
            vector: try TextVector(english: text).description)
    }

    /// - Parameter marked: The text in which words are marked, or `nil` if there is none.
    static func search(_ question: SearchQuestion, of vectors: [TextVector], marked: String?) -> SearchAnswer {
        let query = question.query
        let found = vectors.map { query.matches($0) }
        let ranks = vectors.map { TextRank.rank($0, of: query) }
        let order = vectors.indices.filter { found[$0] }.sorted { ranks[$0] == ranks[$1] ? $0 < $1 : ranks[$0] > ranks[$1] }
        return SearchAnswer(
            query: query.description, found: found.map { $0 ? "t" : "f" }.joined(),
            ranks: ranks.map { rank in
                let bits = String(rank.bitPattern, radix: 16)
                return String(repeating: "0", count: 8 - bits.count) + bits
            }.joined(), order: order.map { $0 + 1 }, marked: marked.map { markedWords(query, in: $0) } ?? "")
    }

    /// The words that `ts_headline` marks: compounds and addresses are replaced by their parts there.
    private static func markedWords(_ query: TextQuery, in text: String) -> String {
        let characters = Array(text.unicodeScalars)
        return TextHighlighter(query).matches(in: characters)
            .filter { ![.url, .hyphenatedNumberWord, .hyphenatedASCIIWord, .hyphenatedWord].contains($0.kind) }
            .map { String(String.UnicodeScalarView(characters[$0.range])) }.joined(separator: "|")
    }
}
