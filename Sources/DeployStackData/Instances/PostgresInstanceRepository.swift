import DeployStackModels

/// Instances in PostgreSQL.
struct PostgresInstanceRepository: InstanceRepository {
    let database: Database

    private var environment: StoreEnvironment { database.environment }

    func provision(_ installation: McpInstallationID, users: [UserID]) async throws(DataError) -> [ProvisionedInstance] {
        let users = try InstanceRules.users(users)
        guard IdentifierRule.canExist(installation) else { throw .notFound(.installation) }
        do throws(DataError) {
            return try await database.transaction { database in
                guard let found = try await database.optional(.provisionableInstallation(installation)) else {
                    throw DataError.notFound(.installation)
                }
                let members = try await database.all(.memberIDs(of: found.teamID, among: users))
                guard members.count == users.count else { throw InstanceRules.notMember }
                return try await Self.provision(installation, of: found.server, users: users, withTokens: true, database).compactMap(\.provisioned)
            }
        } catch  where error.constraint == InstanceRow.installationReference.name {
            // It was deleted between looking and inserting.
            throw .notFound(.installation)
        }
    }

    func instance(path: String, token: String) async throws(DataError) -> McpServerInstance? {
        guard IdentifierRule.canExist(path), InstanceToken.canBe(token) else { return nil }
        guard let stored = try await database.optional(.instance(path: path)), let hash = stored.tokenHash,
            TokenHash(of: token).hexadecimal.hasSameBytesInConstantTime(as: hash)
        else { return nil }
        return stored.instance
    }

    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText? {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return nil }
        let token = InstanceToken.draw(from: environment.options.randomSource)
        let changed = try await database.execute(
            .resetInstanceToken(installation: installation, user: user, hash: TokenHash(of: token), at: environment.now()))
        return changed > 0 ? SecretText(token) : nil
    }

    func updateStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp
    ) async throws(DataError) -> Bool {
        try InstanceRules.validate(status, message: message)
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(
            .updateInstanceStatus(
                installation: installation, user: user, status: status, message: message, happened: time, at: environment.now())) > 0
    }

    func statuses(installation: McpInstallationID, team: TeamID) async throws(DataError) -> [McpInstanceWithUser] {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(team) else { return [] }
        return try await database.all(.statuses(installation: installation, team: team))
    }

    func delete(user: UserID, team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return 0 }
        return try await database.execute(.deleteInstances(of: user, in: team))
    }

    func delete(installation: McpInstallationID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(installation) else { return 0 }
        return try await database.execute(.deleteInstances(installation: installation))
    }

    func dueForCredentialCheck(olderThan age: Duration, limit: Int) async throws(DataError) -> [McpServerInstance] {
        let moment = try InstanceRules.checkedBefore(age, at: environment.now(), limit: limit)
        return try await database.all(.dueForCredentialCheck(before: moment, limit: limit))
    }

    func setCredentialCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(.setCredentialCheck(installation: installation, user: user, happened: time, at: environment.now())) > 0
    }

    func setHealthCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        return try await database.execute(.setHealthCheck(installation: installation, user: user, happened: time, at: environment.now())) > 0
    }
}

extension PostgresInstanceRepository {
    /// Makes instances for some users, with another path for those whose path turned out to be taken.
    static func provision(
        _ installation: McpInstallationID, of server: McpServer, users: [UserID], withTokens: Bool, _ database: Database
    ) async throws(DataError) -> [DrawnInstance] {
        let configurations = try await configurations(of: installation, server, users: users, database)
        let now = database.environment.now()
        var pending = users
        var made: [DrawnInstance] = []
        for _ in 0..<InstancePath.maximumAttempts where !pending.isEmpty {
            let drawn = pending.map { user in
                let status = InstallationRules.initialStatus(for: server, given: configurations[user])
                return DrawnInstance(of: installation, user: user, status: status, withToken: withTokens, at: now, in: database.environment)
            }
            let stored = Set(try await database.all(.provision(drawn, at: now)).map(\.id))
            made += drawn.filter { stored.contains($0.instance.id) }
            let served = Set(try await database.all(.usersWithInstance(of: installation)))
            pending.removeAll { served.contains($0) }
        }
        guard pending.isEmpty else { throw InstancePath.exhausted }
        return made.sorted { $0.instance.userID < $1.instance.userID }
    }

    /// What some users have set for an installation, sealed. It is not read when an instance waits for nothing.
    private static func configurations(
        of installation: McpInstallationID, _ server: McpServer, users: [UserID], _ database: Database
    ) async throws(DataError) -> [UserID: UserConfigurationValues] {
        guard !users.isEmpty, InstallationRules.initialStatus(for: server, given: nil) == .awaitingUserConfiguration else { return [:] }
        let stored = try await database.all(.userConfigurations(of: installation, users: users))
        return Dictionary(stored.map { ($0.sealed.userID, $0.sealed.values) }) { first, _ in first }
    }
}
