import DeployStackModels
import Testing

@Suite struct BytewiseStringTests {
    @Test func composedAndDecomposedTextAreTwoKeys() {
        let slugs: [BytewiseString: Int] = [BytewiseString("\u{E9}"): 1, BytewiseString("e\u{301}"): 2]

        #expect(slugs[BytewiseString("\u{E9}")] == 1)
        #expect(slugs[BytewiseString("e\u{301}")] == 2)
    }

    @Test func orderIsThatOfTheBytes() {
        let sorted = ["😀", "\u{FFFD}", "b", "B", "ä"].map { BytewiseString($0) }.sorted()

        #expect(sorted.map(\.text) == ["B", "b", "ä", "\u{FFFD}", "😀"])
    }
}
