import Crypto
import DeployStackModels

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Encrypts secrets before they are stored: AES-256-GCM (NIST SP 800-38D) with a random nonce.
///
/// A stored secret is the JSON object `{"$enc": "v1:<base64 of nonce, ciphertext and tag>"}` (RFC 4648, section 4). The key is derived from the store's secret
/// with HKDF-SHA-256 (RFC 5869), so a secret of any length gives a key of 256 bits.
struct SecretCipher: Sendable {
    /// The member under which an encrypted value stands.
    static let marker = "$enc"
    /// What a reader sees instead of a secret.
    static let mask = "*****"

    private let key: SymmetricKey
    private let random: any RandomSource

    init(secret: EncryptionSecret, random: any RandomSource) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.bytes), info: Array("deploystack configuration v1".utf8), outputByteCount: 32)
        self.random = random
    }

    /// The stored form of a secret.
    func seal(_ plaintext: String) throws(DataError) -> JSONValue {
        do {
            let box = try AES.GCM.seal(Array(plaintext.utf8), using: key, nonce: AES.GCM.Nonce(data: random.bytes(12)))
            let sealed = "v1:" + Data(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)).base64EncodedString()
            return .object([Self.marker: .string(sealed)])
        } catch {
            throw DataError(.internal, reason: "a secret could not be encrypted")
        }
    }
}

extension JSONValue {
    /// The value with every encrypted secret replaced by a mask.
    var masked: JSONValue {
        switch kind {
        case .object(let members):
            if members.count == 1, members[0].key == SecretCipher.marker { return .string(SecretCipher.mask) }
            return .object(JSONObject(members.map { ($0.key, $0.value.masked) }))
        case .array(let elements): return .array(elements.map(\.masked))
        default: return self
        }
    }
}
