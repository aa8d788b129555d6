import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import PostgresDriver
import Testing

extension PlanSuites {
    /// What must hold of the plans of the queries that run most: the planner is not far wrong about any step, nothing is sorted that an index orders, and each
    /// index is there for its queries and for no others.
    @Suite struct PlanPropertyTests {
        @Test func noStepGivesAHundredTimesMoreOrFewerRowsThanWasExpected() async throws {
            let client = try await MediumData.client()

            for (query, _) in PlanTests.queries {
                let plan = try await client.withConnection { session in
                    _ = try await session.runScript("BEGIN")
                    let plan = try await AnalyzingSession(session).plan(of: query, at: MediumData.moment)
                    _ = try await session.runScript("ROLLBACK")
                    return plan
                }

                #expect(plan.root.actualRows != nil)
                #expect(plan.misjudgedSteps == [], "\(query)\n\(plan.summary)")
            }
            await client.close()
        }

        @Test func whatAnIndexOrdersIsNotSorted() async throws {
            let client = try await MediumData.client()

            for query in Self.ordered {
                // A handful of rows is cheap to sort, so the planner is asked what it does when it would rather not.
                let plan = try await client.withConnection { session in
                    _ = try await session.runScript("SET enable_sort = off")
                    _ = try await session.runScript("SET enable_bitmapscan = off")
                    return try await session.plan(of: query, at: MediumData.moment)
                }

                #expect(!plan.nodes.contains { $0.type.contains("Sort") }, "\(query)\n\(plan.summary)")
            }
            await client.close()
        }

        /// Commands that were given at one moment are ordered by their identifiers, which the index does not have; so few of them are sorted at a time.
        @Test func aPollReadsCommandsInTheOrderOfTheirIndex() async throws {
            let client = try await MediumData.client()

            let plan = try await client.withConnection { session in
                _ = try await session.runScript("SET enable_sort = off")
                _ = try await session.runScript("SET enable_bitmapscan = off")
                return try await session.plan(of: .poll("satellite-17"), at: MediumData.moment)
            }

            let claim = try #require(plan.nodes.first { $0.subplan == "CTE waiting" })
            #expect(claim.type == "Limit", "\(plan.summary)")
            #expect(claim.steps.contains { $0.index == "idx_satelliteCommands_pending" }, "\(plan.summary)")
            #expect(!claim.steps.contains { $0.type == "Sort" }, "\(plan.summary)")
            await client.close()
        }

        /// A prune numbers all heartbeats, in one pass over them; what it deletes it finds in a second one, and not by one look-up for each.
        @Test func aPruneReadsHeartbeatsTwiceAndCanFollowTheOrderOfTheirIndex() async throws {
            let client = try await MediumData.client()
            let query = PlannedQuery.pruneHeartbeats(keep: 50)

            let (plan, ordered) = try await client.withConnection { session in
                _ = try await session.runScript("BEGIN")
                let plan = try await AnalyzingSession(session).plan(of: query, at: MediumData.moment)
                _ = try await session.runScript("ROLLBACK")
                _ = try await session.runScript("SET enable_sort = off")
                return (plan, try await session.plan(of: query, at: MediumData.moment))
            }

            #expect(plan.misjudgedSteps == [], "\(plan.summary)")
            #expect(plan.nodes.count { $0.relation == "satelliteHeartbeats" && $0.type.contains("Scan") } == 2, "\(plan.summary)")
            #expect(!plan.nodes.contains { $0.type == "Nested Loop" }, "\(plan.summary)")
            #expect(ordered.usesIndex(named: query.index), "\(ordered.summary)")
            #expect(!ordered.nodes.contains { $0.type == "Sort" }, "\(ordered.summary)")
            await client.close()
        }

        @Test func withoutAnIndexExactlyItsQueriesAreSeenToLackIt() async throws {
            let client = try await MediumData.client()
            // A primary key is the index of all look-ups by identifier, also those inside of other queries.
            let indexes = Set(PlanTests.queries.map(\.0.index)).filter { !$0.hasSuffix("_pkey") }.sorted()

            for index in indexes {
                let red = try await client.withConnection { session in
                    _ = try await session.runScript("BEGIN")
                    _ = try await session.runScript(try await Self.dropping(index, session))
                    var red: [String] = []
                    for (query, tables) in PlanTests.queries {
                        let plan = try await session.plan(of: query, at: MediumData.moment)
                        if !plan.usesIndex(named: query.index) || !Set(plan.sequentialScans).isDisjoint(with: tables) { red.append("\(query)") }
                    }
                    _ = try await session.runScript("ROLLBACK")
                    return red
                }

                let own = PlanTests.queries.map(\.0).filter { $0.index == index || Self.isNeeded(index, beside: $0) }
                #expect(red == own.map { "\($0)" }, "without \(index)")
            }
            #expect(indexes.count > 20)
            await client.close()
        }

        @Test func anIndexCanServeASearchOfTagsTooWhereATableIsLarge() async throws {
            let client = try await MediumData.client()

            let plan = try await client.withConnection { session in
                _ = try await session.runScript("SET enable_seqscan = off")
                return try await session.plan(of: .search(.web("quarterly report", includesTags: true)), at: MediumData.moment)
            }

            #expect(plan.indexes.contains("idx_mcpServers_search") && plan.indexes.contains("idx_mcpServers_tags"), "\(plan.summary)")
            #expect(plan.sequentialScans == [])
            await client.close()
        }

        /// Lists whose order is that of their index. Those with a total gather all of their rows first.
        private static let ordered: [PlannedQuery] = PlanTests.queries.map(\.0).filter { query in
            switch query {
            case .notificationFeed, .browse, .installationViews, .purgeTokens, .purgeRefreshTokens, .purgeCodes: true
            default: false
            }
        }

        /// Whether a query needs an index beside its own, for a table that it joins.
        private static func isNeeded(_ index: String, beside query: PlannedQuery) -> Bool {
            switch (index, query) {
            case ("mcpServerInstances_installation_id_user_id_key", .listInstallations),
                ("mcpServerInstances_installation_id_user_id_key", .installation),
                ("teamMemberships_team_id_user_id_key", .teamsWithRoles):
                true
            default: false
            }
        }

        /// A unique constraint goes with its index.
        private static func dropping(_ index: String, _ session: PostgresSession) async throws -> String {
            let tables = try await session.run(
                Statement<String>("SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = \(index)") { row in try row.read() }
            ).rows
            return tables.first.map { "ALTER TABLE \($0) DROP CONSTRAINT \"\(index)\"" } ?? "DROP INDEX \"\(index)\""
        }
    }
}

extension QueryPlan.Node {
    /// The step with all that are below it.
    fileprivate var steps: [QueryPlan.Node] { [self] + children.flatMap(\.steps) }
}

extension QueryPlan {
    /// The steps that gave more than a hundred times more or fewer rows than expected. A step that a limit ends early is judged by nobody.
    fileprivate var misjudgedSteps: [String] { Self.misjudged(root, isCut: false) }

    private static let blocking: Set<String> = ["Sort", "Aggregate", "Hash", "Materialize", "HashAggregate", "GroupAggregate", "WindowAgg"]

    private static func misjudged(_ node: Node, isCut: Bool) -> [String] {
        var steps: [String] = []
        if !isCut, let actual = node.actualRows {
            let ratio = max(node.estimatedRows, 1) / max(actual, 1)
            if ratio > 100 || ratio < 0.01 {
                steps.append("\(node.type) on \(node.relation ?? "–"): \(node.estimatedRows) expected, \(actual) given")
            }
        }
        let cutsChildren = node.type == "Limit" || isCut && !blocking.contains(node.type)
        return steps + node.children.flatMap { child in misjudged(child, isCut: cutsChildren && child.subplan == nil) }
    }
}
