import DeployStackModels
import Testing

@testable import DeployStackData

struct ProofKeyTests {
    /// RFC 7636, appendix B.
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test func theVectorOfTheStandardIsMet() {
        #expect(ProofKey.challenge(of: Self.verifier, .s256) == Self.challenge)
        #expect(ProofKey.matches(Self.verifier, Self.challenge, .s256))
        #expect(!ProofKey.matches(Self.challenge, Self.challenge, .s256))
        #expect(ProofKey.matches(Self.verifier, Self.verifier, .plain))
        #expect(!ProofKey.matches(Self.verifier, Self.verifier, .s256))
        #expect(!ProofKey.matches(Self.verifier, Self.challenge, .unknown("S512")))
    }

    @Test(arguments: [(0, false), (42, false), (43, true), (128, true), (129, false)])
    func aVerifierHas43To128Characters(_ count: Int, _ isVerifier: Bool) throws {
        let text = String(repeating: "a", count: count)

        #expect(ProofKey.isVerifier(text) == isVerifier)
        let challenge = try #require(ProofKey.challenge(of: text, .s256))
        #expect(ProofKey.matches(text, challenge, .s256) == isVerifier)
    }

    @Test func aVerifierHasTheUnreservedCharactersAlone() {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

        for scalar in (0...0x2FF).compactMap(Unicode.Scalar.init) {
            #expect(ProofKey.isVerifier(String(repeating: "a", count: 42) + String(scalar)) == unreserved.contains(Character(scalar)))
        }
    }

    private static let shortened = String(challenge.dropLast())
    private static let challenges: [(text: String, isChallenge: Bool)] = [
        (challenge, true), (shortened, false), ("\(challenge)A", false), ("\(shortened)=", false), ("\(shortened).", false), ("", false),
    ]

    @Test(arguments: challenges)
    func aChallengeIsTheBase64URLOf32Bytes(_ text: String, _ isChallenge: Bool) {
        #expect(ProofKey.isChallenge(text, .s256) == isChallenge)
    }
}
