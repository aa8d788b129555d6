/// All answers that a store gave in the demo. Two backends are equal when their transcripts are.
struct DemoTranscript: Codable, Equatable {
    var catalog: CatalogAnswers
    var people: PeopleAnswers
    var tags: TagAnswers
    var search: SearchAnswers
    var installations: InstallationAnswers
    var views: ViewAnswers
    var teams: RenameAnswers
    var transaction: TransactionAnswers
    var tokens: TokenAnswers
    var notifications: NotificationAnswers
}
