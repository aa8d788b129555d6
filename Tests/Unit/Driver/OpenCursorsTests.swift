import Testing

@testable import PostgresDriver

struct OpenCursorsTests {
    @Test func numbersAreUsedAgainAndSerialsAreNot() {
        var cursors = OpenCursors()
        let (first, second) = (cursors.open(), cursors.open())
        #expect([first.name, second.name] == ["\"stream_1\"", "\"stream_2\""])

        cursors.close(first)
        let third = cursors.open()

        #expect(third.name == first.name)
        #expect(third != first)
        #expect(!cursors.contains(first))
        #expect(cursors.contains(third))
    }

    @Test func anAbandonedCursorKeepsItsNumberUntilItIsTaken() {
        var cursors = OpenCursors()
        let first = cursors.open()
        cursors.abandon(first)
        cursors.abandon(first)

        #expect(cursors.open().number == 2)
        #expect(cursors.takeAbandoned() == [first])
        #expect(cursors.takeAbandoned() == [])
        #expect(cursors.open().number == 1)
    }

    @Test func aPartThatIsUndoneTakesItsCursorsWithIt() {
        var cursors = OpenCursors()
        let (outer, abandonedOuter) = (cursors.open(), cursors.open())
        cursors.abandon(abandonedOuter)
        let before = cursors
        let (inner, abandonedInner) = (cursors.open(), cursors.open())
        cursors.abandon(abandonedInner)

        cursors.undo(to: before)

        #expect(cursors.contains(outer))
        #expect(!cursors.contains(inner))
        #expect(cursors.takeAbandoned() == [abandonedOuter])
    }

    @Test func aCursorThatWasReopenedInAnUndonePartIsNotTakenForTheOldOne() {
        var cursors = OpenCursors()
        let outer = cursors.open()
        let before = cursors
        cursors.close(outer)
        let inner = cursors.open()
        #expect(inner.number == outer.number)

        cursors.undo(to: before)
        cursors.abandon(inner)

        #expect(!cursors.contains(outer))
        #expect(cursors.takeAbandoned() == [])
    }
}
