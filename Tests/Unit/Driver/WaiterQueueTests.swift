import Testing

@testable import PostgresDriver

@Suite("Callers that wait")
struct WaiterQueueTests {
    private let start = MonotonicTime(nanoseconds: 0)

    @Test func theyAreServedInOrderWithoutThoseWhoLeft() {
        var queue = WaiterQueue()
        let ids = Array(1...200)
        for id in ids { queue.append(id, arrival: start, deadline: .distantFuture, isCallDeadline: false) }
        for id in ids where id % 3 != 0 {
            let hasLeft = queue.remove(id)
            #expect(hasLeft)
        }

        var served: [Int] = []
        while let id = queue.popFirst() { served.append(id) }

        #expect(served == ids.filter { $0 % 3 == 0 })
        #expect(queue.count == 0)
    }

    @Test func oneWhoWasServedCannotLeave() {
        var queue = WaiterQueue()
        let id = 1
        queue.append(id, arrival: start, deadline: .distantFuture, isCallDeadline: false)

        let served = queue.popFirst()
        #expect(served == id)

        let hasLeft = queue.remove(id)
        #expect(!hasLeft)
        let strangerHasLeft = queue.remove(99)
        #expect(!strangerHasLeft)
    }

    @Test func thoseWhoseTimeEndsAreTakenOutAndTheOthersKeepTheirPlaces() {
        var queue = WaiterQueue()
        let ids = Array(1...6)
        for id in ids { queue.append(id, arrival: start, deadline: start + Int64(id % 3), isCallDeadline: id.isMultiple(of: 2)) }
        #expect(queue.earliestDeadline == start)

        var expired: [Int] = []
        queue.removeExpired(at: start + 1) { id, _ in expired.append(id) }

        #expect(expired == [ids[0], ids[2], ids[3], ids[5]])
        #expect(queue.earliestDeadline == start + 2)
        let next = queue.popFirst()
        #expect(next == ids[1])
        let last = queue.popFirst()
        #expect(last == ids[4])
    }

    @Test func anEmptyQueueHasNoEarliestDeadline() {
        var queue = WaiterQueue()
        let id = 1
        queue.append(id, arrival: start, deadline: start + 5, isCallDeadline: false)

        _ = queue.remove(id)

        #expect(queue.earliestDeadline == .distantFuture)
    }
}
