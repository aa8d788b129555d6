import DeployStackModels

/// What calls about instances may ask for.
enum InstanceRules {
    /// The most users for whom one call makes instances.
    static let maximumUsers = 10_000
    /// The limits that a list of instances to check may have.
    static let checkLimits = 1...1_000

    static let notMember = DataError.ruleViolation(.notMember, "instances are made for members of the team only")

    /// The users, each once, in order.
    static func users(_ users: [UserID]) throws(DataError) -> [UserID] {
        guard users.count <= maximumUsers else { throw .validation("users", "there may be at most \(maximumUsers)") }
        let users = Set(users).sorted()
        guard users.allSatisfy({ IdentifierRule.canExist($0) }) else { throw notMember }
        return users
    }

    /// Throws when an instance cannot have this status or message.
    static func validate(_ status: McpInstanceStatus, message: String?) throws(DataError) {
        guard status.isKnown else {
            throw .validation("status", "it must be one of \(McpInstanceStatus.known.map(\.rawValue).joined(separator: ", "))")
        }
        _ = try TextRule(field: "message", characters: 0...2_000).checked(message)
    }

    /// The moment before which a check is too old.
    static func checkedBefore(_ age: Duration, at now: Timestamp, limit: Int) throws(DataError) -> Timestamp {
        try Page.validate(limit: limit, in: checkLimits, field: "limit")
        guard age >= .zero else { throw .validation("age", "it must be 0 or more") }
        return now.subtracting(age) ?? .earliest
    }
}
