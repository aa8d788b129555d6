import DeployStackModels
import Foundation
import Testing

@Suite struct IdentifierTests {
    private let composed = TeamID("caf\u{E9}")
    private let decomposed = TeamID("cafe\u{301}")

    @Test func textsThatOnlyLookAlikeAreTwoIdentifiers() {
        #expect(composed.rawValue == decomposed.rawValue)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed, composed]).count == 2)
    }

    @Test func identifiersOfTheSameBytesAreEqualAndHashAlike() {
        let bridged = TeamID(String(NSString(string: "caf\u{E9}")))

        #expect(bridged == composed)
        #expect(bridged.hashValue == composed.hashValue)
    }

    @Test func identifiersSortByBytes() {
        let sorted = ["é", "z", "Z", "a", "", "aa", "e\u{301}"].map { UserID($0) }.sorted()

        #expect(sorted.map(\.rawValue).elementsEqual(["", "Z", "a", "aa", "e\u{301}", "z", "é"]) { $0.utf8.elementsEqual($1.utf8) })
    }

    @Test func aTextIsNotConfusedWithItsBeginningWhenHashed() {
        let texts = (0...40).map { UserID(String(repeating: "\0", count: $0)) }

        #expect(Set(texts.map(\.hashValue)).count == texts.count)
    }

    @Test func anIdentifierIsEncodedAsAPlainString() throws {
        let encoded = try JSONEncoder().encode([UserID("u1"), "u2"])

        #expect(String(decoding: encoded, as: UTF8.self) == #"["u1","u2"]"#)
        #expect(try JSONDecoder().decode([UserID].self, from: encoded) == ["u1", "u2"])
    }

    @Test func aDictionaryKeyedByIdentifiersIsEncodedAsAnObject() throws {
        let counts: [UserID: Int] = ["u1": 3]

        let encoded = try JSONEncoder().encode(counts)

        #expect(String(decoding: encoded, as: UTF8.self) == #"{"u1":3}"#)
        #expect(try JSONDecoder().decode([UserID: Int].self, from: encoded) == counts)
    }

    @Test func somethingOtherThanAStringIsNoIdentifier() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([UserID].self, from: Data("[1]".utf8))
        }
    }

    @Test func anIdentifierDescribesItselfAsItsText() {
        #expect("\(TeamID("t-1"))" == "t-1")
        #expect(TeamID("team-\(7)") == "team-7")
    }
}
