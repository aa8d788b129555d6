import Testing
import TextSearch

@Suite("Search texts that are still being typed")
struct PrefixSearchTextTests {
    private func typed(_ text: String) throws -> PrefixSearchText { PrefixSearchText(try SearchText.normalise(text)) }

    @Test(arguments: [
        ("d", "'d':*"), ("fat cat", "'fat' & 'cat':*"), ("fat cat ", "'fat' & 'cat'"), ("fat or rat cat", "'fat' | 'rat' & 'cat':*"),
        ("fat -cat", "'fat' & !'cat'"), ("\"fat cat", "'fat':* <-> 'cat':*"), ("\"fat cat\"", "'fat' <-> 'cat'"), ("\"fat\"ca", "'fat' & 'ca':*"),
        ("fat the", "'fat'"), ("doi", "'doi':* | 'do'"), ("bei", "'bei':* | 'be'"), ("", ""), ("the", ""),
        ("foo-ba", "'foo-ba':* <-> 'foo':* <-> 'ba':*"),
        ("rat or", "'rat'"),
        ("connecti", "'connecti':* | 'connect'"), ("fat connecti", "'fat' & ( 'connecti':* | 'connect' )"),
        ("runnin", "'runnin':* | 'run' | 'runni'"),
    ])
    func theLastWordIsAPrefix(_ text: String, _ query: String) throws {
        #expect(try typed(text).query.description == query)
    }

    @Test func thePiecesAreThoseThatTheServerPutsTogether() throws {
        let search = try typed("fat or \"big rat\" -mouse dog's")

        #expect(search.before == "fat ")
        #expect(search.beside == " \"big rat\" -mouse ")
        #expect(search.last == "'dog''s':*")
    }

    @Test func aCompletedWordIsNoPrefix() throws {
        let search = try typed("fat cat\t")

        #expect(search.last == "")
        #expect(search.before == "fat cat\t")
    }
}
