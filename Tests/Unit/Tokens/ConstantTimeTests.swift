import DeployStackModels
import Testing

/// What is compared in our own process without telling where two texts differ. `AnswerTimeTests` measures the time.
struct ConstantTimeTests {
    @Test func whatDiffersIsFoundWhereverItDiffers() {
        let text = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

        #expect(text.hasSameBytesInConstantTime(as: text))
        for index in text.indices {
            var other = text
            other.replaceSubrange(index...index, with: "~")
            #expect(!text.hasSameBytesInConstantTime(as: other))
        }
        #expect(!text.hasSameBytesInConstantTime(as: text + "A"))
        #expect(!text.hasSameBytesInConstantTime(as: ""))
        #expect("".hasSameBytesInConstantTime(as: ""))
        #expect(!"e\u{301}".hasSameBytesInConstantTime(as: "\u{e9}"))
    }
}
