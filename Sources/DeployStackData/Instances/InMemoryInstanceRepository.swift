import DeployStackModels

/// Instances in the in-memory tables.
struct InMemoryInstanceRepository: InstanceRepository {
    let tables: any InMemoryAccess
    let environment: StoreEnvironment

    func provision(_ installation: McpInstallationID, users: [UserID]) async throws(DataError) -> [ProvisionedInstance] {
        let users = try InstanceRules.users(users)
        guard IdentifierRule.canExist(installation) else { throw .notFound(.installation) }
        return try await tables.write { tables in
            guard let found = tables.installations[installation], let server = tables.servers[found.serverID]?.complete else {
                throw DataError.notFound(.installation)
            }
            guard users.allSatisfy({ tables.membership(of: $0, in: found.teamID) != nil }) else { throw InstanceRules.notMember }
            return try tables.provision(installation, of: server, users: users, withTokens: true, in: environment).compactMap(\.provisioned)
        }
    }

    func instance(path: String, token: String) async throws(DataError) -> McpServerInstance? {
        guard IdentifierRule.canExist(path), InstanceToken.canBe(token) else { return nil }
        let hash = TokenHash(of: token).hexadecimal
        return try await tables.read { tables in
            guard let row = tables.instances.row(InstanceRow.pathKey, path), row.tokenHash?.hasSameBytesInConstantTime(as: hash) == true else {
                return nil
            }
            return row.instance
        }
    }

    func resetToken(installation: McpInstallationID, user: UserID) async throws(DataError) -> SecretText? {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return nil }
        let token = InstanceToken.draw(from: environment.options.randomSource)
        let changed = try await update(installation, user) { row, now in
            row.tokenHash = TokenHash(of: token).hexadecimal
            row.instance.updatedAt = now
        }
        return changed ? SecretText(token) : nil
    }

    func updateStatus(
        installation: McpInstallationID, user: UserID, status: McpInstanceStatus, message: String?, at time: Timestamp
    ) async throws(DataError) -> Bool {
        try InstanceRules.validate(status, message: message)
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        let now = environment.now()
        return try await tables.write { tables in
            guard let row = tables.instances.row(InstanceRow.memberKey, installation.rawValue, user.rawValue),
                row.instance.statusUpdatedAt <= time
            else { return false }
            try tables.update(InstanceRow.self, row.instance.id.bytewise) { $0.instance.setStatus(status, message: message, happened: time, at: now) }
            return true
        }
    }

    func statuses(installation: McpInstallationID, team: TeamID) async throws(DataError) -> [McpInstanceWithUser] {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(team) else { return [] }
        return try await tables.read { tables in
            guard tables.installations[installation]?.teamID == team else { return [] }
            return tables.instances(of: installation)
                .compactMap { instance in
                    tables.users[instance.userID].map { McpInstanceWithUser(instance: instance, username: $0.username, email: $0.email) }
                }
                .sorted { ($0.username.bytewise, $0.id.bytewise) < ($1.username.bytewise, $1.id.bytewise) }
        }
    }

    func delete(user: UserID, team: TeamID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(user), IdentifierRule.canExist(team) else { return 0 }
        return try await tables.write { tables in
            let theirs = tables.instances.rows(referringTo: user.rawValue, by: InstanceRow.userReference)
                .filter { tables.installations[$0.instance.installationID]?.teamID == team }
            return try tables.delete(InstanceRow.self, theirs.map(\.instance.id.bytewise))
        }
    }

    func delete(installation: McpInstallationID) async throws(DataError) -> Int {
        guard IdentifierRule.canExist(installation) else { return 0 }
        return try await tables.write { tables in
            try tables.delete(InstanceRow.self, tables.instances(of: installation).map(\.id.bytewise))
        }
    }

    func dueForCredentialCheck(olderThan age: Duration, limit: Int) async throws(DataError) -> [McpServerInstance] {
        let moment = try InstanceRules.checkedBefore(age, at: environment.now(), limit: limit)
        return try await tables.read { tables in
            let due = tables.instances.all.map(\.instance).filter { $0.lastCredentialCheckAt.map { $0 <= moment } ?? true }
            let sorted = due.sorted { left, right in
                guard left.lastCredentialCheckAt != right.lastCredentialCheckAt else { return left.id < right.id }
                guard let last = left.lastCredentialCheckAt else { return true }
                return right.lastCredentialCheckAt.map { last < $0 } ?? false
            }
            return Array(sorted.prefix(limit))
        }
    }

    func setCredentialCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        return try await update(installation, user) { row, now in
            row.instance.lastCredentialCheckAt = max(row.instance.lastCredentialCheckAt ?? time, time)
            row.instance.updatedAt = now
        }
    }

    func setHealthCheck(installation: McpInstallationID, user: UserID, at time: Timestamp) async throws(DataError) -> Bool {
        guard IdentifierRule.canExist(installation), IdentifierRule.canExist(user) else { return false }
        return try await update(installation, user) { row, now in
            row.instance.lastHealthCheckAt = max(row.instance.lastHealthCheckAt ?? time, time)
            row.instance.updatedAt = now
        }
    }

    /// Changes a user's instance of an installation; false when there is none.
    private func update(
        _ installation: McpInstallationID, _ user: UserID, _ change: (inout InstanceRow, Timestamp) -> Void
    ) async throws(DataError) -> Bool {
        let now = environment.now()
        return try await tables.write { tables in
            guard let row = tables.instances.row(InstanceRow.memberKey, installation.rawValue, user.rawValue) else { return false }
            try tables.update(InstanceRow.self, row.instance.id.bytewise) { change(&$0, now) }
            return true
        }
    }
}
