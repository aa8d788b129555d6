import Crypto
import DeployStackModels

/// The SHA-256 of a token in lower-case hexadecimal digits: the only form in which a token is stored or sent to a database.
///
/// A token has 256 random bits, so its hash needs neither salt nor stretching, and can be found through a unique index (FIPS 180-4).
struct TokenHash: Sendable, Hashable {
    let hexadecimal: String

    init(of token: String) {
        hexadecimal = Hexadecimal.encode(SHA256.hash(data: Array(token.utf8)))
    }
}

/// Hexadecimal digits in lower case (RFC 4648, section 8).
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
