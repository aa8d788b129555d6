import DeployStackModels
import PostgresDriver

/// A typed word and the word of the catalog that is most similar to it.
struct SuggestionRow: Sendable {
    var number: Int
    var word: String
    var similarity: Double
}

extension Statement<Bool> {
    /// Whether the extension that compares words is there.
    static func canSuggest() -> Self {
        Self("SELECT to_regprocedure('similarity(text, text)') IS NOT NULL AS \"can_suggest\"") { row throws(PostgresError) in try row.read() }
    }
}

extension Statement<SuggestionRow> {
    /// For each word that no visible entry has, the most similar word of the visible entries.
    ///
    /// Whether entries have a word is looked up in `idx_mcpServers_search`. If one is missing, what all visible entries are indexed as is compared, which
    /// needs no text to be parsed, and only the entries with the most similar lexemes are then read for the words that they have. The token types are
    /// those of plain words: words, words with digits, and both as parts of compounds.
    static func suggestions(for words: [String], _ lexemes: [String], viewer: CatalogViewer) -> Self {
        Self(
            """
            WITH "asked" AS MATERIALIZED (
                    SELECT a."word", a."lexeme", a."number"
                    FROM unnest(\(words), \(lexemes)) WITH ORDINALITY AS a ("word", "lexeme", "number")
                    WHERE NOT EXISTS (
                        SELECT FROM "mcpServerTemplates"
                        WHERE "search_vector" @@ to_tsquery('simple', a."lexeme") AND \(CatalogConditions.visible(to: viewer)))),
                "known" AS MATERIALIZED (
                    SELECT l."lexeme", count(*) AS "entries"
                    FROM "mcpServerTemplates"
                    CROSS JOIN LATERAL unnest(tsvector_to_array("search_vector")) AS l ("lexeme")
                    WHERE EXISTS (SELECT FROM "asked") AND \(CatalogConditions.visible(to: viewer))
                    GROUP BY l."lexeme"),
                "similar" AS MATERIALIZED (
                    SELECT a."number", a."word", s."lexeme", s."entries"
                    FROM "asked" AS a
                    CROSS JOIN LATERAL (
                        SELECT k."lexeme", k."entries"
                        FROM "known" AS k
                        WHERE similarity(k."lexeme", a."lexeme")::double precision >= \(SuggestionRule.leastSimilarity)
                            AND k."lexeme" COLLATE "C" ~ '^[a-z][a-z0-9]{2,39}$'
                        ORDER BY similarity(k."lexeme", a."lexeme") DESC, k."entries" DESC, k."lexeme" COLLATE "C"
                        LIMIT \(SuggestionRule.mostLexemes)) AS s)
            SELECT DISTINCT ON (s."number") s."number", w."word", similarity(w."word", s."word")::double precision AS "similarity"
            FROM "similar" AS s
            CROSS JOIN LATERAL (
                SELECT "name", "description"
                FROM "mcpServerTemplates"
                WHERE "search_vector" @@ to_tsquery('simple', s."lexeme") AND \(CatalogConditions.visible(to: viewer))
                ORDER BY "id" COLLATE "C"
                LIMIT \(SuggestionRule.mostEntries)) AS e
            CROSS JOIN LATERAL ts_parse('default', e."name" || ' ' || coalesce(e."description", '')) AS t ("kind", "token")
            CROSS JOIN LATERAL (SELECT lower(t."token" COLLATE "C") AS "word") AS w
            WHERE t."kind" IN (1, 3, 9, 11) AND w."word" ~ '^[a-z][a-z0-9]{2,39}$'
                AND CASE WHEN t."kind" IN (1, 11) THEN ts_lexize('english_stem', w."word") = ARRAY[s."lexeme"] ELSE w."word" = s."lexeme" END
            ORDER BY s."number", "similarity" DESC, s."entries" DESC, w."word" COLLATE "C"
            """
        ) { row throws(PostgresError) in
            SuggestionRow(number: try row.read(), word: try row.read(), similarity: try row.read())
        }
    }
}
