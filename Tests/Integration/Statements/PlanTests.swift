import DeployStackData
import DeployStackModels
import PostgresDriver
import Testing

extension PlanSuites {
    /// The queries that run most, on generated data of a medium installation: each is served by the index that is meant for it.
    @Suite struct PlanTests {
        @Test func theBusiestQueriesAreServedByTheirIndexes() async throws {
            let client = try await clientWithMediumData()

            for (query, tables) in Self.queries {
                let plan = try await client.plan(of: query, at: MediumData.moment)

                #expect(plan.usesIndex(named: query.index), "\(query)\n\(plan.summary)")
                #expect(Set(plan.sequentialScans).isDisjoint(with: tables), "\(query)\n\(plan.summary)")
            }
            await client.close()
        }

        @Test func withoutItsIndexAQueryIsSeenToScan() async throws {
            let client = try await clientWithMediumData()
            let query = PlannedQuery.serversWithAllTags(["tag-7"])

            let plan = try await client.withConnection { session in
                _ = try await session.runScript("BEGIN")
                _ = try await session.runScript(#"DROP INDEX "idx_mcpServers_tags""#)
                let plan = try await session.plan(of: query, at: MediumData.moment)
                _ = try await session.runScript("ROLLBACK")
                return plan
            }

            #expect(!plan.usesIndex(named: query.index))
            #expect(plan.sequentialScans.contains("mcpServerTemplates"))
            await client.close()
        }

        static let queries: [(PlannedQuery, Set<String>)] = calls + steps.map { (.step($0), $1) }

        private static let calls: [(PlannedQuery, Set<String>)] = [
            // The whole list is counted beside its page.
            (.listServers(.name), []),
            (.listServers(.name, viewer: member), []),
            (.listServers(.gitHubStars), []),
            (.listServers(.newest), []),
            (.serversWithAllTags(["tag-7", "tag-11"]), ["mcpServerTemplates"]),
            (.serversWithAllTags(["tag-7", "tag-11"], viewer: member), ["mcpServerTemplates"]),
            (.serversWithAnyTag(["rare-57", "rare-58"]), ["mcpServerTemplates"]),
            (.serversWithAnyTag(["rare-57", "rare-58"], viewer: member), ["mcpServerTemplates"]),
            (.search(.web("quarterly report")), ["mcpServerTemplates"]),
            (.search(.web("quarterly report"), viewer: member), ["mcpServerTemplates"]),
            (.search(.prefix("quarterly rep")), ["mcpServerTemplates"]),
            (.search(.raw("quarterly & report:*")), ["mcpServerTemplates"]),
            (.installationViews("team-17"), ["mcpTeamInstallations", "mcpServerTemplates", "teams"]),
            (.listInstallations("team-17", viewer: "user-17"), ["mcpTeamInstallations", "mcpServerTemplates", "mcpServerInstances"]),
            (.installation("installation-17", team: "team-18"), ["mcpTeamInstallations", "mcpServerTemplates", "mcpServerInstances", "teams"]),
            (.searchInstallations("team-17", "report"), ["mcpTeamInstallations", "mcpServerTemplates"]),
            (.instance(path: "bold-penguin-17"), ["mcpServerInstances"]),
            (.updateStatus("installation-17", "user-17"), ["mcpServerInstances"]),
            (.verify(token: "dsa_unknown"), ["oauth_access_tokens", "authUser", "teams", "teamMemberships"]),
            (.introspect(token: "dsa_unknown"), ["oauth_access_tokens", "authUser", "teams", "teamMemberships"]),
            (.redeemCode(code: "dsc_unknown"), ["oauth_authorization_codes", "authUser", "teams", "teamMemberships"]),
            (.useCode("code-17"), ["oauth_authorization_codes"]),
            (.refresh(token: "dsr_unknown"), ["oauth_refresh_tokens", "authUser", "teams", "teamMemberships"]),
            (.useRefreshToken(token: "dsr_unknown", client: "client"), ["oauth_refresh_tokens"]),
            (.activeTokens("user-17"), ["oauth_access_tokens"]),
            (.purgeTokens, ["oauth_access_tokens"]),
            (.unreadCount("user-17"), ["notifications"]),
            (.notificationFeed("user-17", before: FeedCursor(createdAt: .now(), id: "x")), ["notifications"]),
            (.notificationPage("user-17"), ["notifications"]),
            (.missed("user-17", since: "notification-5016"), ["notifications"]),
            (.arrivals("user-17"), ["notifications"]),
            (.teamArrivals("team-17"), ["notifications"]),
            (.purge(olderThan: .now()), ["notifications"]),
            (.teams(of: "user-17"), ["teamMemberships"]),
            (.teamsWithRoles(of: "user-17"), ["teamMemberships", "teams"]),
            (.membership(of: "user-17", in: "team-17"), ["teamMemberships"]),
            (.authenticateSatellite(apiKey: "unknown"), ["satellites"]),
            (.activeSatellites, ["satellites"]),
            (.registrationToken(token: "unknown"), ["satelliteRegistrationTokens"]),
            (.browse(.name, behind: somewhere), ["mcpServerTemplates"]),
            (.browse(.gitHubStars, behind: somewhere), ["mcpServerTemplates"]),
            (.browse(.newest, behind: somewhere), ["mcpServerTemplates"]),
            (.browse(.name, behind: somewhere, viewer: member), ["mcpServerTemplates"]),
            (.poll("satellite-17"), ["satelliteCommands", "satellites"]),
            (.recordHeartbeat("satellite-17"), ["satellites"]),
            (.heartbeats(of: "satellite-17"), ["satelliteHeartbeats"]),
            (.members(of: "team-17"), ["teamMemberships", "authUser"]),
            (
                .configuredInstallation("installation-17", "user-18"),
                ["mcpTeamInstallations", "teamMemberships", "mcpServerTemplates", "mcpUserConfigurations"]
            ),
            (.purgeRefreshTokens, ["oauth_refresh_tokens"]),
            (.purgeCodes, ["oauth_authorization_codes"]),
            (.expireCommands, ["satelliteCommands"]),
            (.purgeCommands(olderThan: .now() - .seconds(604_800)), ["satelliteCommands"]),
            (.listTagged(["tag-7", "tag-11"]), ["mcpServerTemplates"]),
            (.listing(.name), []),
        ]

        private static let steps: [(PlannedStep, Set<String>)] = [
            (.server("server-17"), ["mcpServerTemplates"]),
            (.holdUser("user-17"), ["authUser"]),
            (.lockTeam("team-17"), ["teams"]),
            (.usage("team-17"), ["teams", "mcpTeamInstallations", "mcpServerTemplates"]),
            (.usersWithInstance("installation-17"), ["mcpServerInstances"]),
            (.userConfigurations("installation-17", ["user-18", "user-55"]), ["mcpUserConfigurations"]),
            (.isMember("user-18", "team-17"), ["teamMemberships"]),
            (.memberCount("team-17"), ["teamMemberships"]),
            (.provisionableInstallations("team-17"), ["mcpTeamInstallations", "mcpServerTemplates"]),
            (.issueAccessToken("user-18", "team-17"), ["authUser", "teams", "teamMemberships"]),
            (.issueRefreshToken("user-18", "team-17"), ["authUser", "teams", "teamMemberships"]),
            (.lockInstallation("installation-17", "team-18"), ["mcpTeamInstallations"]),
            (.lockConfigurableInstallation("installation-17", "user-19", "team-18"), ["mcpTeamInstallations", "teamMemberships", "authUser"]),
        ]

        /// Somebody who sees what everybody sees, and what one team has.
        private static let member = CatalogViewer.member(of: ["team-17"])

        /// An entry in the middle of the catalog's lists.
        private static let somewhere = McpServer(
            id: "server-4000", name: "Server 4000", slug: "server-4000", description: nil, iconURL: nil, websiteURL: nil, repositoryURL: nil,
            language: "unknown", runtime: "unknown", transport: .stdio, visibility: .global, ownerTeamID: nil, categoryID: nil, tags: [],
            metadata: [:],
            status: .active, isFeatured: false, source: .manual, requiresOAuth: false, gitHubStars: nil, createdAt: .now() - .seconds(240_000),
            updatedAt: .now(), details: nil)

        private func clientWithMediumData() async throws -> PostgresClient { try await MediumData.client() }
    }
}
