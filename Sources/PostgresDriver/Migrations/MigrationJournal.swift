#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The list of a schema's migrations, `meta/_journal.json` beside the files.
///
/// The order is that of `idx` alone. The times in the journal say when a file was written; they may repeat or go backwards.
package struct MigrationJournal: Sendable, Hashable, Codable {
    /// One file in the list.
    package struct Entry: Sendable, Hashable, Codable {
        /// The place in the order, counted from 0.
        package var idx: Int
        /// When the file was written, in milliseconds since 1970.
        package var when: Int64
        /// The file's name without its extension.
        package var tag: String
        /// Whether the file's author marked the ends of statements.
        package var breakpoints: Bool
    }

    /// The version of the journal's format.
    package var version: String

    /// The kind of database that the files are for.
    package var dialect: String

    /// The files, in any order.
    package var entries: [Entry]

    /// Reads a journal and checks it.
    ///
    /// - Parameter json: The file's bytes.
    /// - Returns: The journal with its entries in order of `idx`.
    /// - Throws: ``PostgresError`` of kind `migration` that says what is wrong and what to do.
    package static func read(_ json: [UInt8]) throws(PostgresError) -> MigrationJournal {
        var journal: MigrationJournal
        do {
            journal = try JSONDecoder().decode(MigrationJournal.self, from: Data(json))
        } catch let DecodingError.keyNotFound(key, context) {
            let place = (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
            throw refusal("\"\(place)\" is missing; add it")
        } catch let DecodingError.typeMismatch(_, context) {
            throw refusal("\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" has the wrong type; correct it")
        } catch {
            throw refusal("it is not valid JSON; correct it or take it from version control again")
        }
        guard journal.dialect == "postgresql" else {
            throw refusal("its dialect is not \"postgresql\"; these migrations are for another database")
        }
        journal.entries.sort { $0.idx < $1.idx }
        try journal.check()
        return journal
    }

    private func check() throws(PostgresError) {
        var tags: Set<String> = []
        for (position, entry) in entries.enumerated() {
            if position > 0 && entries[position - 1].idx == entry.idx {
                throw Self.refusal(
                    "\(entries[position - 1].tag) and \(entry.tag) both have idx \(entry.idx); give the later one the next free number")
            }
            guard entry.idx == position else {
                throw Self.refusal("there is no entry with idx \(position); the numbers must run from 0 without gaps")
            }
            guard Self.isFileName(entry.tag) else {
                throw Self.refusal("the tag of entry \(entry.idx) is not a file name made of letters, digits, \"_\", \"-\" and \".\"; rename it")
            }
            guard tags.insert(entry.tag).inserted else {
                throw Self.refusal("the tag \(entry.tag) occurs twice; every file is listed once")
            }
        }
    }

    /// Tags become parts of paths and of messages, so they are held to plain characters.
    private static func isFileName(_ tag: String) -> Bool {
        let isPlain = tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
        return isPlain && !tag.isEmpty && tag.utf8.count <= 200 && tag.first != "."
    }

    private static func refusal(_ reason: String) -> PostgresError {
        .migration("the migration journal cannot be used: \(reason)", outcome: .notSent)
    }
}
