import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database, .listening, .timeLimit(.minutes(2)))
struct NotificationStreamTests {
    @Test(arguments: Backend.all)
    func whatArrivesAfterItWasOpenedIsToldInOrder(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 3)

        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        var created: [AppNotification] = []
        for number in 1...5 {
            created.append(try await inbox.store.notifications.create(user: inbox.user, title: "new \(number)", message: "…"))
            _ = try await inbox.store.notifications.create(user: inbox.other, title: "other's", message: "…")
        }

        #expect(try await stream.first(5) == created.map { .notification($0) })
    }

    @Test(arguments: Backend.all)
    func aLoopThatWaitsIsWoken(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        let told = Recorder<String>()
        let loop = Task {
            for try await event in stream {
                guard let title = event.notification?.title else { continue }
                told.record(title)
                if title == "5" { break }
                // The next one is made only now, so the loop has nothing to read before it is woken.
                let next = (Int(title) ?? 0) + 1
                _ = try await inbox.store.notifications.create(user: inbox.user, title: "\(next)", message: "…")
            }
        }

        _ = try await inbox.store.notifications.create(user: inbox.user, title: "1", message: "…")
        try await loop.value

        #expect(told.values == ["1", "2", "3", "4", "5"])
    }

    @Test(arguments: Backend.all)
    func eachLoopBeginsWhereTheStreamWasOpened(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        for number in 1...3 { try await inbox.store.notifications.create(user: inbox.user, title: "\(number)", message: "…") }

        #expect(try await stream.firstTitles(3) == ["1", "2", "3"])
        #expect(try await stream.firstTitles(2) == ["1", "2"])

        let later = try await inbox.store.notifications.stream(user: inbox.user)
        try await inbox.store.notifications.create(user: inbox.user, title: "4", message: "…")
        #expect(try await later.firstTitles(1) == ["4"])
    }

    @Test(arguments: Backend.all)
    func aTransactionIsToldWhenItCommitsAndOneThatFailsIsNot(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        struct Abandoned: Error {}

        await #expect(throws: Abandoned.self) {
            try await inbox.store.transaction { store in
                try await store.notifications.create(user: inbox.user, title: "never", message: "…")
                throw Abandoned()
            }
        }
        let committed = try await inbox.store.transaction { store in
            var created: [AppNotification] = []
            for number in 1...3 { created.append(try await store.notifications.create(user: inbox.user, title: "\(number)", message: "…")) }
            return created.sorted { $0.id < $1.id }
        }

        #expect(try await stream.first(3) == committed.map { .notification($0) })
    }

    @Test(arguments: Backend.all)
    func aTransactionThatIsUnderWayWhenTheStreamIsOpenedIsTold(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)

        let stream = try await inbox.store.transaction { store in
            try await store.notifications.create(user: inbox.user, title: "begun before", message: "…")
            // Another task, since the store itself is not to be used inside of its transaction.
            return try await Task.detached { try await inbox.store.notifications.stream(user: inbox.user) }.value
        }

        #expect(try await stream.firstTitles(1) == ["begun before"])
    }

    @Test(arguments: Backend.all)
    func manyAreToldToALoopThatComesLate(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        var titles: [String] = []
        for part in 0..<3 {
            try await inbox.store.transaction { store in
                for number in 0..<300 {
                    inbox.clock.advance(by: .milliseconds(1))
                    try await store.notifications.create(user: inbox.user, title: "\(part)-\(number)", message: "…")
                }
            }
            titles += (0..<300).map { "\(part)-\($0)" }
        }
        try await inbox.store.notifications.create(user: inbox.user, title: "last", message: "…")

        #expect(try await stream.firstTitles(901) == titles + ["last"])
    }

    @Test(arguments: Backend.all)
    func whatIsDeletedIsNotToldAndWhatIsMarkedIsToldOnce(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)
        let stream = try await inbox.store.notifications.stream(user: inbox.user)
        let first = try await inbox.store.notifications.create(user: inbox.user, title: "1", message: "…")
        let second = try await inbox.store.notifications.create(user: inbox.user, title: "2", message: "…")
        _ = try await inbox.store.notifications.delete(first.id, user: inbox.user)

        var titles: [String] = []
        for try await event in stream {
            guard let notification = event.notification else { continue }
            titles.append(notification.title)
            if notification == second {
                try await inbox.store.notifications.markAllRead(user: inbox.user)
                try await inbox.store.notifications.create(user: inbox.user, title: "3", message: "…")
            }
            if notification.title == "3" { break }
        }

        #expect(titles == ["2", "3"])
    }

    @Test(arguments: Backend.all)
    func aTeamsStreamTellsOfWhatTheTeamWasNotifiedOf(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let member = try await scene.addMember()
        let elsewhere = try await scene.store.teams.createTeam(.fixture(owner: member.id)).id
        let stream = try await scene.store.notifications.stream(team: scene.team.id)

        try await scene.store.notifications.notifyTeam(elsewhere, title: "elsewhere", message: "…")
        try await scene.store.notifications.create(user: member.id, title: "private", message: "…")
        try await scene.store.notifications.create(users: [member.id, scene.owner.id], title: "many", message: "…")
        try await scene.store.notifications.notifyTeam(scene.team.id, title: "all", message: "…")
        try await scene.store.notifications.notifyTeam(scene.team.id, title: "one", message: "…", role: nil, excluding: scene.owner.id)

        let told = try await stream.first(3).compactMap(\.notification)
        #expect(told.map(\.title) == ["all", "all", "one"])
        #expect(Set(told.prefix(2).map(\.userID)) == [scene.owner.id, member.id])
        #expect(told.last?.userID == member.id)
    }

    @Test(arguments: Backend.all)
    func aboutNobodyNothingIsTold(_ backend: Backend) async throws {
        let store = try await backend.makeStore()

        for id in ["nobody", "", "a\0b", String(repeating: "x", count: 10_000)] {
            let users = try await store.notifications.stream(user: UserID(id))
            let teams = try await store.notifications.stream(team: TeamID(id))
            for stream in [users, teams] {
                let loop = Task { try await stream.first(1) }
                loop.cancel()
                await expectError(DataError(.cancelled, outcome: .notSent)) { _ = try await loop.value }
            }
        }
    }

    @Test(arguments: Backend.all)
    func aStreamIsNotOpenedInATransaction(_ backend: Backend) async throws {
        let inbox = try await Inbox.make(on: backend, count: 1)

        try await inbox.store.transaction { store in
            await expectRule(.streamInTransaction) { _ = try await store.notifications.stream(user: inbox.user) }
            await expectRule(.streamInTransaction) { _ = try await store.notifications.stream(team: "team") }
            await expectRule(.outerStoreInTransaction) { _ = try await inbox.store.notifications.stream(user: inbox.user) }
        }
    }
}
