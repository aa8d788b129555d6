import DeployStackModels
import Synchronization
import Testing

@testable import DeployStackData

@Suite struct WriterLockTests {
    /// Starts a task that takes the lock, and waits until it is in the queue.
    private func queue(on lock: WriterLock, _ work: @escaping @Sendable () -> Void) async -> Task<Void, any Error> {
        let before = lock.waiterCount
        let task = Task {
            try await lock.acquire()
            work()
            lock.release()
        }
        while lock.waiterCount == before { await Task.yield() }
        return task
    }

    @Test func writersComeInTheOrderInWhichTheyAsked() async throws {
        let lock = WriterLock()
        let order = Record()
        try await lock.acquire()
        var tasks: [Task<Void, any Error>] = []
        for number in 1...20 { tasks.append(await queue(on: lock) { order.append(number) }) }

        lock.release()
        for task in tasks { try await task.value }

        #expect(order.values == Array(1...20))
    }

    @Test func aCancelledWaiterLeavesTheQueueAndTheNextOneFollows() async throws {
        let lock = WriterLock()
        let done = Record()
        try await lock.acquire()
        let first = await queue(on: lock) { done.append(1) }
        let second = await queue(on: lock) { done.append(2) }

        first.cancel()
        await #expect(throws: DataError(.cancelled, outcome: .notSent)) { try await first.value }
        #expect(lock.waiterCount == 1)
        lock.release()
        try await second.value

        #expect(done.values == [2])
    }

    @Test func aTaskThatIsCancelledAlreadyIsNotQueued() async throws {
        let lock = WriterLock()
        try await lock.acquire()

        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await lock.acquire()
        }
        task.cancel()

        await #expect(throws: DataError(.cancelled, outcome: .notSent)) { try await task.value }
        #expect(lock.waiterCount == 0)
    }

    @Test func closingRefusesThoseWhoWait() async throws {
        let lock = WriterLock()
        try await lock.acquire()
        let waiter = await queue(on: lock) {}

        lock.close()

        let error = await #expect(throws: DataError.self) { try await waiter.value }
        #expect(error?.kind == .unavailable)
        await #expect(throws: DataError.self) { try await lock.acquire() }
    }

    @Test func theLockIsFreeAfterEverybodyLeft() async throws {
        let lock = WriterLock()
        try await lock.acquire()
        let waiter = await queue(on: lock) {}
        waiter.cancel()
        _ = await waiter.result
        lock.release()

        try await lock.acquire()
        lock.release()
    }
}

/// Numbers in the order in which tasks wrote them down.
private final class Record: Sendable {
    private let numbers = Mutex<[Int]>([])
    var values: [Int] { numbers.withLock { $0 } }

    func append(_ number: Int) {
        numbers.withLock { $0.append(number) }
    }
}
