import DeployStackData
import DeployStackModels
import Foundation

/// The database that a command works on, and where each part of its address came from.
struct ConnectionTarget {
    /// One part of the address.
    struct Setting: Equatable {
        var name: String
        /// The value, or for a password only whether there is one.
        var value: String
        var origin: Origin
    }

    /// Where a value came from.
    enum Origin: Equatable {
        /// Nobody gave one; the variable could.
        case defaultInsteadOf(String)
        /// An environment variable.
        case variable(String)
        /// An option of the command.
        case option(String)
        /// Nobody gave one in the option's URL.
        case defaultInURL
        /// The command made the server itself.
        case throwAwayServer

        var text: String {
            switch self {
            case .defaultInsteadOf(let name): "default; \(name) is not set"
            case .variable(let name): name
            case .option(let name): name
            case .defaultInURL: "default; the URL has none"
            case .throwAwayServer: "throw-away server"
            }
        }
    }

    var configuration: PostgresConfiguration
    /// The parts in the order in which they are shown: host, port, database, user, password, TLS.
    var settings: [Setting]

    /// The place and the user on one line.
    var text: String { "\(configuration.database) on \(configuration.host):\(configuration.port) as \(configuration.user)" }

    /// The parts as aligned lines.
    var lines: [String] {
        let nameWidth = settings.map(\.name.count).max() ?? 0
        let valueWidth = min(settings.map(\.value.count).max() ?? 0, 40)
        return settings.map { setting in
            let name = setting.name.padding(toLength: nameWidth, withPad: " ", startingAt: 0)
            let value = setting.value + String(repeating: " ", count: max(0, valueWidth - setting.value.count))
            return "\(name)  \(value)  (\(setting.origin.text))"
        }
    }

    /// Whether a part came from the URL of an option.
    var isFromURL: Bool { settings.contains { if case .option = $0.origin { true } else { false } } }
}

extension ConnectionTarget {
    /// The database of the URL, or of the environment's variables without one.
    ///
    /// - Parameters:
    ///   - url: The URL of an option.
    ///   - option: The option's name, such as `--url`.
    ///   - environment: The variables.
    /// - Throws: ``CommandFailure`` that names the variable or option, never its value.
    static func resolve(url: String?, option: String = "--url", environment: [String: String]) throws(CommandFailure) -> ConnectionTarget {
        do throws(DataError) {
            if let url { return ConnectionTarget(try PostgresConfiguration(url: url), url: url, option: option) }
            return ConnectionTarget(try .fromEnvironment(environment), environment: environment)
        } catch {
            throw url == nil ? .variables(error) : .url(option, error)
        }
    }

    private init(_ configuration: PostgresConfiguration, environment: [String: String]) {
        self.init(configuration) { _, variable in environment[variable] == nil ? .defaultInsteadOf(variable) : .variable(variable) }
        if environment["POSTGRES_SSL_MODE"] != nil { settings[5].origin = .variable("POSTGRES_SSL_MODE") }
    }

    private init(_ configuration: PostgresConfiguration, url: String, option: String) {
        let parts = URLComponents(string: url)
        let query = Set((parts?.queryItems ?? []).map(\.name))
        let isGiven = [
            "host": parts?.host.map { !$0.isEmpty } ?? true || query.contains("host"), "port": parts == nil || parts?.port != nil,
            "user": parts == nil || parts?.user != nil, "TLS": query.contains("sslmode"),
        ]
        self.init(configuration) { name, _ in isGiven[name] ?? true ? .option(option) : .defaultInURL }
    }

    /// The target with the origin of each part, by the part's name and variable.
    private init(_ configuration: PostgresConfiguration, origin: (String, String) -> Origin) {
        let values = [
            ("host", configuration.host, "POSTGRES_HOST"), ("port", "\(configuration.port)", "POSTGRES_PORT"),
            ("database", configuration.database, "POSTGRES_DATABASE"), ("user", configuration.user, "POSTGRES_USER"),
            ("password", configuration.password == nil ? "none" : "given", "POSTGRES_PASSWORD"), ("TLS", "\(configuration.tls)", "POSTGRES_SSL"),
        ]
        self.init(configuration: configuration, settings: values.map { Setting(name: $0, value: $1, origin: origin($0, $2)) })
    }

    /// A database of a server that the command started.
    init(throwAway configuration: PostgresConfiguration) {
        self.init(configuration) { _, _ in .throwAwayServer }
    }
}
