import DeployStackData
import DeployStackDataTesting
import DeployStackModels
import Testing

@Suite(.database)
struct ClientConfigurationTests {
    private static let schema = McpConfigurationSchemas(
        template: .init(env: [["name": "MODE", "value": "fast", "locked": true]]), team: .init(env: [["name": "KEY", "type": "secret"]]),
        user: .init(env: [["name": "MINE", "required": true]]))

    private static func installed(
        _ packages: JSONValue, on backend: Backend
    ) async throws -> (scene: TeamScene, id: McpInstallationID) {
        let scene = try await TeamScene.make(on: backend, encryptionSecret: try EncryptionSecret("a secret of some length"))
        var new = NewServer.fixture(configuration: schema)
        new.packages = packages
        let server = try await scene.addServer(new)
        let made = try await scene.store.installations.createInstallation(
            team: scene.team.id, user: scene.owner.id,
            .fixture(serverID: server.id, name: "my tool", configuration: TeamConfiguration(env: ["KEY": "s3cret", "MODE": "slow"])))
        return (scene, made.id)
    }

    private static let env: JSONValue = ["KEY": "s3cret", "MODE": "fast"]

    @Test(arguments: Backend.all)
    func aCommandIsWrittenAsEachProgramReadsIt(_ backend: Backend) async throws {
        let (scene, id) = try await Self.installed(
            [["transport": ["type": "stdio", "command": "npx", "args": ["-y", "@acme/tool"]]], ["transport": ["command": "never"]]], on: backend)
        let service = scene.store.installations
        let local: JSONValue = ["my tool": ["command": "npx", "args": ["-y", "@acme/tool"], "env": Self.env]]

        #expect(try await service.clientConfiguration(id, team: scene.team.id, client: .claudeDesktop) == ["mcpServers": local])
        #expect(try await service.clientConfiguration(id, team: scene.team.id, client: .cursor) == ["mcpServers": local])
        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .vscode) == [
                "servers": ["my tool": ["type": "stdio", "command": "npx", "args": ["-y", "@acme/tool"], "env": Self.env]]
            ])
    }

    private static let packages: [(package: JSONValue, command: String, args: JSONValue)] = [
        (["registryType": "npm", "identifier": "@acme/tool", "version": "1.2.0"], "npx", ["-y", "@acme/tool@1.2.0"]),
        (
            [
                "registryType": "pypi", "identifier": "acme", "runtimeArguments": [["type": "named", "name": "--python", "value": "3.12"]],
                "packageArguments": [["type": "positional", "value": "serve"], ["type": "named", "name": "--quiet"], ["name": "nothing"]],
            ], "uvx", ["--python", "3.12", "acme", "serve", "--quiet"]
        ),
        (
            ["registryType": "oci", "identifier": "acme/tool", "version": "2"], "docker",
            ["run", "-i", "--rm", "-e", "KEY", "-e", "MODE", "acme/tool:2"]
        ),
        (["registryType": "pypi", "identifier": "acme", "version": "1.0"], "uvx", ["acme==1.0"]),
        (
            [
                "registryType": "npm", "identifier": "tool",
                "packageArguments": [
                    ["type": "named", "name": "--level", "default": "info"], ["type": "positional", "value": "a", "default": "b"],
                ],
            ], "npx", ["-y", "tool", "--level", "info", "a"]
        ),
        (["registryType": "npm", "identifier": "tool", "runtimeHint": "bunx", "transport": ["type": "stdio"]], "bunx", ["-y", "tool"]),
    ]

    @Test(arguments: Backend.all)
    func aPackageWithoutACommandIsRunAsItsRegistrysAre(_ backend: Backend) async throws {
        for (package, command, args) in Self.packages {
            let (scene, id) = try await Self.installed([package], on: backend)

            let document = try await scene.store.installations.clientConfiguration(id, team: scene.team.id, client: .cursor)

            let entry = document?["mcpServers"]?["my tool"]
            #expect(entry?["command"]?.string == command && entry?["args"] == args && entry?["env"] == Self.env, "\(package)")
        }
    }

    @Test(arguments: Backend.all)
    func aRemotePackageIsReachedByItsAddress(_ backend: Backend) async throws {
        let (scene, id) = try await Self.installed(
            [["transport": ["type": "streamable-http", "url": "https://acme.example/mcp", "headers": [["name": "X-A", "value": "b"]]]]], on: backend)
        let service = scene.store.installations

        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .vscode) == [
                "servers": ["my tool": ["type": "http", "url": "https://acme.example/mcp", "headers": ["X-A": "b"]]]
            ])
        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .cursor) == [
                "mcpServers": ["my tool": ["url": "https://acme.example/mcp", "headers": ["X-A": "b"]]]
            ])
        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .claudeDesktop) == [
                "mcpServers": [
                    "my tool": [
                        "command": "npx",
                        "args": ["-y", "mcp-remote", "https://acme.example/mcp", "--transport", "http-only", "--header", "X-A:b"],
                    ]
                ]
            ])
    }

    @Test(arguments: Backend.all)
    func aPackageThatSendsEventsIsReachedAsOneThatDoes(_ backend: Backend) async throws {
        let (scene, id) = try await Self.installed(
            [["transport": ["type": "sse", "url": "https://acme.example/sse", "headers": [["name": "X-A", "value": .null], ["name": "X-B"]]]]],
            on: backend)
        let service = scene.store.installations

        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .vscode) == [
                "servers": ["my tool": ["type": "sse", "url": "https://acme.example/sse"]]
            ])
        #expect(
            try await service.clientConfiguration(id, team: scene.team.id, client: .claudeDesktop) == [
                "mcpServers": [
                    "my tool": ["command": "npx", "args": ["-y", "mcp-remote", "https://acme.example/sse", "--transport", "sse-only"]]
                ]
            ])
    }

    @Test(arguments: Backend.all)
    func withoutVariablesThereIsNoPlaceForThem(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var new = NewServer.fixture()
        new.packages = [["registryType": "npm", "identifier": "tool"]]
        let made = try await scene.install(try await scene.addServer(new), name: "tool")

        #expect(
            try await scene.store.installations.clientConfiguration(made.id, team: scene.team.id, client: .cursor) == [
                "mcpServers": ["tool": ["command": "npx", "args": ["-y", "tool"]]]
            ])
    }

    @Test(arguments: Backend.all)
    func defaultsOfTheTeamAreWrittenAndValuesOfUsersAreNot(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        var new = NewServer.fixture(
            configuration: McpConfigurationSchemas(
                team: .init(env: [["name": "REGION", "default": "eu"]]), user: .init(env: [["name": "MINE", "default": "m"]])))
        new.packages = [["registryType": "npm", "identifier": "tool"]]
        let made = try await scene.install(try await scene.addServer(new), name: "tool")
        try await scene.store.userConfigurations.save(
            made.id, user: scene.owner.id, team: scene.team.id, UserConfigurationValues(env: ["MINE": "own"]))

        let document = try await scene.store.installations.clientConfiguration(made.id, team: scene.team.id, client: .cursor)

        #expect(document?["mcpServers"]?["tool"]?["env"] == ["REGION": "eu"])
    }

    @Test(arguments: Backend.all)
    func numbersAndBooleansAreWrittenAsTexts(_ backend: Backend) async throws {
        let scene = try await TeamScene.make(on: backend)
        let service = scene.store.installations
        let arguments: JSONValue = [["type": "named", "name": "--port", "value": 8080], ["type": "positional", "value": .bool(true)]]
        let packages: [JSONValue] = [
            ["transport": ["type": "stdio", "command": "tool", "args": ["--port", 8080, .bool(true)]]],
            ["registryType": "pypi", "identifier": "acme", "packageArguments": arguments],
            ["transport": ["type": "http", "url": "https://acme.example/mcp", "headers": ["X-Level": 7, "X-Trace": .bool(false)]]],
        ]
        var written: [JSONValue?] = []
        for (number, package) in packages.enumerated() {
            let name = "tool-\(number)"
            var new = NewServer.fixture(configuration: McpConfigurationSchemas(template: .init(env: [["name": "PORT", "value": 8080]])))
            new.packages = [package]
            let made = try await service.createInstallation(
                team: scene.team.id, user: scene.owner.id,
                .fixture(serverID: try await scene.addServer(new).id, name: name, configuration: TeamConfiguration(env: ["VERBOSE": .bool(true)])))
            for (client, list) in [(McpClientProgram.cursor, "mcpServers"), (.vscode, "servers"), (.claudeDesktop, "mcpServers")] {
                written.append(try await service.clientConfiguration(made.id, team: scene.team.id, client: client)?[list]?[name])
            }
        }

        let env: JSONValue = ["PORT": "8080", "VERBOSE": "true"]
        #expect(written[0..<6].map { $0?["env"] } == Array(repeating: env, count: 6))
        #expect(written[0..<3].map { $0?["args"] } == Array(repeating: ["--port", "8080", "true"], count: 3))
        #expect(written[3..<6].map { $0?["args"] } == Array(repeating: ["acme", "--port", "8080", "true"], count: 3))
        #expect(written[6..<8].map { $0?["headers"] } == Array(repeating: ["X-Level": "7", "X-Trace": "false"], count: 2))
        #expect(
            written[8]?["args"] == [
                "-y", "mcp-remote", "https://acme.example/mcp", "--transport", "http-only", "--header", "X-Level:7", "--header", "X-Trace:false",
            ])
    }

    private static let unusable: [JSONValue] = [
        [], ["x"], [[:]], [["identifier": "x"]], [["registryType": "cargo", "identifier": "x"]], [["transport": ["type": "sse"]]],
    ]

    @Test(arguments: Backend.all)
    func aServerWithoutAPackageThatRunsIsRefusedAndNotUsed(_ backend: Backend) async throws {
        for packages in Self.unusable {
            let (scene, id) = try await Self.installed(packages, on: backend)

            await expectError(.validation("packages", "the server has no package that a client can run by itself")) {
                _ = try await scene.store.installations.clientConfiguration(id, team: scene.team.id, client: .vscode)
            }
            #expect(try await scene.store.installations.installation(id, team: scene.team.id)?.installation.lastUsedAt == nil)
        }
    }

    @Test(arguments: Backend.all)
    func makingADocumentIsAUse(_ backend: Backend) async throws {
        let (scene, id) = try await Self.installed([["registryType": "npm", "identifier": "tool"]], on: backend)
        scene.clock.advance(by: .seconds(5))

        _ = try await scene.store.installations.clientConfiguration(id, team: scene.team.id, client: .vscode)

        #expect(try await scene.store.installations.installation(id, team: scene.team.id)?.installation.lastUsedAt == scene.clock.now())
    }

    @Test(arguments: Backend.all)
    func anotherTeamGetsNoDocument(_ backend: Backend) async throws {
        let (scene, id) = try await Self.installed([["registryType": "npm", "identifier": "tool"]], on: backend)
        let other = try await scene.store.teams.createTeam(.fixture(owner: scene.owner.id)).id

        for (id, team) in [(id, other), ("nothing", scene.team.id), ("a\0b", scene.team.id), (id, "")] {
            #expect(try await scene.store.installations.clientConfiguration(id, team: team, client: .vscode) == nil)
        }
    }
}
