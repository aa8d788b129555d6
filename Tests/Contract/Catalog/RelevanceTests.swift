import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

/// What a person expects first, for fifty things that people search for in the sample catalog.
@Suite(.database)
struct RelevanceTests {
    /// A search, and the names that come first, in this order.
    private static let expectations: [(query: SearchQuery, first: [String])] = [
        (.web("postgresql"), ["PostgreSQL (reference)"]),
        (.web("MySQL"), ["MySQL", "DBHub"]),
        (.web("sqlite"), ["SQLite (reference)", "DBHub"]),
        (.web("\"vector search\""), ["Chroma", "Pinecone"]),
        (.web("vector search -redis"), ["Chroma", "Pinecone"]),
        (.web("graph database"), ["Neo4j"]),
        (.web("time series"), ["InfluxDB 3"]),
        (.web("read-only sql"), ["ClickHouse"]),
        (.web("read-only"), ["PostgreSQL (reference)", "ClickHouse", "Postgres MCP Pro"]),
        (.web("web search"), ["Brave Search", "Exa"]),
        (.web("\"web search\" or scraping"), ["Exa", "Perplexity"]),
        (.web("browser automation"), ["Browserbase", "Playwright"]),
        (.web("automated browsers"), ["Browserbase", "Playwright"]),
        (.web("browser or automation -cloud"), ["Browserbase", "Hyperbrowser"]),
        (.web("issue tracking"), ["Linear"]),
        (.web("issue tracking jira"), ["Atlassian (Jira and Confluence)"]),
        (.web("pull request"), ["GitHub"]),
        (.web("jira"), ["Atlassian (Jira and Confluence)", "Atlassian Rovo"]),
        (.web("git repository"), ["Git"]),
        (.web("library documentation"), ["Context7"]),
        (.web("kubernetes"), ["Kubernetes"]),
        (.web("helm charts"), ["Kubernetes"]),
        (.web("docker images"), ["Docker Hub"]),
        (.web("deploy an application"), ["Google Cloud Run"]),
        (.web("infrastructure as code"), ["AWS MCP Servers"]),
        (.web("prometheus"), ["Prometheus", "Grafana"]),
        (.web("incidents -grafana"), ["PagerDuty"]),
        (.web("security vulnerabilities"), ["Semgrep"]),
        (.web("reverse engineering"), ["GhidraMCP"]),
        (.web("flaky test"), ["CircleCI"]),
        (.web("sending messages"), ["WhatsApp"]),
        (.web("e-mail"), ["Resend"]),
        (.web("payments -stripe -square"), ["Razorpay"]),
        (.web("invoices"), ["PayPal", "Stripe"]),
        (.web("arxiv papers"), ["arXiv", "Paper Search"]),
        (.web("time zones"), ["Time"]),
        (.web("knowledge graph"), ["Neo4j", "Memory"]),
        (.web("transcript of a video"), ["YouTube Transcript"]),
        (.web("converts pdf to markdown"), ["MarkItDown"]),
        (.web("data warehouse"), ["Snowflake"]),
        (.web("code sandbox"), ["E2B"]),
        (.prefix("kuber"), ["Kubernetes"]),
        (.prefix("browser autom"), ["Browserbase", "Playwright"]),
        (.prefix("whats"), ["WhatsApp"]),
        (.prefix("knowledge gra"), ["Neo4j", "Memory"]),
        (.prefix("vulnerabilit"), ["Semgrep"]),
        (.raw("vector <-> search & !redis"), ["Chroma", "Pinecone"]),
        (.raw("database & warehouse | snow:*"), ["Snowflake"]),
        (.web("iac", includesTags: true), ["Pulumi", "Terraform"]),
        (.web("kanban", includesTags: true), ["Trello"]),
    ]

    private static func store(on backend: Backend) async throws -> DataStore {
        let store = try await backend.makeStore()
        let report = try await store.catalog.importServers(
            CatalogFile(json: Array(try PackageFolder.text("Sources/deploystack-db/Demo/SampleCatalog.json").utf8)))
        #expect(report.inserted > 100 && report.rejected.isEmpty)
        return store
    }

    @Test(arguments: Backend.all)
    func whatAPersonExpectsComesFirst(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)
        #expect(Self.expectations.count == 50)

        for (query, first) in Self.expectations {
            let hits = try await store.catalog.search(query, viewer: .member(of: []))

            #expect(hits.items.prefix(first.count).map(\.server.name) == first, "\(query.text)")
            for hit in hits.items where !query.includesTags {
                #expect(!hit.nameHighlights.isEmpty || !hit.descriptionHighlights.isEmpty, "\(query.text): \(hit.server.name)")
            }
        }
    }

    /// What people mistype, and what they mean.
    private static let typos: [(typed: String, meant: String?)] = [
        ("postgers", "postgres"), ("kuberntes", "kubernetes"), ("databse", "database"), ("gihtub", "github"), ("playwrite", "playwright"),
        ("brwoser automaton", "browser automation"), ("documetation", "documentation"), ("\"isue traking\"", "\"issue tracking\""),
        ("elasticsarch", "elasticsearch"),
        ("screenshoot", "screenshots"), ("vulnerabilty", "vulnerabilities"), ("promethus", "prometheus"),
        ("kubernetes", nil), ("database", nil), ("xqzvkj", nil),
    ]

    @Test(arguments: Backend.all)
    func aTypoIsUnderstood(_ backend: Backend) async throws {
        let store = try await Self.store(on: backend)

        for (typed, meant) in Self.typos {
            #expect(try await store.catalog.suggestion(for: typed, viewer: .member(of: []))?.text == meant, "\(typed)")
        }
    }

    @Test(.requiresServer)
    func bothBackendsGiveTheSameHitsRanksAndHighlights() async throws {
        var answers: [[PageResult<CatalogSearchHit>]] = []
        for backend in [Backend.inMemory, .postgres] {
            let store = try await Self.store(on: backend)
            var hits: [PageResult<CatalogSearchHit>] = []
            for (query, _) in Self.expectations {
                var page = try await store.catalog.search(query, viewer: .administrator, filter: .none, page: Page(limit: 100))
                // Identifiers and times are each store's own.
                page.items = page.items.map { hit in
                    var hit = hit
                    (hit.server.id, hit.server.categoryID, hit.server.createdAt, hit.server.updatedAt) = ("", nil, .epoch, .epoch)
                    return hit
                }
                hits.append(page)
            }
            answers.append(hits)
        }

        #expect(answers.count == 2)
        #expect(answers.allSatisfy { $0 == answers[0] })
    }
}
