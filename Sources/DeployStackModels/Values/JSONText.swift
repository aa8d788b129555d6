import Synchronization

/// The text of a value as the database wrote it, and the value once somebody has looked.
final class JSONText: Sendable {
    /// Well-formed JSON in the database's own way of writing it.
    let utf8: [UInt8]

    private let parsed = Mutex<JSONValue.Kind?>(nil)

    /// Takes a text after checking that it can be read later without an error.
    init(_ utf8: [UInt8]) throws(JSONParsingError) {
        var scanner = JSONScanner(utf8, limits: .stored, sink: JSONCheckingSink())
        _ = try scanner.scan()
        self.utf8 = utf8
    }

    /// The value. The first one to ask reads the text, everybody else gets the same result.
    var kind: JSONValue.Kind {
        parsed.withLock { parsed in
            if let parsed { return parsed }
            var scanner = JSONScanner(utf8, limits: .stored, sink: JSONTreeSink())
            guard let sink = try? scanner.scan() else {
                preconditionFailure("A JSON text that was found well formed cannot be read")
            }
            let kind = sink.finish()
            parsed = kind
            return kind
        }
    }
}
