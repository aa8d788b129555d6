import Crypto
import DeployStackModels

/// Proof Key for Code Exchange (RFC 7636): who redeems a code must know the verifier whose challenge stood in the request.
enum ProofKey {
    /// Whether a text can be a verifier: 43 to 128 of the unreserved characters of RFC 3986 (RFC 7636, section 4.1).
    static func isVerifier(_ text: String) -> Bool {
        (43...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { isBase64URL($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "~") }
    }

    /// Whether a text can be a challenge that was made with a method.
    static func isChallenge(_ text: String, _ method: CodeChallengeMethod) -> Bool {
        switch method {
        // The base64url of 32 bytes without padding.
        case .s256: text.utf8.count == 43 && text.utf8.allSatisfy(isBase64URL)
        case .plain: isVerifier(text)
        case .unknown: false
        }
    }

    /// The challenge of a verifier (RFC 7636, section 4.2), or `nil` for a method that this version does not know.
    static func challenge(of verifier: String, _ method: CodeChallengeMethod) -> String? {
        switch method {
        case .s256: Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8))))
        case .plain: verifier
        case .unknown: nil
        }
    }

    /// Whether a verifier belongs to a challenge, found in a time that does not tell where they differ.
    static func matches(_ verifier: String, _ challenge: String, _ method: CodeChallengeMethod) -> Bool {
        guard isVerifier(verifier), let own = self.challenge(of: verifier, method) else { return false }
        return own.hasSameBytesInConstantTime(as: challenge)
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
