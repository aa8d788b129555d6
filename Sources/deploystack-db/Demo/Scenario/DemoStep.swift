/// The steps of the demo, in their order.
enum DemoStep: String, CaseIterable, Codable, CodingKeyRepresentable {
    case catalog
    case people
    case tags
    case search
    case installations
    case views
    case teams
    case transaction
    case tokens
    case notifications

    /// The step's name for people.
    var title: String {
        switch self {
        case .catalog: "Import a catalog"
        case .people: "Users and teams"
        case .tags: "Tags"
        case .search: "Search"
        case .installations: "Install until a limit refuses"
        case .views: "The joined view"
        case .teams: "Rename a team"
        case .transaction: "A transaction that fails"
        case .tokens: "Access tokens"
        case .notifications: "Notifications"
        }
    }
}
