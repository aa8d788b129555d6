import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ClosingTests {
    @Test(arguments: Backend.all)
    func aClosedStoreRefusesEveryCall(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let refusal = DataError(.unavailable, reason: "the store is closed", outcome: .notSent)

        await scene.store.close()

        await expectError(refusal) { _ = try await scene.store.teams.team(scene.team.id) }
        await expectError(refusal) { try await scene.store.notifications.create(user: scene.owner.id, title: "never", message: "…") }
        await expectError(refusal) { try await scene.store.transaction { _ in } }
    }

    @Test(arguments: Backend.all)
    func closingAgainDoesNothing(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        await store.close()
        await store.close()
    }

    @Test(arguments: Backend.all)
    func aCallInACancelledTaskDoesNothing(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let isCancelled = Signal()
        let task = Task {
            await isCancelled.wait()
            try await scene.store.notifications.create(user: scene.owner.id, title: "never", message: "…")
        }
        task.cancel()
        isCancelled.send()

        let error = await #expect(throws: DataError.self) { try await task.value }

        #expect(error?.kind == .cancelled)
        #expect(error?.outcome == .notSent)
        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 0)
    }

    @Test(arguments: Backend.all)
    func aTransactionWhoseTaskIsCancelledLeavesNothingAndTheStoreGoesOn(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let hasWritten = Signal()
        let isCancelled = Signal()
        let task = Task {
            try await scene.store.transaction { store in
                try await store.notifications.create(user: scene.owner.id, title: "never", message: "…")
                hasWritten.send()
                await isCancelled.wait()
                try await store.notifications.create(user: scene.owner.id, title: "never", message: "…")
            }
        }
        await hasWritten.wait()
        task.cancel()
        isCancelled.send()

        let error = await #expect(throws: DataError.self) { try await task.value }

        #expect(error?.kind == .cancelled)
        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 0)
        try await scene.store.notifications.create(user: scene.owner.id, title: "after", message: "…")
        #expect(try await scene.store.notifications.unreadCount(user: scene.owner.id) == 1)
    }

    @Test(arguments: Backend.all)
    func aStoreOfAClosureIsClosedWhateverHappens(_ backend: Backend) async throws {
        struct Failure: Error, Equatable {}
        let store = try await backend.makeStore()

        await #expect(throws: Failure()) { try await withDataStore(store) { _ in throw Failure() } }

        let error = await #expect(throws: DataError.self) { try await store.teams.team("team") }
        #expect(error?.kind == .unavailable)
    }
}
