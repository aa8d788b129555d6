/// The demo itself: one program over a store, which knows neither what the store stands on nor who watches.
enum DemoScenario {
    /// Plays all steps and returns what the store answered.
    ///
    /// - Parameters:
    ///   - stage: An empty store with its schema, and the world around it.
    ///   - catalog: What to import.
    /// - Throws: ``DemoInterruption``.
    static func play(on stage: DemoStage, catalog: DemoCatalog) async throws -> DemoTranscript {
        let catalog = try await stage.step(.catalog) { try await CatalogAnswers(asking: $0, for: catalog) }
        let people = try await stage.step(.people) { try await PeopleAnswers(asking: $0) }
        let tags = try await stage.step(.tags) { try await TagAnswers(asking: $0) }
        let search = try await stage.step(.search) { try await SearchAnswers(asking: $0) }
        let installations = try await stage.step(.installations) { try await InstallationAnswers(asking: $0, people: people, tags: tags) }
        let views = try await stage.step(.views) { try await ViewAnswers(asking: $0, team: people.team, tags: tags) }
        let teams = try await stage.step(.teams) { try await RenameAnswers(asking: $0, people: people) }
        let transaction = try await stage.step(.transaction) { try await TransactionAnswers(asking: $0, people: people) }
        let tokens = try await stage.step(.tokens) { try await TokenAnswers(asking: $0, people: people) }
        let notifications = try await stage.step(.notifications) { try await NotificationAnswers(asking: $0, people: people) }
        return DemoTranscript(
            catalog: catalog, people: people, tags: tags, search: search, installations: installations, views: views, teams: teams,
            transaction: transaction, tokens: tokens, notifications: notifications)
    }
}
