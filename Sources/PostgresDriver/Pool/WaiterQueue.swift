import DequeModule

/// Callers that wait for a connection, first in, first out.
///
/// Their numbers grow in order of arrival, so one in the middle is found by halving and marked as gone; marks are swept when they outnumber the
/// living. Several queues share one sequence of numbers, which tells who of two callers in different queues came first.
struct WaiterQueue {
    private struct Entry {
        let id: Int
        let arrival: MonotonicTime
        let deadline: MonotonicTime
        let isCallDeadline: Bool
        var isWaiting: Bool
    }

    private var entries: Deque<Entry> = []
    /// The number of callers that wait.
    private(set) var count = 0

    /// No caller's time ends before this moment.
    private(set) var earliestDeadline = MonotonicTime.distantFuture

    /// Adds a caller at the end, under a number greater than all before it.
    mutating func append(_ id: Int, arrival: MonotonicTime, deadline: MonotonicTime, isCallDeadline: Bool) {
        entries.append(Entry(id: id, arrival: arrival, deadline: deadline, isCallDeadline: isCallDeadline, isWaiting: true))
        count += 1
        earliestDeadline = min(earliestDeadline, deadline)
    }

    /// The caller that has waited longest, and since when.
    var first: (id: Int, arrival: MonotonicTime)? {
        mutating get {
            while let entry = entries.first {
                if entry.isWaiting { return (entry.id, entry.arrival) }
                entries.removeFirst()
            }
            return nil
        }
    }

    /// Takes the caller that has waited longest.
    mutating func popFirst() -> Int? {
        while let entry = entries.popFirst() {
            guard entry.isWaiting else { continue }
            count -= 1
            if count == 0 { clear() }
            return entry.id
        }
        return nil
    }

    /// Moves the caller that has waited longest to the end of another queue, in which everybody came before it.
    mutating func moveFirst(to other: inout WaiterQueue) {
        while let entry = entries.popFirst() {
            guard entry.isWaiting else { continue }
            count -= 1
            if count == 0 { clear() }
            other.append(entry.id, arrival: entry.arrival, deadline: entry.deadline, isCallDeadline: entry.isCallDeadline)
            return
        }
    }

    /// Takes a caller out, wherever it stands; false if it does not wait any more.
    mutating func remove(_ id: Int) -> Bool {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].id == id, entries[low].isWaiting else { return false }
        entries[low].isWaiting = false
        count -= 1
        if count == 0 {
            clear()
        } else if entries.count > 64, entries.count > 2 * count {
            entries.removeAll { !$0.isWaiting }
        }
        return true
    }

    /// Takes out everyone whose time has ended, in order of arrival, and calls `body` for each.
    mutating func removeExpired(at now: MonotonicTime, _ body: (_ id: Int, _ isCallDeadline: Bool) -> Void) {
        guard count > 0, now >= earliestDeadline else { return }
        var earliest = MonotonicTime.distantFuture
        entries.removeAll { entry in
            guard entry.isWaiting else { return true }
            guard entry.deadline <= now else {
                earliest = min(earliest, entry.deadline)
                return false
            }
            count -= 1
            body(entry.id, entry.isCallDeadline)
            return true
        }
        earliestDeadline = earliest
    }

    private mutating func clear() {
        entries.removeAll(keepingCapacity: true)
        earliestDeadline = .distantFuture
    }
}
