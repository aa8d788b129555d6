import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct InMemoryTransactionTests {
    private struct Failure: Error {}

    private let ada = NewUser(username: "ada", email: "ada@example.org")
    private let bob = NewUser(username: "bob", email: "bob@example.org")

    @Test func whatATransactionDidIsThereAfterwards() async throws {
        let backend = InMemoryBackend.make()

        let user = try await backend.transaction(.default) { try await $0.services.users.createUser(ada) }

        #expect(try await backend.services.users.user(user.id) == user)
    }

    @Test func aTransactionThatThrowsLeavesNothing() async throws {
        let backend = InMemoryBackend.make()

        await #expect(throws: Failure.self) {
            try await backend.transaction(.default) { store in
                try await store.services.users.createUser(ada)
                throw Failure()
            }
        }

        #expect(try await backend.services.users.user(email: "ada@example.org") == nil)
        #expect(try await backend.services.teams.team(slug: "ada") == nil)
    }

    @Test func aCallThatFailsLeavesNothingAndTheTransactionGoesOn() async throws {
        let backend = InMemoryBackend.make()

        try await backend.transaction(.default) { store in
            try await store.services.users.createUser(ada)
            // The name is free and is taken before the address turns out not to be.
            let halfFree = NewUser(username: bob.username, email: ada.email)
            await #expect(throws: DataError.self) { try await store.services.users.createUser(halfFree) }
            try await store.services.users.createUser(bob)
        }

        #expect(try await backend.services.users.user(email: "ada@example.org") != nil)
        #expect(try await backend.services.users.user(email: "bob@example.org") != nil)
    }

    @Test func aNestedTransactionThatThrowsIsPutBackAlone() async throws {
        let backend = InMemoryBackend.make()

        try await backend.transaction(.default) { outer in
            try await outer.services.users.createUser(ada)
            await #expect(throws: Failure.self) {
                try await outer.transaction(.default) { inner in
                    try await inner.services.users.createUser(bob)
                    throw Failure()
                }
            }
        }

        #expect(try await backend.services.users.user(email: "ada@example.org") != nil)
        #expect(try await backend.services.users.user(email: "bob@example.org") == nil)
    }

    @Test func othersSeeNothingOfATransactionThatIsNotDone() async throws {
        let backend = InMemoryBackend.make()

        try await backend.transaction(.default) { store in
            let user = try await store.services.users.createUser(ada)
            let seenByOthers = try await Task.detached { try await backend.services.users.user(user.id) }.value
            #expect(seenByOthers == nil)
            #expect(try await store.services.users.user(user.id) == user)
        }
    }

    @Test func aChangeWaitsForATransactionAndIsNotLost() async throws {
        let backend = InMemoryBackend.make()

        let change = try await backend.transaction(.default) { store in
            try await store.services.users.createUser(ada)
            let change = Task.detached { try await backend.services.users.createUser(bob) }
            while backend.writer.waiterCount == 0 { await Task.yield() }
            return change
        }
        let changed = try await change.value

        #expect(try await backend.services.users.user(email: "ada@example.org") != nil)
        #expect(try await backend.services.users.user(changed.id) == changed)
    }

    @Test func theOuterStoreIsRefusedInsideItsTransaction() async throws {
        let backend = InMemoryBackend.make()

        try await backend.transaction(.default) { _ in
            let error = await #expect(throws: DataError.self) { try await backend.services.users.user("ada") }
            #expect(error?.rule == .outerStoreInTransaction)
        }
    }

    @Test func anotherStoreCanBeUsedInsideATransaction() async throws {
        let backend = InMemoryBackend.make()
        let other = InMemoryBackend.make()

        try await backend.transaction(.default) { _ in
            _ = try await other.services.users.createUser(ada)
        }

        #expect(try await other.services.users.user(email: "ada@example.org") != nil)
        #expect(try await backend.services.users.user(email: "ada@example.org") == nil)
    }

    @Test func aTransactionThatOnlyReadsRefusesChanges() async throws {
        let backend = InMemoryBackend.make()

        try await backend.transaction(TransactionOptions(isReadOnly: true)) { store in
            let error = await #expect(throws: DataError.self) { try await store.services.users.createUser(ada) }
            #expect(error?.kind == .unavailable)
        }
    }

    @Test func aTransactionThatHasEndedCanDoNothing() async throws {
        let backend = InMemoryBackend.make()
        let ended = try await backend.transaction(.default) { $0 }

        let error = await #expect(throws: DataError.self) { try await ended.services.users.createUser(ada) }

        #expect(error?.kind == .unavailable)
        #expect(try await backend.services.users.user(email: "ada@example.org") == nil)
    }

    @Test func changesAtTheSameTimeAreMadeOneAfterTheOther() async throws {
        let backend = InMemoryBackend.make()
        let owner = try await backend.services.users.createUser(ada, withDefaultTeam: false)

        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask { (try? await backend.services.teams.createTeam(NewTeam(name: "Acme", owner: owner.id))) != nil }
            }
            return await group.reduce(into: 0) { count, succeeded in count += succeeded ? 1 : 0 }
        }

        #expect(results == 3)
        #expect(try await backend.services.teams.teams(of: owner.id).map(\.slug).sorted() == ["acme", "acme-2", "acme-3"])
    }

    @Test func aCallInACancelledTaskChangesNothing() async throws {
        let backend = InMemoryBackend.make()

        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await backend.services.users.createUser(ada)
        }
        task.cancel()

        await #expect(throws: DataError(.cancelled, outcome: .notSent)) { try await task.value }
        #expect(try await backend.services.users.user(email: "ada@example.org") == nil)
    }

    @Test func aClosedStoreRefusesEverything() async throws {
        let backend = InMemoryBackend.make()
        await backend.close()

        let expected = DataError(.unavailable, reason: "the store is closed", outcome: .notSent)
        await #expect(throws: expected) { try await backend.services.users.user("ada") }
        await #expect(throws: expected) { try await backend.services.users.createUser(ada) }
        await #expect(throws: expected) { try await backend.transaction(.default) { _ in } }
    }
}
