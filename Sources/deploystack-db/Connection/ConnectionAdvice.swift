import DeployStackData
import DeployStackModels

/// What to do about a database that cannot be used, by what the server or system said.
struct ConnectionAdvice {
    /// The steps, the likeliest first.
    let steps: [String]

    init(error: DataError, target: ConnectionTarget) {
        let configuration = target.configuration
        let isSocket = configuration.host.hasPrefix("/")
        let place = "-h \(configuration.host) -p \(configuration.port)"
        let message = error.diagnostics.serverMessage ?? ""
        /// The variable of a part of the address, or the URL.
        func source(_ variable: String, in part: String) -> String { target.isFromURL ? "\(part) in the URL" : variable }

        steps =
            switch error.sqlState ?? "" {
            case "28P01":
                [
                    "correct \(source("POSTGRES_PASSWORD", in: "the password")); the server does not know this user, or the password is another",
                    "psql \(place) -U \(configuration.user) -d \(configuration.database)   (asks for the password)",
                ]
            case "28000" where message.contains("Peer authentication"):
                [
                    "the server lets only the system's account \(configuration.user) in over this socket: run as that account,",
                    "or connect over TCP with a password (\(source("POSTGRES_HOST=localhost", in: "another host")))",
                ]
            case "28000":
                [
                    "the rules in the server's pg_hba.conf do not let this user in from here, or only encrypted: see \(source("POSTGRES_SSL", in: "sslmode")),",
                    "\(source("POSTGRES_USER", in: "the user")), or ask who runs the server for a line in pg_hba.conf",
                ]
            case "3D000":
                [
                    "createdb \(place) -U \(configuration.user) \(Self.quoted(configuration.database))",
                    "or correct \(source("POSTGRES_DATABASE", in: "the database"))",
                ]
            case "42501" where message.contains("create database"):
                ["ALTER ROLE \"\(configuration.user)\" CREATEDB   (as an administrator of the server), or name another user"]
            case "42501":
                ["GRANT CREATE ON SCHEMA public TO \"\(configuration.user)\"   (as the database's owner), or name another user"]
            case "53300":
                ["raise max_connections on the server, or make the pools of the services smaller: pool size × processes must stay below it"]
            case "57P03": ["the server is starting or stopping: try again in a moment"]
            case "25006": ["this server only reads, so it is a replica: name the primary"]
            default: Self.stepsWithoutState(error: error, target: target, isSocket: isSocket, place: place, source: source)
            }
    }

    private static func stepsWithoutState(
        error: DataError, target: ConnectionTarget, isSocket: Bool, place: String, source: (String, String) -> String
    ) -> [String] {
        let message = (error.diagnostics.serverMessage ?? "") + (error.reason ?? "")
        guard error.kind == .unavailable || error.kind == .timeout else {
            return error.kind == .configuration ? ["deploystack-db status   (shows what is applied)"] : []
        }
        if message.contains("TLS") || message.contains("SSL") || message.contains("certificate") {
            return [
                "without encryption (a server on this machine): \(source("POSTGRES_SSL=false", "sslmode=disable"))",
                "with it: \(source("POSTGRES_SSL=true and POSTGRES_SSL_ROOT_CERT=/path/to/ca.pem", "sslmode=verify-full&sslrootcert=/path/to/ca.pem"))",
            ]
        }
        if message.contains("could not be resolved") {
            return ["correct \(source("POSTGRES_HOST", "the host")): no address is known for \(target.configuration.host)"]
        }
        if isSocket { return ["is the server running? Its socket would be \(target.configuration.host)/.s.PGSQL.\(target.configuration.port)"] }
        return [
            "pg_isready \(place)   (is the server running and reachable?)",
            "or correct \(source("POSTGRES_HOST and POSTGRES_PORT", "host and port"))",
            "to see the library at work without a server of yours: deploystack-db demo",
        ]
    }

    /// A name as a shell takes it.
    private static func quoted(_ name: String) -> String {
        name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" } ? name : "'\(name.replacing("'", with: "'\\''"))'"
    }
}
