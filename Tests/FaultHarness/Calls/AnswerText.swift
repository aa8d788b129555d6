import DeployStackData
package import DeployStackModels

/// Writes answers of a store as texts, with everything that two backends must agree on. Equal bytes are equal answers.
package enum AnswerText {
    package static func of(_ error: DataError) -> String {
        "error \(error.kind) \(error.entity?.rawValue ?? "-") \(error.field ?? "-") \(error.reason ?? "-") \(error.rule?.rawValue ?? "-") "
            + "\(error.limit.map { "\($0.kind.rawValue) \($0.maximum) \($0.current)" } ?? "-") \(error.constraint ?? "-") \(error.outcome.rawValue)"
    }

    package static func of(_ user: User?) -> String {
        guard let user else { return "nil" }
        return joined([
            user.id.rawValue, user.username, user.email, user.authType.rawValue, user.firstName, user.lastName, user.githubID, user.roleID?.rawValue,
        ])
    }

    package static func of(_ user: UserWithRole?) -> String {
        guard let user else { return "nil" }
        return joined([of(user.user), of(user.role)])
    }

    package static func of(_ role: Role?) -> String {
        guard let role else { return "nil" }
        return joined([role.id.rawValue, role.name, role.description, role.isSystemRole ? "system" : nil] + role.permissions)
    }

    package static func of(_ value: SettingValue?) -> String {
        guard let value else { return "nil" }
        return joined([value.type.rawValue, value.string, value.number?.text, value.boolean.map { "\($0)" }, value.secret?.reveal()])
    }

    package static func of(_ setting: Setting) -> String {
        let content =
            switch setting.content {
            case .value(let value): of(value)
            case .unreadable(let error): of(error)
            }
        return joined([setting.key, setting.name, setting.description, setting.groupID?.rawValue, "\(setting.isEncrypted)", content])
    }

    package static func of(_ team: Team?) -> String {
        guard let team else { return "nil" }
        return joined([team.id.rawValue, team.name, team.slug, team.description, team.ownerID.rawValue, team.isDefault ? "default" : nil])
    }

    package static func of(_ team: TeamWithRole) -> String {
        joined([of(team.team), team.role.rawValue, "\(team.isOwner) \(team.memberCount)"])
    }

    package static func of(_ page: PageResult<TeamOverview>) -> String {
        joined(["\(page.total)"] + page.items.flatMap { [of($0.team), "\($0.memberCount) \($0.installationCount)"] })
    }

    package static func of(_ removed: RemovedTeam?) -> String {
        guard let removed else { return "nil" }
        return joined([of(removed.team)] + removed.installations.map { of($0) })
    }

    package static func of(_ member: TeamMember) -> String {
        joined([member.id.rawValue, member.username, member.email, member.membership.role.rawValue])
    }

    package static func of(_ membership: TeamMembership?) -> String {
        guard let membership else { return "nil" }
        return joined([membership.id.rawValue, membership.teamID.rawValue, membership.userID.rawValue, membership.role.rawValue])
    }

    package static func of(_ server: McpServer?) -> String {
        guard let server else { return "nil" }
        let details = server.details
        let tiers = details.map { [$0.configuration.template, $0.configuration.team, $0.configuration.user] } ?? []
        return joined(
            [
                server.id.rawValue, server.name, server.slug, server.description, server.iconURL, server.websiteURL, server.repositoryURL,
                server.language, server.runtime, server.transport.rawValue, server.visibility.rawValue, server.ownerTeamID?.rawValue,
                server.status.rawValue, server.metadata.text, details?.longDescription, details?.version, details?.gitCommitSHA,
                details?.packages.text, details?.remotes.text,
            ] + server.tags + tiers.flatMap { [$0.args.text, $0.env.text, $0.headers.text, $0.queryParams.text] })
    }

    package static func of(_ installation: McpInstallation) -> String {
        let values = installation.configuration
        return joined([
            installation.id.rawValue, installation.teamID.rawValue, installation.serverID.rawValue, installation.name, installation.type.rawValue,
            installation.satelliteID?.rawValue, values.args?.text, values.env?.text, values.headers?.text, values.queryParams?.text,
        ])
    }

    package static func of(_ view: McpInstallationView) -> String {
        joined([of(view.installation), of(view.server), of(view.team)])
    }

    package static func of(_ detail: McpInstallationDetail?) -> String {
        guard let detail else { return "nil" }
        return joined(
            [of(detail.installation), detail.installation.settings.text, of(detail.server), detail.teamSlug]
                + detail.instances.map { of($0) })
    }

    package static func of(_ items: [McpInstallationListItem]) -> String {
        joined(
            items.flatMap { item in
                [
                    item.id.rawValue, item.name, item.type.rawValue, item.server.name, item.server.slug, item.instance?.status.rawValue,
                    item.instance?.statusMessage, item.counts.map { "\($0.online) \($0.offline) \($0.error) \($0.provisioning)" },
                ]
            })
    }

    package static func of(_ hits: PageResult<McpInstallationSearchHit>) -> String {
        joined(["\(hits.total)"] + hits.items.flatMap { [of($0.view), "\($0.rank)"] })
    }

    package static func of(_ instance: McpServerInstance?) -> String {
        guard let instance else { return "nil" }
        return joined([
            instance.id.rawValue, instance.installationID.rawValue, instance.userID.rawValue, instance.path, instance.status.rawValue,
            instance.statusMessage, instance.statusUpdatedAt.description,
        ])
    }

    package static func of(_ instances: [McpInstanceWithUser]) -> String {
        joined(instances.flatMap { [of($0.instance), $0.username, $0.email] })
    }

    package static func of(_ configuration: McpUserConfiguration?) -> String {
        guard let configuration else { return "nil" }
        let values = configuration.values
        return joined([
            configuration.id.rawValue, configuration.installationID.rawValue, configuration.userID.rawValue, values.args?.text, values.env?.text,
            values.headers?.text, values.queryParams?.text, configuration.updatedAt.description,
        ])
    }

    package static func of(_ configuration: ResolvedConfiguration?) -> String {
        guard let configuration else { return "nil" }
        return joined(
            configuration.args.flatMap { [$0.name, $0.value.text] }
                + [configuration.env, configuration.headers, configuration.queryParams]
                .map { JSONValue.object($0).text } + configuration.missingRequired.map(\.name))
    }

    package static func of(_ token: AccessToken) -> String {
        joined([
            token.id.rawValue, token.userID.rawValue, token.teamID.rawValue, token.clientID, token.resource, token.familyID,
            token.expiresAt.description,
        ])
    }

    package static func of(_ context: TokenContext?) -> String {
        guard let context else { return "nil" }
        return joined([of(context.token), context.username, context.teamName, context.teamRole.rawValue])
    }

    package static func of(_ notification: AppNotification) -> String {
        joined([notification.id.rawValue, notification.userID.rawValue, notification.title, notification.message, notification.createdAt.description])
    }

    package static func of(_ category: McpCategory?) -> String {
        guard let category else { return "nil" }
        return joined([category.id.rawValue, category.name, category.description, category.icon, "\(category.sortOrder)"])
    }

    package static func of(_ token: SatelliteRegistrationToken) -> String {
        joined(
            [token.id.rawValue, token.type.rawValue, token.teamID?.rawValue, token.createdBy?.rawValue, token.expiresAt.description]
                + token.permissions)
    }

    package static func of(_ version: McpServerVersion) -> String {
        joined([
            version.id.rawValue, version.serverID.rawValue, version.version, version.gitCommit, version.changelog, version.isLatest ? "latest" : nil,
        ])
    }

    package static func of(_ satellite: Satellite?) -> String {
        guard let satellite else { return "nil" }
        let details = satellite.details
        return joined(
            [
                satellite.id.rawValue, satellite.name, satellite.type.rawValue, satellite.teamID?.rawValue, satellite.status.rawValue, satellite.url,
                satellite.region, satellite.createdBy?.rawValue, satellite.lastHeartbeatAt?.description, details?.config.text,
                details?.systemInfo?.text, details?.mcpStatus?.text,
            ] + satellite.capabilities)
    }

    package static func of(_ command: SatelliteCommand) -> String {
        joined([
            command.id.rawValue, command.satelliteID.rawValue, command.type.rawValue, command.payload.text, command.status.rawValue,
            command.targetTeamID?.rawValue, command.correlationID, command.errorMessage, command.result?.text, command.createdBy?.rawValue,
            command.expiresAt.description,
        ])
    }

    package static func of(_ report: CatalogImportReport) -> String {
        joined(
            ["\(report.inserted)", "\(report.updated)", "\(report.unchanged)"] + report.rejected.flatMap { [$0.name, of($0.error)] })
    }

    package static func of(_ usage: TeamUsage?) -> String {
        usage.map { "\($0.total) \($0.nonHttp) \($0.http) \($0.github)" } ?? "nil"
    }

    /// Parts with a separator that stands in no text that a store accepts.
    package static func joined(_ parts: [String?]) -> String {
        parts.map { $0 ?? "-" }.joined(separator: "\0")
    }
}
