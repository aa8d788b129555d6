import DeployStackModels

extension NewUser {
    /// The user as it is stored, or a validation error.
    func validated() throws(DataError) -> NewUser {
        var user = self
        user.username = try UserRules.username(username)
        user.email = try EmailRule.checked(email)
        guard authType.isKnown else { throw .validation("authType", "it must be email_signup or github") }
        user.firstName = try UserRules.personName(firstName, "firstName")
        user.lastName = try UserRules.personName(lastName, "lastName")
        user.githubID = try UserRules.githubID(githubID)
        return user
    }
}

/// What an e-mail address may be: something on both sides of one `@`, no white space, at most 254 bytes (RFC 5321, section 4.5.3.1.3).
enum EmailRule {
    static func checked(_ email: String) throws(DataError) -> String {
        let email = lowercased(email.trimmingWhitespace())
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), email.utf8.count <= 254,
            !email.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0.value < 0x20 })
        else {
            throw .validation("email", "it must be an address such as name@example.org with at most 254 bytes")
        }
        return email
    }

    /// The address with ASCII letters in lower case. Others stay: their lower case depends on a language, and the database's `lower` on its locale.
    static func lowercased(_ email: String) -> String {
        String(decoding: email.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// What holds for users beside their fields.
enum UserRules {
    /// Throws when a user's teams cannot go to somebody.
    static func validateTransfer(of user: UserID, to newOwner: UserID?) throws(DataError) {
        guard let newOwner else { return }
        guard newOwner != user else { throw .validation("transferTeamsTo", "it must be another user than the one who is deleted") }
        guard IdentifierRule.canExist(newOwner) else { throw .notFound(.user) }
    }

    /// Throws when a user cannot be deleted.
    static func validateDeletion(isLastAdministrator: Bool, ownsSharedTeam: Bool) throws(DataError) {
        guard !isLastAdministrator else {
            throw .ruleViolation(.lastGlobalAdministrator, "the only global administrator cannot be deleted")
        }
        guard !ownsSharedTeam else { throw .inUse(.team, "the user owns a team that has other members") }
    }
}

extension User {
    /// The record of a new user; the first one is a global administrator whose address counts as confirmed.
    init(_ user: NewUser, isFirst: Bool, in environment: StoreEnvironment) {
        let now = environment.now()
        self.init(
            id: UserID(environment.makeID()), username: user.username, email: user.email, authType: user.authType, firstName: user.firstName,
            lastName: user.lastName, githubID: user.githubID, roleID: isFirst ? .globalAdministrator : .globalUser, isEmailVerified: isFirst,
            createdAt: now, updatedAt: now)
    }
}
