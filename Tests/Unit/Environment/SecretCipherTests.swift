import DeployStackModels
import Foundation
import Testing

@testable import DeployStackData

struct SecretCipherTests {
    /// Gives bytes whose base64 has characters in which base64 and base64url differ.
    private struct HighBytes: RandomSource {
        func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0xFB, count: count) }
    }

    private func cipher(_ random: any RandomSource) throws -> SecretCipher {
        SecretCipher(secret: try EncryptionSecret("a secret of some length"), random: random)
    }

    private func sealedBytes(_ value: JSONValue) throws -> Data {
        let text = try #require(value["$enc"]?.string)
        #expect(text.hasPrefix("v1:"))
        return try #require(Data(base64Encoded: String(text.dropFirst(3))))
    }

    @Test func aSealedSecretIsNonceCiphertextAndTagInBase64() throws {
        let sealed = try cipher(HighBytes()).seal("s3cret")

        #expect(sealed.object?.count == 1)
        let bytes = try sealedBytes(sealed)
        #expect(bytes.prefix(12) == Data(repeating: 0xFB, count: 12))
        #expect(bytes.count == 12 + 6 + 16)
        #expect(!sealed.text.contains("s3cret"))
    }

    @Test func oneSecretSealedTwiceLooksDifferent() throws {
        let cipher = try cipher(SystemRandomSource())

        #expect(try cipher.seal("s3cret") != cipher.seal("s3cret"))
    }
}
