import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Faults happen in transactions as they do outside, with what follows from them on PostgreSQL.
struct FaultsInTransactionsTests {
    private let fake = FakeDataStore()
    private let outage = DataError(.unavailable, outcome: .failed)
    private let conflict = DataError(.conflict, outcome: .failed)

    /// Creates a user and a team of hers, together.
    private func register() async throws {
        try await fake.store.transaction { store in
            let user = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"), withDefaultTeam: false)
            try await store.teams.createTeam(NewTeam(name: "Analytics", owner: user.id))
        }
    }

    private func isRegistered() async throws -> Bool {
        try await fake.store.users.user(email: "ada@example.org") != nil
    }

    @Test
    func aCallThatFailsTakesTheTransactionWithIt() async throws {
        fake.failNext(.teams.createTeam, with: outage)

        await expectError(outage) { try await register() }

        #expect(try await !isRegistered())
        #expect(fake.calls(of: .transaction.anyCall).map(\.operation) == [.transaction.begin, .transaction.rollback])
    }

    @Test
    func aTransactionThatCannotBeginDoesNothing() async throws {
        fake.failNext(.transaction.begin, with: outage)

        await expectError(outage) { try await register() }

        #expect(fake.calls(of: .users.anyCall).isEmpty)
    }

    @Test
    func aCommitThatFailsLeavesNothing() async throws {
        fake.failNext(.transaction.commit, with: outage)

        await expectError(outage) { try await register() }

        #expect(try await !isRegistered())
        #expect(fake.calls(of: .transaction.commit).map(\.outcome) == [.failed(outage)])
    }

    @Test
    func aCommitWhoseAnswerIsLostHasHappened() async throws {
        let lost = DataError(.outcomeUnknown, outcome: .unknown)
        fake.failNext(.transaction.commit, with: lost, .afterTheCall)

        await expectError(lost) { try await register() }

        #expect(try await isRegistered())
    }

    @Test(arguments: [StoreOperation.teams.createTeam, .transaction.commit])
    func aConflictMakesTheClosureRunAgain(_ operation: StoreOperation) async throws {
        fake.failNext(operation, with: conflict, times: 3)

        try await register()

        #expect(try await isRegistered())
        #expect(fake.calls(of: .users.createUser).count == 4)
        #expect(fake.calls(of: .transaction.begin).count == 4)
    }

    @Test
    func afterThreeRepetitionsTheConflictIsThrown() async throws {
        fake.failNext(.teams.createTeam, with: conflict, times: 10)

        await expectError(conflict) { try await register() }

        #expect(fake.pendingFaults == 6)
        #expect(try await !isRegistered())
    }

    @Test
    func aConflictThatIsSwallowedMakesTheClosureRunAgainToo() async throws {
        fake.failNext(.teams.teams, with: conflict)
        var runs = 0

        try await fake.store.transaction { store in
            runs += 1
            _ = try? await store.teams.teams(of: "nobody")
        }

        #expect(runs == 2)
    }

    @Test
    func anotherErrorRunsTheClosureOnce() async throws {
        fake.failNext(.teams.createTeam, with: outage)

        await expectError(outage) { try await register() }

        #expect(fake.calls(of: .users.createUser).count == 1)
    }

    @Test
    func aFailedSavepointUndoesItsOwnAlone() async throws {
        fake.failNext(.teams.createTeam, with: outage)
        let outage = outage

        try await fake.store.transaction { store in
            let user = try await store.users.createUser(NewUser(username: "ada", email: "ada@example.org"), withDefaultTeam: false)
            await expectError(outage) {
                try await store.transaction { store in
                    try await store.notifications.create(user: user.id, title: "Hello", message: "…")
                    try await store.teams.createTeam(NewTeam(name: "Analytics", owner: user.id))
                }
            }
        }

        let user = try #require(try await fake.store.users.user(email: "ada@example.org"))
        #expect(try await fake.store.notifications.unreadCount(user: user.id) == 0)
        #expect(fake.calls(of: .teams.createTeam).map(\.isInTransaction) == [true])
    }
}
