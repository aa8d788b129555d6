import DeployStackData
import DeployStackModels

/// A team's installations with their servers and the team, all and those with a tag.
struct ViewAnswers: Codable, Equatable {
    struct View: Codable, Equatable {
        var installation: McpInstallation
        var server: McpServer?
        var team: Team?
    }

    var views: [View]
    var tags: [String]
    var tagged: [View]
    /// The part of the list after its first installation.
    var page: [View]

    init(asking stage: DemoStage, team: Team, tags: TagAnswers) async throws {
        let tag = Array(tags.tags.prefix(1))
        views = Self.views(try await stage.ask { try await $0.installations.installationViews(team: team.id) })
        self.tags = tag
        tagged = Self.views(try await stage.ask { try await $0.installations.installationViews(team: team.id, tagged: tag) })
        page = Self.views(try await stage.ask { try await $0.installations.installationViews(team: team.id, page: Page(limit: 2, offset: 1)) })
    }

    private static func views(_ views: [McpInstallationView]) -> [View] {
        views.map { View(installation: $0.installation, server: $0.server, team: $0.team) }
    }
}
