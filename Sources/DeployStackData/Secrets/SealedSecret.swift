import DeployStackModels

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An encrypted secret as it is stored: `v1:<base64>` when the first key encrypted it, `v1:<key identifier>:<base64>` for every other.
///
/// The base64 (RFC 4648, section 4) is of nonce, ciphertext and tag. In a JSON document it stands as `{"$enc": "v1:…"}`.
struct SealedSecret: Sendable, Hashable {
    /// The member under which an encrypted value stands in JSON.
    static let marker = "$enc"
    /// What a reader sees instead of a secret.
    static let mask = "*****"

    private static let version = "v1"

    /// The identifier of the key that encrypted it.
    let keyID: String
    /// Nonce, ciphertext and tag.
    let bytes: [UInt8]

    init(keyID: String, bytes: [UInt8]) {
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads the stored form, or gives `nil` when the text is none.
    init?(stored text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0] == Self.version, let data = Data(base64Encoded: String(parts[parts.count - 1])) else {
            return nil
        }
        keyID = parts.count == 3 ? String(parts[1]) : EncryptionSecret.firstKeyID
        guard EncryptionSecret.isKeyID(keyID) else { return nil }
        bytes = Array(data)
    }

    /// The stored form.
    var stored: String {
        let base64 = Data(bytes).base64EncodedString()
        return keyID == EncryptionSecret.firstKeyID ? "\(Self.version):\(base64)" : "\(Self.version):\(keyID):\(base64)"
    }

    /// The stored form in a JSON document.
    var json: JSONValue { .object([Self.marker: .string(stored)]) }
}

extension JSONValue {
    /// What is stored in place of a secret, or `nil` when this value is not marked as encrypted.
    var sealedText: String?? {
        guard case .object(let members) = kind, members.count == 1, members[0].key == SealedSecret.marker else { return nil }
        return .some(members[0].value.string)
    }

    /// Whether the value is marked as encrypted.
    var isSealed: Bool { sealedText != nil }

    /// Whether the value, or any value in it, is marked as encrypted. What users hand in must not be: it would pass for a secret of the library's own.
    var holdsSealed: Bool {
        if isSealed { return true }
        return switch kind {
        case .object(let members): members.contains { $0.value.holdsSealed }
        case .array(let elements): elements.contains { $0.holdsSealed }
        default: false
        }
    }

    /// The value with every encrypted secret replaced by a mask.
    var masked: JSONValue {
        // Most values hold none, and are not even parsed: without the sign, and without an escape that could stand for it, there is no marker.
        if let text = storedText, !text.contains(UInt8(ascii: "$")), !text.contains(UInt8(ascii: "\\")) { return self }
        if isSealed { return .string(SealedSecret.mask) }
        switch kind {
        case .object(let members): return .object(JSONObject(members.map { ($0.key, $0.value.masked) }))
        case .array(let elements): return .array(elements.map(\.masked))
        default: return self
        }
    }
}
