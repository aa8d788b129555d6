import Testing

@testable import PostgresDriver

@Suite("Statements that a connection has prepared")
struct PreparedStatementCacheTests {
    @Test func theLeastRecentlyUsedOneLeaves() {
        var cache = PreparedStatementCache(capacity: 2)
        for shape in [1, 2] { cache.insert(shape, name: "s\(shape)") }
        _ = cache.name(of: 1)

        let name = cache.nameForPreparing("s3")
        cache.insert(3, name: name)

        let evicted = cache.name(of: 2)
        #expect(evicted == nil)
        let used = cache.name(of: 1)
        #expect(used == "s1")
        let added = cache.name(of: 3)
        #expect(added == name)
        let obsolete = cache.takeObsolete()
        #expect(obsolete == ["s2"])
        let obsoleteAgain = cache.takeObsolete()
        #expect(obsoleteAgain.isEmpty)
    }

    @Test func aStatementPreparedAgainGetsANewName() {
        var cache = PreparedStatementCache(capacity: 2)
        let first = cache.nameForPreparing("s1")
        cache.insert(1, name: first)

        cache.forget(1)
        let second = cache.nameForPreparing("s1")

        #expect(first != second)
        let obsolete = cache.takeObsolete()
        #expect(obsolete == [first])
    }

    @Test func whatTheServerHasLostIsNotClosedThere() {
        var cache = PreparedStatementCache(capacity: 2)
        cache.insert(1, name: "s1")

        cache.forgetAll()

        let forgotten = cache.name(of: 1)
        #expect(forgotten == nil)
        let obsolete = cache.takeObsolete()
        #expect(obsolete.isEmpty)
    }
}
