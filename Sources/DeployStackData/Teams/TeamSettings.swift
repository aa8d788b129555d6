import DeployStackModels

/// The platform's settings that the rules of teams read, with the defaults of their definitions where nothing is stored.
struct TeamSettings: Sendable {
    /// The most teams that one user may own, default team included.
    let creationLimit: Int
    /// What a new team may have.
    let limits: TeamLimits

    /// The keys under which the settings are stored.
    static let keys = SettingDefinition.team.map(\.key)

    /// Reads the settings from their stored texts, whatever type is stored beside them.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` that names the setting whose text is not a number, or not a boolean.
    init(_ stored: [StoredSetting]) throws(DataError) {
        let texts = Dictionary(stored.map { ($0.key.bytewise, $0.value) }) { first, _ in first }
        func value(_ definition: SettingDefinition) throws(DataError) -> SettingValue {
            guard let text = texts[definition.key.bytewise] else { return definition.defaultValue }
            return try definition.value(ofText: text)
        }
        func number(_ definition: SettingDefinition) throws(DataError) -> Int { try value(definition).integer ?? 0 }
        func flag(_ definition: SettingDefinition) throws(DataError) -> Bool { try value(definition).boolean ?? false }
        creationLimit = try number(.teamCreationLimit)
        limits = TeamLimits(
            mcpServers: try number(.teamServerLimit), nonHttp: try number(.teamNonHttpLimit), github: try number(.teamGitHubLimit),
            members: try number(.teamMemberLimit), allowsRemoteServers: try flag(.teamAllowsRemoteServers),
            allowsGitHubServers: try flag(.teamAllowsGitHubServers), allowsPrivateRepositories: try flag(.teamAllowsPrivateRepositories))
    }

    /// What a team gets that is made without limits of its own.
    ///
    /// - Throws: ``DataError`` of kind `.configuration` that names the setting when no team can have such limits.
    func limitsOfNewTeams() throws(DataError) -> TeamLimits {
        guard limits.members >= 1 else {
            throw DataError(
                .configuration, entity: .setting, field: SettingDefinition.teamMemberLimit.key,
                reason: "it must be at least 1, because a team has its owner")
        }
        guard limits.mcpServers >= limits.nonHttp + limits.github else {
            throw DataError(
                .configuration, entity: .setting, field: SettingDefinition.teamServerLimit.key,
                reason: "it must be at least \(SettingDefinition.teamNonHttpLimit.key) and \(SettingDefinition.teamGitHubLimit.key) together")
        }
        return limits
    }
}
