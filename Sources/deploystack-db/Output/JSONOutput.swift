import Foundation

/// The one JSON document that a command prints with `--json`.
enum JSONOutput {
    /// The document: keys sorted, two spaces of indentation, times in ISO 8601.
    static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    /// Prints the document to standard output.
    static func print(_ document: some Encodable) throws {
        Terminal.output(try text(document))
    }
}
