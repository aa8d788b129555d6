import Testing
import TextSearch

@Suite("Search texts that no server refuses")
struct SearchTextTests {
    @Test(arguments: ["", "postgres tools", "\"exact words\" or -other", "-x", "--x", "x - -y", "foo-bar---baz", "a -- b", "\"---\" x", "x or---y"])
    func ordinaryTextStaysAsItIs(_ text: String) throws {
        #expect(try SearchText.normalise(text).text == text)
    }

    @Test(arguments: [
        (33, "!'x'"), (34, "!!'x'"), (3, "!'x'"), (4, "!!'x'"), (4000, "!!'x'"),
    ])
    func aRunOfHyphensKeepsItsMeaning(_ hyphens: Int, _ query: String) throws {
        let search = try SearchText.normalise(String(repeating: "-", count: hyphens) + "x")

        #expect(search.query.description == query)
        #expect(search.text.utf8.count { $0 == UInt8(ascii: "-") } <= 2)
    }

    @Test func hyphensBetweenBlanksAndIgnoredOperatorsAreOneRun() throws {
        let search = try SearchText.normalise("y or " + String(repeating: "- ( ", count: 35) + "\"x z\"")

        #expect(search.query.description == "'y' | !( 'x' <-> 'z' )")
    }

    @Test func hyphensWithoutAnOperandMeanNothing() throws {
        let search = try SearchText.normalise(String(repeating: "-", count: 100))

        #expect(search.query.condition == nil)
    }

    @Test func fiveHundredWordsAreASearchAndOneMoreIsNot() throws {
        let words = Array(repeating: "x", count: SearchText.mostWords)

        #expect(throws: Never.self) { try SearchText.normalise(words.joined(separator: " ")) }
        #expect(throws: SearchTextError.tooManyWords(501)) { try SearchText.normalise((words + ["y"]).joined(separator: " ")) }
    }

    @Test(arguments: ["the ", ". ", "\"\" ", "a-b "])
    func stopWordsPunctuationAndPartsOfWordsCountToo(_ piece: String) {
        #expect(throws: SearchTextError.self) { try SearchText.normalise(String(repeating: piece, count: 501)) }
    }

    @Test(arguments: [20_000, 200_000])
    func thousandsOfWordsAreRefused(_ count: Int) {
        let text = String(repeating: "word ", count: count)

        #expect(throws: SearchTextError.tooLong(bytes: 5 * count)) { try SearchText.normalise(text) }
    }

    @Test func aWordThatWouldGrowTooLongIsPassedOver() throws {
        let search = try SearchText.normalise(String(repeating: "Ⱥ", count: 700) + " x")

        #expect(search.query.description == "'x'")
    }

    @Test(arguments: [2046, 2047, 3000])
    func aSingleLongWordIsNoError(_ length: Int) throws {
        let search = try SearchText.normalise(String(repeating: "w", count: length))

        #expect((search.query.condition == nil) == (length > 2046))
    }

    @Test func normalisingTwiceChangesNothingMore() throws {
        for text in ["-----x", "- - - - y or ---z", "ȺȾ", "\"a --- b\""] {
            let once = try SearchText.normalise(text)

            #expect(try SearchText.normalise(once.text) == once)
        }
    }

    @Test func theReasonOfARefusalNamesTheLimitAndNotTheText() {
        #expect(SearchTextError.tooLong(bytes: 5000).reason == "A search text has at most 4096 bytes; this one has 5000.")
        #expect(SearchTextError.tooManyWords(501).reason == "A search text has at most 500 words; this one has 501.")
    }
}
