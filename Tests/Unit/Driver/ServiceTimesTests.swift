import Testing

@testable import PostgresDriver

@Suite("How long statements take")
struct ServiceTimesTests {
    private let millisecond: Int64 = 1_000_000

    @Test func whatIsUnknownIsNotShort() {
        let times = ServiceTimes(shortStatement: .milliseconds(1))

        #expect(!times.isShort(1))
    }

    @Test func theWayToTheServerIsNoPartOfAStatement() {
        var times = ServiceTimes(shortStatement: .milliseconds(1))
        _ = times.note(1, alone: 20 * millisecond)

        let hasBecomeShort = times.note(2, alone: 20 * millisecond + millisecond / 2)

        #expect(hasBecomeShort)
        #expect(times.roundTrip == 20 * millisecond)
    }

    @Test func oneHiccupDoesNotMakeAShortStatementLong() {
        var times = ServiceTimes(shortStatement: .milliseconds(1))
        times.note(1, millisecond / 10)

        times.note(1, 5 * millisecond)

        #expect(times.isShort(1))
    }

    @Test func whatStaysLongBecomesLongAndFallsBackQuickly() {
        var times = ServiceTimes(shortStatement: .milliseconds(1))
        times.note(1, millisecond / 10)
        for _ in 0..<10 { times.note(1, 5 * millisecond) }
        #expect(!times.isShort(1))

        let changes = (0..<4).map { _ in times.note(1, millisecond / 10) }

        #expect(times.isShort(1))
        #expect(changes.filter { $0 }.count == 1)
    }
}
