import DeployStackModels
import Foundation
import Testing

@testable import DeployStackData

struct SecretCipherTests {
    /// Gives bytes whose base64 has characters in which base64 and base64url differ.
    private struct HighBytes: RandomSource {
        func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0xFB, count: count) }
    }

    private static let old = "a secret of some length"
    private static let new = "another secret, and longer"
    private let place = SecretPlace.setting("smtp.password")

    private func cipher(_ random: any RandomSource = SystemRandomSource()) throws -> SecretCipher {
        SecretCipher(secret: try EncryptionSecret(Self.old), random: random)
    }

    private func renewedCipher(with previous: [EncryptionSecret]) throws -> SecretCipher {
        SecretCipher(secret: try EncryptionSecret(Self.new, keyID: "2026", previous: previous), random: SystemRandomSource())
    }

    private func refusal(_ body: () throws -> Void) -> DataError? {
        #expect(throws: DataError.self) { try body() }
    }

    @Test func aSealedSecretIsNonceCiphertextAndTagInBase64() throws {
        let sealed = try cipher(HighBytes()).seal("s3cret", at: place)

        #expect(sealed.stored.hasPrefix("v1:"))
        let bytes = try #require(Data(base64Encoded: String(sealed.stored.dropFirst(3))))
        #expect(bytes.prefix(12) == Data(repeating: 0xFB, count: 12))
        #expect(bytes.count == 12 + 6 + 16)
        #expect(sealed.json == ["$enc": .string(sealed.stored)])
        #expect(!sealed.json.text.contains("s3cret"))
    }

    @Test func oneSecretSealedTwiceLooksDifferent() throws {
        let cipher = try cipher()

        #expect(try cipher.seal("s3cret", at: place) != cipher.seal("s3cret", at: place))
    }

    @Test(arguments: ["", "s3cret", "e\u{301} \u{1F511} \u{0}", String(repeating: "x", count: 100_000)])
    func whatWasSealedIsOpened(_ plaintext: String) throws {
        let stored = try cipher().seal(plaintext, at: place).stored

        #expect(try cipher().open(stored: stored, at: place).utf8.elementsEqual(plaintext.utf8))
    }

    @Test func everyChangedByteIsNoticed() throws {
        let cipher = try cipher()
        let sealed = try cipher.seal("s3cret", at: place)

        for index in sealed.bytes.indices {
            for bit in 0..<8 {
                var bytes = sealed.bytes
                bytes[index] ^= 1 << bit
                #expect(refusal { _ = try cipher.open(SealedSecret(keyID: sealed.keyID, bytes: bytes), at: place) }?.kind == .undecryptable)
            }
        }
    }

    @Test func everyTruncationIsNoticed() throws {
        let cipher = try cipher()
        let sealed = try cipher.seal("s3cret", at: place)

        for count in 0..<sealed.bytes.count {
            let shorter = SealedSecret(keyID: sealed.keyID, bytes: Array(sealed.bytes.prefix(count)))
            #expect(refusal { _ = try cipher.open(shorter, at: place) }?.kind == .undecryptable)
        }
    }

    @Test(arguments: [nil, "", "v1", "v1:", "v2:AAAA", "v1:not base64", "v1::AAAA", "v1:a:b:AAAA", "s3cret"])
    func whatIsNotTheStoredFormIsNoticed(_ stored: String?) throws {
        #expect(refusal { _ = try cipher().open(stored: stored, at: place) }?.kind == .undecryptable)
    }

    @Test func aSecretDoesNotOpenAtAnotherPlace() throws {
        let installation = SecretPlace.installation("i").within("env").within("KEY")
        let sealed = try cipher().seal("s3cret", at: installation)

        for other in [
            place, .installation("j").within("env").within("KEY"), .installation("i").within("headers").within("KEY"),
            .installation("i").within("env").within("KEYS"), .installation("i").within("envKEY"),
            .userConfiguration(of: "u", for: "i").within("env").within("KEY"),
        ] {
            #expect(refusal { _ = try cipher().open(sealed, at: other) }?.kind == .undecryptable)
        }
        #expect(try cipher().open(sealed, at: installation) == "s3cret")
    }

    @Test func anotherSecretUnderTheSameIdentifierDoesNotOpen() throws {
        let sealed = try cipher().seal("s3cret", at: place)
        let other = SecretCipher(secret: try EncryptionSecret(Self.new), random: SystemRandomSource())

        let error = refusal { _ = try other.open(sealed, at: place) }

        #expect(error?.kind == .undecryptable)
        #expect(error?.field == EncryptionSecret.variable)
    }

    @Test func aKeyThatIsMissingIsNamed() throws {
        let sealed = try renewedCipher(with: []).seal("s3cret", at: place)
        #expect(sealed.stored.hasPrefix("v1:2026:"))

        let error = refusal { _ = try cipher().open(stored: sealed.stored, at: place) }

        #expect(error?.kind == .undecryptable)
        #expect(error?.field == EncryptionSecret.previousVariable)
        #expect(error?.reason?.contains("2026") == true)
    }

    @Test func whatAPreviousKeySealedIsOpenedAndResealed() throws {
        let sealed = try cipher().seal("s3cret", at: place)
        let renewed = try renewedCipher(with: [try EncryptionSecret(Self.old)])

        #expect(try renewed.open(stored: sealed.stored, at: place) == "s3cret")
        let resealed = try #require(try renewed.reseal(stored: sealed.stored, at: place))
        #expect(try renewedCipher(with: []).open(resealed, at: place) == "s3cret")
        #expect(try renewed.reseal(stored: resealed.stored, at: place) == nil)
    }
}
