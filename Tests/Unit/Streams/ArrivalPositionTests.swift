import DeployStackModels
import Testing

@testable import DeployStackData

/// When a stream's place says nothing about the database that it finds.
struct ArrivalPositionTests {
    private let position = ArrivalPosition(history: "7318/00000001", snapshot: "100:105:101,103")

    @Test func aLaterSnapshotOfTheSameHistoryGoesOn() {
        #expect(position.canBeFollowed(by: "7318/00000001", "104:110:104"))
        #expect(position.canBeFollowed(by: "7318/00000001", "100:105:101,103"))
    }

    @Test func anotherServerOrTimelineDoesNot() {
        #expect(!position.canBeFollowed(by: "9999/00000001", "104:110:104"))
        #expect(!position.canBeFollowed(by: "7318/00000002", "104:110:104"))
    }

    @Test func aDatabaseThatHasBegunFewerTransactionsDoesNot() {
        #expect(!position.canBeFollowed(by: "7318/00000001", "90:99:"))
        #expect(!position.canBeFollowed(by: "7318/00000001", "no snapshot"))
    }
}

/// What a loop is told when its place is no longer one.
struct ArrivalReaderTests {
    /// A database that was replaced between two reads.
    private struct Replaced: ArrivalSource {
        func present() async throws(DataError) -> Int { 0 }

        func arrivals(_ topic: StreamTopic, since position: Int) async throws(DataError) -> Arrivals<Int> {
            guard position > 0 else { return Arrivals(notifications: [], next: 1, hasMore: true, isContinuous: false) }
            return Arrivals(notifications: [.example], next: position + 1, hasMore: false)
        }
    }

    @Test func itIsToldOfTheGapAndGoesOnFromThere() async throws {
        let hub = StreamHub()
        var iterator = NotificationStream { ArrivalReader(source: Replaced(), hub: hub, topic: .user("u"), from: 0) }.makeAsyncIterator()
        hub.interrupt()

        #expect(try await iterator.next() == .gap)
        #expect(try await iterator.next() == .notification(.example))
    }
}
