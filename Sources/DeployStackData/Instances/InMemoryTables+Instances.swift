import DeployStackModels

// What the in-memory services do with instances, for use inside a call that may do more.
extension InMemoryTables {
    /// The instances of an installation, in no order.
    func instances(of installation: McpInstallationID) -> [McpServerInstance] {
        instances.rows(referringTo: installation.rawValue, by: InstanceRow.installationReference).map(\.instance)
    }

    /// Makes instances for some users, with another path for those whose path turned out to be taken.
    mutating func provision(
        _ installation: McpInstallationID, of server: McpServer, users: [UserID], withTokens: Bool, in environment: StoreEnvironment
    ) throws(DataError) -> [DrawnInstance] {
        let now = environment.now()
        var pending = users
        var made: [DrawnInstance] = []
        for _ in 0..<InstancePath.maximumAttempts where !pending.isEmpty {
            let drawn = pending.map { user in
                let status = InstallationRules.initialStatus(for: server, given: userConfiguration(installation, user: user)?.values)
                return DrawnInstance(of: installation, user: user, status: status, withToken: withTokens, at: now, in: environment)
            }
            for new in drawn where !isTaken(new.instance) {
                try insert(InstanceRow(instance: new.instance, tokenHash: new.tokenHash?.hexadecimal))
                made.append(new)
            }
            pending.removeAll { instances.row(InstanceRow.memberKey, installation.rawValue, $0.rawValue) != nil }
        }
        guard pending.isEmpty else { throw InstancePath.exhausted }
        return made.sorted { $0.instance.userID < $1.instance.userID }
    }

    /// Whether the user has an instance of the installation already, or the path or identifier is another's: what `ON CONFLICT DO NOTHING` passes over.
    private func isTaken(_ instance: McpServerInstance) -> Bool {
        instances[instance.id] != nil
            || instances.row(InstanceRow.memberKey, instance.installationID.rawValue, instance.userID.rawValue) != nil
            || instance.path.map { instances.row(InstanceRow.pathKey, $0) != nil } ?? false
    }
}

extension McpServerInstance {
    /// Sets what the instance is doing.
    mutating func setStatus(_ status: McpInstanceStatus, message: String?, happened: Timestamp, at now: Timestamp) {
        self.status = status
        statusMessage = message
        statusUpdatedAt = happened
        updatedAt = now
    }
}
