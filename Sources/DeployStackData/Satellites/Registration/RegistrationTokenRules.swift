import DeployStackModels

/// What the fields of a registration token may be.
enum RegistrationTokenRules {
    static let randomBytes = 32
    /// How many of a token's random characters are stored for people to tell tokens apart.
    static let shownCharacters = 6

    static let invalid = DataError.ruleViolation(
        .invalidRegistrationToken, "the token is unknown, used, expired or revoked, or for a satellite of another type or team")

    static func prefix(_ type: SatelliteType) -> String { "deploystack_satellite_\(type.rawValue)_" }

    static func lifetime(_ type: SatelliteType) -> Duration { type == .team ? .seconds(86_400) : .seconds(3_600) }

    /// Whether a text can be a token at all. Others are not looked up.
    static func canBeToken(_ text: String) -> Bool {
        SatelliteType.known.contains { type in
            text.utf8.count == prefix(type).utf8.count + (randomBytes * 4 + 2) / 3 && text.hasPrefix(prefix(type))
        }
    }
}

extension NewSatelliteRegistrationToken {
    /// Throws when a token cannot be made like this. A team or user that does not exist is found by the database.
    func validate() throws(DataError) {
        try SatelliteRules.validate(type: type)
        guard (type == .team) == (team != nil) else {
            throw .validation("team", "a token of type team has a team, and one of type global has none")
        }
        guard permissions.count <= 100 else { throw .validation("permissions", "there may be at most 100") }
        for permission in permissions { _ = try TextRule(field: "permissions", characters: 1...100).checked(permission) }
        if let team, !IdentifierRule.canExist(team) {
            throw .referenceMissing(.team, constraint: "satelliteRegistrationTokens_team_id_fkey")
        }
        if let createdBy, !IdentifierRule.canExist(createdBy) {
            throw .referenceMissing(.user, constraint: "satelliteRegistrationTokens_created_by_fkey")
        }
    }
}

/// A new registration token: its text, which is given out once, and what is stored about it.
struct GeneratedRegistrationToken: Sendable {
    let text: String
    let record: SatelliteRegistrationToken
    var hash: TokenHash { TokenHash(of: text) }

    init(_ new: NewSatelliteRegistrationToken, in environment: StoreEnvironment) throws(DataError) {
        try new.validate()
        let now = environment.now()
        let prefix = RegistrationTokenRules.prefix(new.type)
        text = prefix + Base64URL.encode(environment.options.randomSource.bytes(RegistrationTokenRules.randomBytes))
        record = SatelliteRegistrationToken(
            id: SatelliteRegistrationTokenID(environment.makeID()), type: new.type, teamID: new.team,
            prefix: String(text.prefix(prefix.count + RegistrationTokenRules.shownCharacters)), createdBy: new.createdBy,
            permissions: new.permissions, usedAt: nil, usedBy: nil, expiresAt: now.adding(RegistrationTokenRules.lifetime(new.type)) ?? now,
            createdAt: now)
    }
}
