/// What somebody searches for, and how the text is to be read.
///
/// ```swift
/// try await store.catalog.search(.web("\"vector search\" -legacy"), viewer: viewer)
/// try await store.catalog.search(.prefix("browser autom"), viewer: viewer)
/// try await store.catalog.search(.raw("database & !(mysql | oracle)"), viewer: viewer)
/// ```
public struct SearchQuery: Sendable, Hashable {
    /// How a search text is read.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// As people type into a search box: words are all wanted, `"quoted words"` stand next to each other, `or` allows either side, a leading `-`
        /// excludes. Nothing is an error.
        case web
        /// As ``web``, while the last word is still being typed: it stands for every word that begins with it. A blank after it ends it. Nothing is an
        /// error.
        case prefix
        /// As PostgreSQL's `to_tsquery` reads it: `&`, `|`, `!`, `<->`, `<2>`, parentheses, `word:*` for a prefix. A malformed query is an error.
        case raw
    }

    /// The text.
    public var text: String
    /// How the text is read.
    public var mode: Mode
    /// Whether an entry is also found when one of its tags is a word of the text that is not excluded: as typed, in small letters, or, for quoted words,
    /// with hyphens between them.
    public var includesTags: Bool

    /// Creates a query.
    public init(_ text: String, mode: Mode = .web, includesTags: Bool = false) {
        self.text = text
        self.mode = mode
        self.includesTags = includesTags
    }

    /// What people type into a search box.
    public static func web(_ text: String, includesTags: Bool = false) -> Self { Self(text, mode: .web, includesTags: includesTags) }

    /// What people have typed so far.
    public static func prefix(_ text: String, includesTags: Bool = false) -> Self { Self(text, mode: .prefix, includesTags: includesTags) }

    /// A query in the language of `to_tsquery`.
    public static func raw(_ text: String, includesTags: Bool = false) -> Self { Self(text, mode: .raw, includesTags: includesTags) }
}
