/// Every method of every repository, with the calls that show that it keeps teams apart.
///
/// A new method gets a case beside those of its repository. When it takes a team, a user or a viewer, `own` calls it for `ours` alone, and `foreign`
/// calls it for `ours` with an identifier of `other` in every other parameter that takes one. When it takes an identifier alone, say why in `unscoped`.
enum IsolationTable {
    static let all = [
        users, roles, teams, catalog, installations, instances, userConfigurations, tokens, oauthClients, secrets, settings, preferences,
        notifications, categories, satellites, satelliteCommands, registrationTokens, serverVersions,
    ].flatMap { $0 }

    static let platform = "The platform's own: rows of no team."
    static let administrators = "For administrators of the platform, who see every team."
    static let streams = "Outside of transactions; the tests of streams hold whom they tell of what."
    static let bearer = "For whoever holds a secret that was given to nobody else."
    static let byIdentifier = "By identifier alone, for code that has authorised its caller before."
}
