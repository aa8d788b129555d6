import DeployStackDataTesting
import DeployStackModels
import EphemeralPostgres
import FaultHarness
import PostgresDriver

@testable import DeployStackData

/// Makes calls with canaries in them, most of which fail, and keeps everything that can be printed about it.
struct CanaryRun {
    #if os(Linux)
        /// An address that no other server of this machine has.
        static let host = "127.\(Int.random(in: 10...250)).\(Int.random(in: 1...250)).1"
    #else
        static let host = "127.0.0.1"
    #endif

    let server: LoggingServer
    let canaries: Canaries
    let recorder: TraceRecorder
    private(set) var calls = 0
    private(set) var errors = 0
    /// What was given out once, with what it is.
    private(set) var issued: [(name: String, text: String)] = []
    /// What is safe to log: descriptions.
    private(set) var descriptions = ""
    /// What only developers see: debug descriptions, dumps and mirrors, of errors and of everything that has a secret in it.
    private(set) var debugging = ""

    init(server: LoggingServer, canaries: Canaries, recorder: TraceRecorder) {
        self.server = server
        self.canaries = canaries
        self.recorder = recorder
    }

    /// How a store logs in with the password.
    private func configuration(password: String? = nil) -> PostgresConfiguration {
        PostgresConfiguration(
            host: Self.host, port: server.cluster.port, database: "secrets", user: "app", password: Password(password ?? canaries.password),
            tls: .disable,
            applicationName: "secrets", pool: PoolOptions(maxConnections: 2))
    }

    private func options(_ clock: ManualTimeSource) throws -> StoreOptions {
        StoreOptions(
            timeSource: clock, idGenerator: SequentialIDGenerator(), encryptionSecret: try EncryptionSecret(canaries.encryptionKey),
            logger: recorder.logger)
    }

    /// Every public call, with row contents in each parameter that takes a text, and with the secrets where secrets go.
    mutating func makeCalls() async throws {
        let clock = ManualTimeSource()
        let options = try options(clock)
        let store = try await DataStore.postgres(configuration(), options: options)
        var world = try await StoreWorld(filling: store, clock: clock)
        for nasty in ["", "\0", "\u{E9}\0", String(repeating: "x", count: 100_001)] {
            try await world.welcomeGuest(to: store)
            for call in StoreCalls.all {
                world.round += 1
                calls += 1
                let text = "\(canaries.row) \(world.round)\(nasty)"
                await note { try await call.perform(on: store, world) { _ in text } }
            }
        }
        try await useSecrets(store, world)
        await store.close()
        // Nothing changes any more in a store that is closed, so it can be looked through.
        print(configuration(), options, store)
    }

    private mutating func useSecrets(_ store: DataStore, _ world: StoreWorld) async throws {
        var schemas = McpConfigurationSchemas()
        schemas.team.env = [["name": "TOKEN", "type": "secret", "required": true]]
        schemas.team.headers = [["name": "Authorization", "type": "secret"]]
        let made = try await store.catalog.create(NewServer(name: "With secrets", transport: .http, configuration: schemas), by: .system)
        var new = NewInstallation(serverID: made.id, name: "sealed")
        new.configuration = TeamConfiguration(env: ["TOKEN": .string(canaries.configured)], headers: ["Authorization": .string(canaries.header)])
        for satellite in [nil, SatelliteID("nowhere")] {
            new.satelliteID = satellite
            for _ in 0..<2 { await note { try await store.installations.createInstallation(team: world.team, user: world.owner, new) } }
        }
        print(try await store.installations.installationViews(team: world.team))
        for number in 0..<20 {
            let issued = try await store.tokens.issueAccessToken(NewAccessToken(user: world.owner, team: world.team, clientID: "client \(number)"))
            let token = issued.token.reveal()
            self.issued.append(("access token", token))
            print(issued, try await store.tokens.verify(token) as Any)
            await note { try await store.tokens.verify(token + "x") }
            // A token where an identifier belongs is looked up as one, and is a parameter then; this is not done with one that is valid.
        }
        let tokens = self.issued.map(\.text)
        await note { try await store.tokens.verify(String(tokens[0].dropLast())) }
        try await useGrants(store, world)
        try await useSettings(store)
        try await useKeys(store, world)
        clock(world).advance(by: .seconds(1_000_000))
        for token in tokens { await note { try await store.tokens.verify(token) } }
        await note { try await store.tokens.revokeExpiredTokens() }
    }

    /// Codes, verifiers, refresh tokens and secrets of clients: used rightly, used again, and used for what they are not.
    private mutating func useGrants(_ store: DataStore, _ world: StoreWorld) async throws {
        let redirectURI = "https://app.example/callback"
        let verifier = canaries.verifier
        let registered = try await store.oauthClients.register(NewOAuthClient(name: "Client", redirectURIs: [redirectURI], wantsSecret: true))
        let (client, secret) = (registered.client.id, registered.secret?.reveal() ?? "")
        issued.append(("client secret", secret))
        print(registered, try await store.oauthClients.client(client) as Any)
        _ = try await store.oauthClients.isValid(client, secret: secret)
        for (id, text) in [(client, secret + "x"), ("cursor_mcp_client", secret), ("nobody", secret)] as [(OAuthClientID, String)] {
            await note { try await store.oauthClients.isValid(id, secret: text) }
        }
        for round in 0..<4 {
            let request = try await store.tokens.createAuthorizationRequest(
                NewAuthorizationRequest(
                    user: world.owner, team: world.team, client: client, redirectURI: redirectURI,
                    codeChallenge: ProofKey.challenge(of: verifier, .s256) ?? ""))
            let approved = try await store.tokens.approve(request.id)
            let code = approved.reveal()
            issued.append(("authorization code", code))
            print(request, approved)
            await note { try await store.tokens.approve(request.id) }
            await note { try await store.tokens.exchangeCode(code, verifier: verifier + "x", client: client, redirectURI: redirectURI) }
            await note { try await store.tokens.exchangeCode(code, verifier: verifier, client: "nobody", redirectURI: redirectURI) }
            await note { try await store.tokens.exchangeCode(code + "x", verifier: verifier, client: client, redirectURI: redirectURI) }
            await note {
                try await store.transaction { store in
                    try await store.tokens.exchangeCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
                }
            }
            let first = try await store.tokens.exchangeCode(code, verifier: verifier, client: client, redirectURI: redirectURI)
            let old = first.refresh?.token.reveal() ?? ""
            await note { try await store.tokens.refresh(old, client: "nobody") }
            await note { try await store.tokens.refresh(old + "x", client: client) }
            let second = try await store.tokens.refresh(old, client: client)
            for pair in [first, second] {
                issued.append(("access token", pair.access.token.reveal()))
                issued.append(("refresh token", pair.refresh?.token.reveal() ?? ""))
                print(pair)
            }
            let new = second.refresh?.token.reveal() ?? ""
            switch round {
            case 0: await note { try await store.tokens.refresh(old, client: client) }
            case 1:
                print(try await store.tokens.redeemCode(code, verifier: verifier, client: client, redirectURI: redirectURI))
                print(try await store.tokens.redeemRefreshToken(new, client: client))
            case 2:
                await note { try await store.tokens.revoke(new, client: "nobody") }
                await note { try await store.tokens.revoke(new, client: client) }
            default: await note { try await store.tokens.introspect(second.access.token.reveal(), expectedTeam: "another", expectedAudience: nil) }
            }
        }
    }

    /// A setting that is stored encrypted: alone, in lists, replaced by what it must not be, and read without the key.
    private mutating func useSettings(_ store: DataStore) async throws {
        print(try await store.settings.set("mail.password", to: .secret(SecretText(canaries.setting))))
        print(try await store.settings.get("mail.password") as Any, try await store.settings.list(), try await store.settings.search("mail"))
        print(try await store.settings.groupsWithSettings())
        await note { try await store.settings.set("mail.password", to: .string("in clear")) }
        await note { [setting = canaries.setting] in try await store.settings.set("\0", to: .secret(SecretText(setting))) }
        await note { [setting = canaries.setting] in
            try await store.settings.set(NewSetting("mail.more", .secret(SecretText(setting)), groupID: "nothing"))
        }
        let other = try await DataStore.postgres(
            configuration(),
            options: StoreOptions(encryptionSecret: try EncryptionSecret("another key, which nobody has"), logger: recorder.logger))
        await note { try await other.settings.get("mail.password") }
        print(try await other.settings.list())
        await other.close()
    }

    /// What instances and satellites prove themselves with.
    private mutating func useKeys(_ store: DataStore, _ world: StoreWorld) async throws {
        if let token = try await store.instances.resetToken(installation: world.installation, user: world.owner) {
            issued.append(("instance token", token.reveal()))
            print(token)
        }
        let satellite = try await store.satellites.register(NewSatellite(name: "satellite-with-a-key"))
        let key = satellite.apiKey.reveal()
        issued.append(("satellite key", key))
        print(satellite, try await store.satellites.authenticate(key) as Any)
        await note { try await store.satellites.authenticate(key + "x") }
    }

    private func clock(_ world: StoreWorld) -> ManualTimeSource { world.clock }

    /// The ways to fail that need no bad argument: a wrong password, a lost connection, a deadline, a broken constraint, an unreadable row, a closed store.
    mutating func fail() async throws {
        let clock = ManualTimeSource(.epoch + .seconds(1_800_000_000))
        let wrong = try await DataStore.postgres(configuration(password: canaries.password + "x"), options: options(clock))
        await note { try await wrong.users.user("id") }
        await wrong.close()
        print(wrong)

        var impatient = configuration()
        impatient.callTimeout = .milliseconds(1)
        impatient.statementTimeout = .milliseconds(1)
        let hurried = try await DataStore.postgres(impatient, options: options(clock))
        for _ in 0..<20 { await note { [row = canaries.row] in try await hurried.catalog.search(row, viewer: .administrator) } }
        await hurried.close()

        let store = try await DataStore.postgres(
            configuration(),
            options: StoreOptions(timeSource: clock, encryptionSecret: try EncryptionSecret(canaries.encryptionKey), logger: recorder.logger))
        try await withServerSession(server.administrator("secrets")) { session in
            try await session.runScript("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'secrets'")
        }
        for _ in 0..<3 { await note { try await store.users.user("id") } }
        // The server's own messages about a broken constraint or an unreadable value quote both.
        try await withServerSession(server.administrator("secrets")) { session in
            try await session.runScript("ALTER TABLE \"authUser\" ADD CONSTRAINT \"short\" CHECK (length(\"first_name\") < 5) NOT VALID")
            try await session.runScript("UPDATE \"teams\" SET \"created_at\" = 'infinity'")
        }
        await note { [detail = canaries.detail] in
            try await store.users.createUser(NewUser(username: "constraint", email: "\(detail)@example.org", firstName: detail))
        }
        for number in 0..<2 {
            await note { [detail = canaries.detail] in
                try await store.users.createUser(NewUser(username: "unique\(number)", email: "\(detail)@example.com"))
            }
        }
        await note { try await store.teams.team(slug: "team") }
        await note { [row = canaries.row] in
            try await store.transaction { store in
                _ = try await store.users.createUser(NewUser(username: row, email: "\(row)@example.com"))
                throw DataError(.validation, field: "body")
            }
        }
        await store.close()
        await note { try await store.users.user("id") }
        print(store)
    }

    /// Makes a call, and keeps what can be printed of its error.
    private mutating func note(_ body: () async throws -> some Sendable) async {
        do {
            _ = try await body()
        } catch {
            errors += 1
            descriptions += "\(error)\n"
            if let error = error as? DataError { descriptions += "\(error.reason ?? "") \(error.field ?? "") \(error.constraint ?? "")\n" }
            // The server's message is for developers, and quotes what the statement had; it is looked at for secrets alone.
            debugging += "\(String(reflecting: error))\n"
            print(error)
        }
    }

    /// Keeps every printed form of values.
    private mutating func print(_ values: Any...) {
        for value in values {
            Swift.dump(value, to: &debugging, maxDepth: 12, maxItems: 5_000)
            debugging += "\n\(value)\n\(String(reflecting: value))\n"
        }
    }
}

extension LoggingServer {
    /// Everything that somebody with access to the server can see of a run.
    func everythingSeen(database: String) async throws -> [(place: String, text: String)] {
        try await withServerSession(administrator(database)) { session in
            let log: Statement<String> = "SELECT pg_read_file('log/statements.csv')"
            let activity: Statement<String> =
                "SELECT coalesce(string_agg(concat_ws(' ', query, usename, application_name), E'\\n'), '') FROM pg_stat_activity"
            let statements: Statement<String> = "SELECT coalesce(string_agg(query, E'\\n'), '') FROM pg_stat_statements"
            var tables = ""
            let names: Statement<String> =
                "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
            for table in try await session.run(names).rows {
                try await session.runScript("DROP TABLE IF EXISTS pg_temp.dump")
                try await session.runScript("CREATE TEMPORARY TABLE dump AS SELECT r::text AS line FROM \"\(table)\" AS r")
                let lines: Statement<String> = "SELECT line FROM dump"
                tables += try await session.run(lines).rows.joined(separator: "\n")
            }
            return [
                ("the server's log", try await session.run(log).rows.joined()), ("pg_stat_activity", try await session.run(activity).rows.joined()),
                ("pg_stat_statements", try await session.run(statements).rows.joined()), ("the tables", tables),
            ]
        }
    }
}
