/// The words and tags that the generated servers are made of, and that searches are drawn from.
enum Vocabulary {
    /// The words of names and descriptions.
    static let words = [
        "query", "search", "issue", "document", "calendar", "database", "browser", "message", "file", "metric", "ticket", "repository",
        "weather", "payment", "invoice", "customer", "pipeline", "deployment", "container", "vector", "image", "video", "translation",
        "memory", "graph", "notebook", "schema", "log", "alert", "secret", "queue", "map", "contact", "email", "spreadsheet", "form",
        "workflow", "review", "release", "cluster",
    ]

    /// The tags, of which a server has three to six.
    static let tags = [
        "ai", "analytics", "api", "automation", "aws", "azure", "backup", "billing", "browser", "calendar", "chat", "ci", "cloud", "cms",
        "code", "containers", "crm", "data", "database", "design", "devops", "docs", "ecommerce", "education", "email", "files", "finance",
        "gaming", "git", "graph", "health", "http", "images", "iot", "kubernetes", "legal", "llm", "logging", "maps", "marketing", "memory",
        "messaging", "metrics", "monitoring", "music", "news", "notes", "payments", "productivity", "search", "security", "social", "sql",
        "storage", "testing", "time", "translation", "vector", "video", "weather",
    ]

    /// What somebody types into the search: two different words.
    static func search(_ key: UInt64) -> String {
        let count = UInt64(words.count)
        let first = key % count
        let second = (first + 1 + key / count % (count - 1)) % count
        return "\(words[Int(first)]) \(words[Int(second)])"
    }

    static func tag(_ key: UInt64) -> String { tags[Int(key % UInt64(tags.count))] }

    /// A list of texts as an array in SQL.
    static func sqlArray(_ texts: [String]) -> String { "ARRAY['\(texts.joined(separator: "', '"))']" }
}
