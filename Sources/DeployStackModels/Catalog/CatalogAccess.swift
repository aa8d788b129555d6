/// Whose view of the catalog a list or search shows.
public enum CatalogViewer: Sendable, Hashable {
    /// Every entry, of every team.
    case administrator
    /// The entries that everybody sees, and those of these teams. Without teams, only what everybody sees.
    case member(of: [TeamID])
}

/// Who changes the catalog, and with which rights.
///
/// The rights are the caller's to establish; the catalog only holds the change against them.
public enum CatalogEditor: Sendable, Hashable {
    /// A global administrator: may do everything.
    case globalAdministrator(UserID)
    /// An administrator of some teams: may make entries that one of them owns.
    case teamAdministrator(UserID, of: [TeamID])
    /// The platform itself, such as an import: may do everything; entries name no user.
    case system

    /// The user who makes the change, or `nil` when the platform does.
    public var userID: UserID? {
        switch self {
        case .globalAdministrator(let user), .teamAdministrator(let user, _): user
        case .system: nil
        }
    }
}
