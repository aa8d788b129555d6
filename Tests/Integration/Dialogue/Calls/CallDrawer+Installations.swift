import DeployStackData
import DeployStackModels

extension CallDrawer {
    mutating func installations(_ method: Int) -> DialogueCall {
        let (id, team) = installation()
        switch method % 16 {
        case 1:
            let (user, source, withStats) = (member().user, choices.oneIn(5) ? McpServerSource.github : nil, flag())
            let page = choices.oneIn(4) ? page() : nil
            return DialogueCall("installations.listInstallations(\(team), viewer: \(user), \(source as Any), stats: \(withStats), \(page as Any))") {
                try await $0.installations.listInstallations(team: team, viewer: user, source: source, includeStats: withStats, page: page)
            }
        case 2:
            let (text, page) = (query(), page())
            return DialogueCall("installations.searchInstallations(\(team), \(text.debugDescription), \(page))") {
                try await $0.installations.searchInstallations(team: team, text: text, page: page)
            }
        case 3: return DialogueCall("installations.installationIDs(\(team))") { try await $0.installations.installationIDs(team: team) }
        case 4:
            let server: McpServerID = self.id(.server)
            return DialogueCall("installations.installations(ofServer: \(server))") {
                try await $0.installations.installations(ofServer: server).map { "\($0)" }
            }
        case 5:
            let page = choices.oneIn(3) ? page() : nil
            return DialogueCall("installations.installationViews(\(team), \(page as Any))") {
                try await $0.installations.installationViews(team: team, page: page)
            }
        case 6:
            let (tags, match): ([String], TagMatch) = (tags(), choices.one(of: [.all, .any]))
            return DialogueCall("installations.installationViews(\(team), tagged: \(tags), \(match))") {
                try await $0.installations.installationViews(team: team, tagged: tags, match: match)
            }
        case 7: return DialogueCall("installations.usage(\(team))") { try await $0.installations.usage(team: team) }
        case 8: return DialogueCall("installations.deleteInstallation(\(id))") { try await $0.installations.deleteInstallation(id) }
        case 9:
            return DialogueCall("installations.deleteInstallation(\(id), team: \(team))") {
                try await $0.installations.deleteInstallation(id, team: team)
            }
        case 10:
            let moment = choices.oneIn(3) ? moment() : nil
            return DialogueCall("installations.touchLastUsed(\(id), at: \(moment as Any))") {
                try await $0.installations.touchLastUsed(id, at: moment)
            }
        default:
            var new = NewInstallation(serverID: self.id(.server), name: name())
            let (user, team) = member()
            new.configuration.env = choices.one(of: [["TOKEN": "value"], ["TOKEN": "t0ps3cret", "X": "1"], nil, values()])
            if choices.oneIn(4) { new.configuration.args = values() }
            if choices.oneIn(6) { new.configuration.headers = values() }
            if choices.oneIn(4) { new.satelliteID = self.id(.satellite) }
            if choices.oneIn(5) { new.provisioning = .none }
            if choices.oneIn(5) { new.type = choices.one(of: [.team, .unknown("private")]) }
            let chosen = new
            return DialogueCall("installations.createInstallation(\(team), \(user), \(new))") {
                try await $0.installations.createInstallation(team: team, user: user, chosen)
            }
        }
    }

    mutating func configurations(_ method: Int) -> DialogueCall {
        let (id, team) = installation()
        let reveal: SecretReveal = choices.one(of: [.decrypted, .masked])
        switch method % 9 {
        case 1, 2, 3:
            let patch = InstallationPatch(
                name: optionalName(), satelliteID: choices.oneIn(4) ? .set(self.id(.satellite)) : choices.oneIn(4) ? .clear : .unchanged,
                args: valuesPatch(), env: valuesPatch(), headers: valuesPatch(), queryParams: valuesPatch())
            return DialogueCall("installations.updateInstallation(\(id), \(team), \(patch))") {
                try await $0.installations.updateInstallation(id, team: team, patch)
            }
        case 4:
            let settings = json()
            return DialogueCall("installations.updateSettings(\(id), \(team), \(settings))") {
                try await $0.installations.updateSettings(id, team: team, settings)
            }
        case 5, 6:
            let user = choices.oneIn(5) ? self.id(.user) : member().user
            return DialogueCall("installations.resolvedConfiguration(\(id), \(user), \(reveal))") {
                try await $0.installations.resolvedConfiguration(id, user: user, reveal: reveal)
            }
        case 7:
            let satellite: SatelliteID = self.id(.satellite)
            return DialogueCall("installations.satelliteConfigurations(\(satellite))") {
                try await $0.installations.satelliteConfigurations(satellite).map { "\($0)" }
            }
        case 8:
            let client = choices.one(of: McpClientProgram.allCases)
            return DialogueCall("installations.clientConfiguration(\(id), \(team), \(client))") {
                try await $0.installations.clientConfiguration(id, team: team, client: client)
            }
        default:
            return DialogueCall("installations.installation(\(id), \(team), \(reveal))") {
                try await $0.installations.installation(id, team: team, reveal: reveal)
            }
        }
    }

    mutating func userConfigurations(_ method: Int) -> DialogueCall {
        let (id, team) = installation()
        let user = choices.oneIn(6) ? self.id(.user) : memberUser(of: team)
        switch method % 8 {
        case 1:
            let reveal: SecretReveal = choices.one(of: [.masked, .decrypted])
            return DialogueCall("userConfigurations.configuration(\(id), \(user), \(reveal))") {
                try await $0.userConfigurations.configuration(id, user: user, reveal: reveal)
            }
        case 2, 3:
            let patch = UserConfigurationPatch(args: valuesPatch(), env: valuesPatch(), headers: valuesPatch(), queryParams: valuesPatch())
            return DialogueCall("userConfigurations.update(\(id), \(user), \(team), \(patch))") {
                try await $0.userConfigurations.update(id, user: user, team: team, patch)
            }
        case 4:
            let configuration: McpUserConfigurationID = self.id(.configuration)
            return DialogueCall("userConfigurations.delete(\(configuration), \(user), \(team))") {
                try await $0.userConfigurations.delete(configuration, user: user, team: team)
            }
        case 5:
            return DialogueCall("userConfigurations.list(\(user), \(team))") { try await $0.userConfigurations.list(user: user, team: team) }
        default:
            let values = UserConfigurationValues(args: choices.oneIn(4) ? values() : nil, env: choices.oneIn(5) ? nil : values())
            return DialogueCall("userConfigurations.save(\(id), \(user), \(team), \(values))") {
                try await $0.userConfigurations.save(id, user: user, team: team, values)
            }
        }
    }

    mutating func instances(_ method: Int) -> DialogueCall {
        let (id, team) = installation()
        let (user, moment) = (choices.oneIn(6) ? self.id(.user) : memberUser(of: team), moment())
        switch method % 13 {
        case 1:
            let (path, token) = (text(of: .instancePath), text(of: .instanceToken))
            return DialogueCall("instances.instance(path: \(path), token: \(token))") { try await $0.instances.instance(path: path, token: token) }
        case 2:
            return DialogueCall(text: "instances.resetToken(\(id), \(user))") {
                let token = try await $0.store.instances.resetToken(installation: id, user: user)
                return Answer("\(token != nil)", token.map { [Fact(.instanceToken, $0.reveal())] } ?? [])
            }
        case 3, 4, 5:
            let status = choices.one(of: McpInstanceStatus.known + [.unknown("dreaming")])
            let message = optionalName()
            return DialogueCall("instances.updateStatus(\(id), \(user), \(status), \(message as Any), at: \(moment))") {
                try await $0.instances.updateStatus(installation: id, user: user, status: status, message: message, at: moment)
            }
        case 6: return DialogueCall("instances.statuses(\(id), \(team))") { try await $0.instances.statuses(installation: id, team: team) }
        case 7: return DialogueCall("instances.delete(\(user), \(team))") { try await $0.instances.delete(user: user, team: team) }
        case 8: return DialogueCall("instances.delete(\(id))") { try await $0.instances.delete(installation: id) }
        case 9, 10:
            let (age, limit) = (age(), limit())
            return DialogueCall("instances.dueForCredentialCheck(\(age), \(limit))") {
                try await $0.instances.dueForCredentialCheck(olderThan: age, limit: limit)
            }
        case 11:
            return DialogueCall("instances.setCredentialCheck(\(id), \(user), at: \(moment))") {
                try await $0.instances.setCredentialCheck(installation: id, user: user, at: moment)
            }
        case 12:
            return DialogueCall("instances.setHealthCheck(\(id), \(user), at: \(moment))") {
                try await $0.instances.setHealthCheck(installation: id, user: user, at: moment)
            }
        default:
            let users = [user] + (0..<choices.below(3)).map { _ in self.id(.user) as UserID }
            return DialogueCall("instances.provision(\(id), \(users))") { try await $0.instances.provision(id, users: users) }
        }
    }

    /// Somebody who was a member of a team, or anybody.
    private mutating func memberUser(of team: TeamID) -> UserID {
        let members = known.all(.membership).filter { $0.owner == team.rawValue }
        guard !members.isEmpty else { return id(.user) }
        return UserID(members[choices.below(members.count)].text)
    }
}
