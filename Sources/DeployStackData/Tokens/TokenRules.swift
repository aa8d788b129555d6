import DeployStackModels

/// What the fields of a token may be.
enum TokenRules {
    /// Every token's first characters, by which people and scanners of leaked secrets know it.
    static let accessTokenPrefix = "dsa_"
    /// How many random bytes a token has.
    static let randomBytes = 32
    static let notMember = DataError.ruleViolation(.notMember, "a token is issued to members of its team only")

    static let impossibleLifetime = DataError(
        .configuration, field: "accessTokenLifetime", reason: "a token must be valid for at least a microsecond, and expire before the year 294247")

    /// Whether a text can be an access token at all. Others are not looked up.
    static func canBeAccessToken(_ text: String) -> Bool {
        text.utf8.count == accessTokenPrefix.utf8.count + (randomBytes * 4 + 2) / 3 && text.hasPrefix(accessTokenPrefix)
    }
}

extension NewAccessToken {
    /// The token as it is stored, or a validation error.
    func validated() throws(DataError) -> NewAccessToken {
        var token = self
        token.clientID = try TextRule(field: "clientID", characters: 1...255).checked(clientID)
        token.resource = try TextRule(field: "resource", characters: 1...2_048).checked(resource)
        token.familyID = try TextRule(field: "familyID", characters: 1...100).checked(familyID)
        token.scopes = try TokenRules.checked(scopes)
        return token
    }
}
