import Crypto
import DeployStackModels

/// Encrypts secrets before they are stored and decrypts them: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits.
///
/// Each key is derived from a secret with HKDF-SHA-256 (RFC 5869), so a secret of any length gives a key of 256 bits. One key encrypts; it and the previous
/// ones decrypt. The place of the secret is authenticated with it (``SecretPlace``).
struct SecretCipher: Sendable {
    /// What is refused without a secret to encrypt with.
    static let secretRequired = DataError.ruleViolation(.encryptionSecretRequired, "open the store with an encryption secret to store secrets")
    /// What is refused without a secret to decrypt with.
    static let secretRequiredToReveal = DataError.ruleViolation(
        .encryptionSecretRequired, "open the store with an encryption secret to read secrets decrypted")

    private static let nonceBytes = 12
    private static let tagBytes = 16

    private let keys: [String: SymmetricKey]
    private let currentKey: SymmetricKey
    private let currentID: String
    private let random: any RandomSource

    init(secret: EncryptionSecret, random: any RandomSource) {
        currentID = secret.keyID
        currentKey = Self.key(of: secret)
        var keys = [secret.keyID: currentKey]
        for old in secret.previous { keys[old.keyID] = Self.key(of: old) }
        self.keys = keys
        self.random = random
    }

    /// Encrypts a text with the current key.
    func seal(_ plaintext: String, at place: SecretPlace) throws(DataError) -> SealedSecret {
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(Self.nonceBytes))
            let box = try AES.GCM.seal(Array(plaintext.utf8), using: currentKey, nonce: nonce, authenticating: place.bytes)
            return SealedSecret(keyID: currentID, bytes: Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
        } catch {
            throw DataError(.internal, reason: "a secret could not be encrypted")
        }
    }

    /// Decrypts what was stored, with the key that encrypted it.
    ///
    /// - Throws: ``DataError`` of kind `.undecryptable` when the store does not have that key, and when the value is damaged, was stored at another place, or
    ///   was encrypted with another secret under the same identifier, between which nobody can tell.
    func open(_ sealed: SealedSecret, at place: SecretPlace) throws(DataError) -> String {
        guard let key = keys[sealed.keyID] else {
            throw DataError(
                .undecryptable, field: EncryptionSecret.previousVariable,
                reason: "it was encrypted with the key \(sealed.keyID), which the store was not given; add its secret to the previous ones")
        }
        guard sealed.bytes.count >= Self.nonceBytes + Self.tagBytes, let box = try? AES.GCM.SealedBox(combined: sealed.bytes),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: place.bytes), let text = String(validating: plaintext, as: UTF8.self)
        else { throw Self.notWhatWasStored }
        return text
    }

    /// Decrypts the stored form of a secret.
    func open(stored text: String?, at place: SecretPlace) throws(DataError) -> String {
        guard let sealed = text.flatMap({ SealedSecret(stored: $0) }) else { throw Self.notWhatWasStored }
        return try open(sealed, at: place)
    }

    /// Encrypts a stored secret anew with the current key, or gives `nil` when it was encrypted with it already.
    ///
    /// It is decrypted in either case: what names the current key may have been encrypted with another secret, or may be damaged.
    func reseal(stored text: String?, at place: SecretPlace) throws(DataError) -> SealedSecret? {
        guard let sealed = text.flatMap({ SealedSecret(stored: $0) }) else { throw Self.notWhatWasStored }
        let plaintext = try open(sealed, at: place)
        return sealed.keyID == currentID ? nil : try seal(plaintext, at: place)
    }

    private static let notWhatWasStored = DataError(
        .undecryptable, field: EncryptionSecret.variable,
        reason: "the value was changed or moved after it was stored, or encrypted with another secret under the same identifier")

    private static func key(of secret: EncryptionSecret) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Array(secret.text.reveal().utf8)), info: Array("deploystack configuration v1".utf8),
            outputByteCount: 32)
    }
}
