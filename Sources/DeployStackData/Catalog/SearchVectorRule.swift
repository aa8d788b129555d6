import DeployStackModels
import TextSearch

/// What of an entry is searched, and which texts cannot be.
enum SearchVectorRule {
    /// What the database generates its search column from.
    static func text(name: String, description: String?) -> String { name + " " + (description ?? "") }

    /// What is searched of an entry.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `description` when the text cannot be indexed.
    static func vector(name: String, description: String?) throws(DataError) -> TextVector {
        do {
            return try TextVector(english: text(name: name, description: description))
        } catch {
            throw .validation("description", "it must not have a word of more than 2 046 bytes in small letters")
        }
    }

    /// Throws when an entry's text cannot be indexed, without indexing one that certainly can.
    ///
    /// Only two letters take more bytes when they become small. Without them, a word that is too long is simply not indexed, and the limits of name
    /// and description keep the whole far below the largest index entry.
    static func validate(name: String, description: String?) throws(DataError) {
        let text = text(name: name, description: description)
        guard text.unicodeScalars.contains(where: { $0 == "Ⱥ" || $0 == "Ⱦ" }) else { return }
        _ = try vector(name: name, description: description)
    }
}
