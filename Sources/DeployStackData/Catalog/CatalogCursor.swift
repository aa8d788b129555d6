import Crypto
import DeployStackModels

/// What is in a ``ListCursor`` of the catalog: a place, which way to read from there, and which list it belongs to.
///
/// As a text it is base64url of a signature (HMAC-SHA-256 with the store's key, RFC 2104, the first 16 bytes) and a JSON array of texts: a version, the
/// direction, a digest of order, filter and search text, and the place.
struct CatalogCursor: Sendable, Hashable {
    enum Direction: String, Sendable {
        /// The items behind the place.
        case forwards = "f"
        /// The items before the place.
        case backwards = "b"
    }

    let direction: Direction
    let place: CatalogPlace

    private static let version = "1"
    private static let signatureBytes = 16
    /// The most bytes of a cursor's text; a name and an identifier take less.
    private static let maximumBytes = 8_192
    private static let refused = DataError.validation("cursor", "it must be one that this list returned for the same filter, order and text")

    init(_ direction: Direction, from place: CatalogPlace) {
        self.direction = direction
        self.place = place
    }

    /// Reads a cursor that a store with this key made for this list.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `cursor` for any other.
    init(_ cursor: ListCursor, of list: CatalogListIdentity, key: SymmetricKey) throws(DataError) {
        guard cursor.text.utf8.count <= Self.maximumBytes, let bytes = Base64URL.decode(cursor.text), bytes.count > Self.signatureBytes else {
            throw Self.refused
        }
        let payload = Array(bytes.dropFirst(Self.signatureBytes))
        guard Self.areEqual(Self.signature(of: payload, key), Array(bytes.prefix(Self.signatureBytes))) else { throw Self.refused }
        // It is ours from here on, but may be one of another version or list.
        let texts = (try? JSONValue(parsing: payload))?.array?.compactMap(\.string) ?? []
        guard texts.count == 9, texts[0] == Self.version, let direction = Direction(rawValue: texts[1]), texts[2] == list.digest,
            let place = CatalogPlace(texts: texts[3...])
        else { throw Self.refused }
        self.init(direction, from: place)
    }

    /// The cursor as it is handed out.
    func signed(for list: CatalogListIdentity, key: SymmetricKey) -> ListCursor {
        let texts = [Self.version, direction.rawValue, list.digest] + place.texts
        let payload = JSONValue.array(texts.map { .string($0) }).utf8
        return ListCursor(text: Base64URL.encode(Self.signature(of: payload, key) + payload))
    }

    private static func signature(of payload: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: payload, using: key).prefix(signatureBytes))
    }

    /// Compares in a time that does not depend on where the two differ.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// Which list of the catalog a cursor belongs to: its order, filter and search text. Who looks at it is no part of that.
struct CatalogListIdentity: Sendable {
    let digest: String

    init(order: CatalogOrder, filter: CatalogFilter, text: String = "") {
        let match = filter.metadataMatch
        let parts: [JSONValue] = [
            .string(order.name), .string(text), .init(filter.visibility?.rawValue), .init(filter.category?.rawValue), .init(filter.language),
            .init(filter.runtime), .init(filter.status?.rawValue), .init(filter.transport?.rawValue), .init(filter.source?.rawValue),
            .init(filter.isFeatured.map { "\($0)" }), .init(filter.requiresOAuth.map { "\($0)" }), .array(filter.allTags.map { .string($0) }),
            .array(filter.anyTag.map { .string($0) }), .array(filter.noTags.map { .string($0) }), .array([filter.metadataContains].compactMap { $0 }),
            .array((match?.path ?? []).map { .string($0) }), .array([match?.value].compactMap { $0 }),
        ]
        digest = Hexadecimal.encode(SHA256.hash(data: JSONValue.array(parts).utf8).prefix(16))
    }
}

extension JSONValue {
    /// A string, or null.
    fileprivate init(_ text: String?) {
        self = text.map { .string($0) } ?? .null
    }
}
