import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// Calls of a fake fail when they are told to, and only then.
struct InjectedFaultTests {
    private let fake = FakeDataStore(options: .reproducible())
    private let outage = DataError(.unavailable, reason: "the connection broke", outcome: .failed)

    private func addUser(_ name: String = "ada") async throws -> User {
        try await fake.store.users.createUser(NewUser(username: name, email: "\(name)@example.org"), withDefaultTeam: false)
    }

    @Test
    func onlyTheNextCallFailsAndHasNoEffect() async throws {
        fake.failNext(.users.createUser, with: outage)

        await expectError(outage) { _ = try await addUser() }
        let user = try await addUser()

        #expect(try await fake.store.users.user(user.id) == user)
        #expect(fake.pendingFaults == 0)
    }

    @Test
    func otherCallsAreNotConcerned() async throws {
        let user = try await addUser()
        fake.failNext(.teams.createTeam, with: outage)

        _ = try await fake.store.users.user(user.id)
        _ = try await fake.store.teams.teams(of: user.id)

        #expect(fake.pendingFaults == 1)
        await expectError(outage) { _ = try await fake.store.teams.createTeam(.fixture(owner: user.id)) }
    }

    @Test
    func anyCallOfARepositoryOrOfTheStoreCanBeMeant() async throws {
        let user = try await addUser()
        fake.failNext(.notifications.anyCall, with: outage)
        _ = try await fake.store.teams.teams(of: user.id)
        await expectError(outage) { _ = try await fake.store.notifications.unreadCount(user: user.id) }

        fake.failNext(with: outage)
        await expectError(outage) { _ = try await fake.store.teams.teams(of: user.id) }
    }

    @Test
    func soManyCallsFailAsWereAskedFor() async throws {
        let user = try await addUser()
        fake.failNext(.users.user, with: outage, times: 3)
        fake.failNext(.users.user, with: outage, times: 0)

        for _ in 0..<3 { await expectError(outage) { _ = try await fake.store.users.user(user.id) } }
        #expect(try await fake.store.users.user(user.id) == user)
    }

    @Test
    func aConditionChoosesByTheArguments() async throws {
        let (ada, bob) = (try await addUser("ada"), try await addUser("bob"))
        fake.failNext(.notifications.create, with: outage, where: { $0.argument("user", as: UserID.self) == bob.id })

        try await fake.store.notifications.create(user: ada.id, title: "Hello", message: "…")
        await expectError(outage) { try await fake.store.notifications.create(user: bob.id, title: "Hello", message: "…") }

        #expect(try await fake.store.notifications.unreadCount(user: ada.id) == 1)
        #expect(try await fake.store.notifications.unreadCount(user: bob.id) == 0)
    }

    @Test
    func twoMethodsOfOneNameAreToldApartByACondition() async throws {
        let user = try await addUser()
        fake.failNext(.users.user, with: outage, where: { $0.method == "user(email:)" })

        #expect(try await fake.store.users.user(user.id) == user)
        await expectError(outage) { _ = try await fake.store.users.user(email: user.email) }
    }

    @Test
    func aCallWhoseAnswerIsLostHasHadItsEffect() async throws {
        let lost = DataError(.outcomeUnknown, outcome: .unknown)
        fake.failNext(.users.createUser, with: lost, .afterTheCall)

        await expectError(lost) { _ = try await addUser() }

        #expect(try await fake.store.users.user(email: "ada@example.org") != nil)
    }

    @Test
    func ofTwoFailuresTheFirstHappensFirst() async throws {
        let user = try await addUser()
        fake.failNext(.users.user, with: outage)
        fake.failNext(.users.anyCall, with: DataError(.timeout, outcome: .failed))

        await expectError(outage) { _ = try await fake.store.users.user(user.id) }
        await expectError(DataError(.timeout, outcome: .failed)) { _ = try await fake.store.users.user(user.id) }
    }

    @Test
    func forgottenFaultsDoNotHappen() async throws {
        fake.failNext(with: outage, times: 5)
        fake.removeFaults()

        _ = try await addUser()

        #expect(fake.pendingFaults == 0)
    }

    @Test
    func aStreamFailsWhenItIsRead() async throws {
        let user = try await addUser()
        try await fake.store.notifications.create(user: user.id, title: "Hello", message: "…")
        fake.failNext(.notifications.allNotifications, with: outage)

        let stream = fake.store.notifications.allNotifications(user: user.id)
        #expect(fake.pendingFaults == 1)

        await expectError(outage) { for try await _ in stream {} }
        var titles: [String] = []
        for try await notification in stream { titles.append(notification.title) }
        #expect(titles == ["Hello"])
    }

    @Test
    func aStreamWhoseEndIsLostHasGivenItsValues() async throws {
        let user = try await addUser()
        try await fake.store.notifications.create(user: user.id, title: "Hello", message: "…")
        fake.failNext(.notifications.allNotifications, with: outage, .afterTheCall)

        var titles: [String] = []
        await expectError(outage) {
            for try await notification in fake.store.notifications.allNotifications(user: user.id) { titles.append(notification.title) }
        }

        #expect(titles == ["Hello"])
    }

    @Test
    func oneOfManyCallsAtOnceFails() async throws {
        let user = try await addUser()
        fake.failNext(.users.user, with: outage)

        let failures = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { [store = fake.store] in
                    do {
                        _ = try await store.users.user(user.id)
                        return 0
                    } catch let error as DataError where error.kind == .unavailable {
                        return 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }

        #expect(failures == 1)
    }
}
