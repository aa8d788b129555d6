import DeployStackModels

/// How a client program starts or reaches a server by itself.
struct ClientConfiguration {
    /// How the server runs.
    private enum Launch {
        case command(String, args: [JSONValue])
        case remote(type: String, url: String, headers: JSONObject)
    }

    private let name: String
    private let launch: Launch
    private let env: JSONObject

    /// Reads the first package of a server.
    ///
    /// - Parameters:
    ///   - name: The installation's name.
    ///   - packages: The server's packages.
    ///   - env: The environment variables.
    init(name: String, packages: JSONValue, env: JSONObject) throws(DataError) {
        guard let package = packages[0], let launch = Self.launch(package, passing: env.keys) else {
            throw .validation("packages", "the server has no package that a client can run by itself")
        }
        self.name = name
        self.launch = launch
        self.env = env
    }

    /// The document that a program reads.
    func document(for client: McpClientProgram) -> JSONValue {
        switch client {
        case .claudeDesktop: ["mcpServers": .object(JSONObject([(name, .object(JSONObject(localMembers)))]))]
        case .cursor: ["mcpServers": .object(JSONObject([(name, .object(JSONObject(members)))]))]
        case .vscode: ["servers": .object(JSONObject([(name, .object(JSONObject(members + [("type", .string(type))])))]))]
        }
    }

    private var type: String {
        switch launch {
        case .command: "stdio"
        case .remote(let type, _, _): type
        }
    }

    private var members: [(String, JSONValue)] {
        switch launch {
        case .command(let command, let args):
            [("command", .string(command)), ("args", .array(args.map(\.asText)))] + (env.isEmpty ? [] : [("env", .object(env.asTexts))])
        case .remote(_, let url, let headers):
            [("url", .string(url))] + (headers.isEmpty ? [] : [("headers", .object(headers.asTexts))])
        }
    }

    /// The same for a program that knows commands only: a remote server is reached through `mcp-remote`.
    private var localMembers: [(String, JSONValue)] {
        guard case .remote(let type, let url, let headers) = launch else { return members }
        var args: [JSONValue] = ["-y", "mcp-remote", .string(url), "--transport", type == "sse" ? "sse-only" : "http-only"]
        for (key, value) in headers { args += ["--header", .string("\(key):\(value.plainText)")] }
        return [("command", "npx"), ("args", .array(args))]
    }

    /// How a package runs: by its transport's own command or address, or by the program that its registry's packages are run with.
    private static func launch(_ package: JSONValue, passing variables: [String]) -> Launch? {
        let transport = package["transport"]
        let type = transport?["type"]?.string ?? "stdio"
        guard type == "stdio" else {
            guard let url = transport?["url"]?.string else { return nil }
            return .remote(type: type == "sse" ? "sse" : "http", url: url, headers: headers(transport?["headers"]))
        }
        if let command = transport?["command"]?.string { return .command(command, args: transport?["args"]?.array ?? []) }
        guard let identifier = package["identifier"]?.string else { return nil }
        let before = arguments(package["runtimeArguments"])
        let after = arguments(package["packageArguments"])
        let version = package["version"]?.string
        switch package["registryType"]?.string {
        case "npm":
            let full = version.map { "\(identifier)@\($0)" } ?? identifier
            return .command(package["runtimeHint"]?.string ?? "npx", args: ["-y"] + before + [.string(full)] + after)
        case "pypi":
            let full = version.map { "\(identifier)==\($0)" } ?? identifier
            return .command(package["runtimeHint"]?.string ?? "uvx", args: before + [.string(full)] + after)
        case "oci":
            // A container sees only those variables that it is told to take over.
            let passed = variables.flatMap { ["-e", .string($0)] as [JSONValue] }
            let full = version.map { "\(identifier):\($0)" } ?? identifier
            return .command(package["runtimeHint"]?.string ?? "docker", args: ["run", "-i", "--rm"] + passed + before + [.string(full)] + after)
        default: return nil
        }
    }

    /// The arguments of a package in the form of the official registry: named ones with their value behind them, positional ones alone.
    private static func arguments(_ list: JSONValue?) -> [JSONValue] {
        (list?.array ?? []).flatMap { element -> [JSONValue] in
            let value = element["value"] ?? element["default"]
            let given: [JSONValue] = value.map { $0.isNull ? [] : [$0] } ?? []
            if element["type"]?.string == "named", let name = element["name"]?.string { return [.string(name)] + given }
            return element.string != nil ? [element] : given
        }
    }

    /// Headers as an object, or as a list of `{"name", "value"}`.
    private static func headers(_ value: JSONValue?) -> JSONObject {
        if let members = value?.object { return members }
        let pairs = (value?.array ?? []).compactMap { element -> (String, JSONValue)? in
            guard let name = element["name"]?.string, let value = element["value"], !value.isNull else { return nil }
            return (name, value)
        }
        return JSONObject(pairs)
    }
}

// Programs read nothing but texts in their configuration: one that finds a number or true there refuses the whole file.
extension JSONValue {
    /// A text as it is, everything else as JSON.
    fileprivate var plainText: String { string ?? text }

    fileprivate var asText: JSONValue { .string(plainText) }
}

extension JSONObject {
    fileprivate var asTexts: JSONObject { JSONObject(map { ($0.key, $0.value.asText) }) }
}

extension InstalledServer {
    /// The document with which a client program runs the server by itself.
    func clientConfiguration(for client: McpClientProgram, with cipher: SecretCipher?) throws(DataError) -> JSONValue {
        let team = try stored.revealed(.decrypted, with: cipher).configuration
        let details = server.details
        let schemas = details?.configuration ?? McpConfigurationSchemas()
        let shared = McpConfigurationSchemas(template: schemas.template, team: schemas.team)
        let env = ConfigurationResolution(schemas: shared, team: team, user: UserConfigurationValues()).resolved().env
        return try ClientConfiguration(name: stored.name, packages: details?.packages ?? [], env: env).document(for: client)
    }
}

extension ConfiguredInstallation {
    /// What the user's instance runs with.
    func resolved(_ reveal: SecretReveal, with cipher: SecretCipher?) throws(DataError) -> ResolvedConfiguration {
        ConfigurationResolution(
            schemas: server.details?.configuration ?? McpConfigurationSchemas(),
            team: try stored.revealed(reveal, with: cipher).configuration,
            user: try configuration?.revealed(reveal, with: cipher).values ?? UserConfigurationValues()
        ).resolved()
    }

    /// What a satellite needs to run the instance, or `nil` when the instance was not read.
    func satelliteConfiguration(with cipher: SecretCipher?) -> SatelliteConfiguration? {
        guard let instance else { return nil }
        let resolved: Result<ResolvedConfiguration, DataError>
        do throws(DataError) { resolved = .success(try self.resolved(.decrypted, with: cipher)) } catch { resolved = .failure(error) }
        return SatelliteConfiguration(
            instance: instance, teamID: stored.teamID, installationName: stored.name, settings: stored.settings, server: server,
            configuration: resolved)
    }
}
