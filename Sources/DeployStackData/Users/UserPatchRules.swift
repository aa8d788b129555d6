import DeployStackModels

extension UserPatch {
    /// The patch as it is applied, or a validation error.
    func validated() throws(DataError) -> UserPatch {
        var patch = self
        if let username { patch.username = try UserRules.username(username) }
        if let email { patch.email = try EmailRule.checked(email) }
        if case .set(let text) = firstName { _ = try UserRules.personName(text, "firstName") }
        if case .set(let text) = lastName { _ = try UserRules.personName(text, "lastName") }
        if case .set(let text) = githubID { _ = try UserRules.githubID(text) }
        if let roleID, !IdentifierRule.canExist(roleID) { throw RoleRules.missing }
        return patch
    }
}

extension User {
    /// Changes the user as a patch says.
    mutating func apply(_ patch: UserPatch, at now: Timestamp) {
        if let username = patch.username { self.username = username }
        if let email = patch.email { self.email = email }
        firstName = patch.firstName.applied(to: firstName)
        lastName = patch.lastName.applied(to: lastName)
        githubID = patch.githubID.applied(to: githubID)
        if let roleID = patch.roleID { self.roleID = roleID }
        if let isEmailVerified = patch.isEmailVerified { self.isEmailVerified = isEmailVerified }
        updatedAt = now
    }
}

extension UserRules {
    static func username(_ username: String) throws(DataError) -> String {
        try TextRule(field: "username", characters: 3...30, isTrimmed: true).checked(username)
    }

    static func personName(_ name: String?, _ field: String) throws(DataError) -> String? {
        try TextRule(field: field, characters: 0...100).checked(name)
    }

    static func githubID(_ id: String?) throws(DataError) -> String? {
        try TextRule(field: "githubID", characters: 1...100).checked(id)
    }

    /// The search in a list of users, or `nil` when there is nothing to look for.
    static func search(_ text: String?) throws(DataError) -> SubstringRule? {
        try SubstringRule(text, field: "search")
    }

    /// Throws when the only global administrator would get another role.
    static func validate(_ patch: UserPatch, of user: User, administrators: Int) throws(DataError) {
        guard let role = patch.roleID, role != .globalAdministrator, user.isGlobalAdministrator, administrators <= 1 else { return }
        throw .ruleViolation(.lastGlobalAdministrator, "the only global administrator keeps the role")
    }
}
