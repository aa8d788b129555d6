import CLibpq

/// Opens one connection: resolves the name, connects, encrypts, authenticates and sets the session up, all within one deadline.
///
/// It blocks and therefore runs on a helper thread. Whoever asked does not depend on its end: a resolver that hangs delays only this thread.
struct Connector {
    let configuration: ConnectionConfiguration
    let deadline: MonotonicTime

    /// Opens the connection, ready for the reactor: non-blocking, in pipeline mode, with a quiet notice receiver.
    func connect() -> Result<LibpqConnection, ConnectFailure> {
        guard deadline > .now() else { return .failure(transient("The time to connect to \(place) was used up before it began.")) }
        ProcessEnvironment.disarm()
        if case .verifyFull(nil) = configuration.tls, !configuration.isUnixSocket, SystemCertificates.bundle == nil {
            return .failure(
                permanent(.configuration("No bundle of trusted certificates was found on this system; name one, or install ca-certificates.")))
        }
        guard !configuration.isUnixSocket else { return connect(to: nil, until: deadline) }
        if let path = configuration.revocationList, !RevocationList.isUsable(path) {
            return .failure(permanent(.configuration("The revocation list cannot be read, or is none.")))
        }

        let addresses = configuration.address.map { [$0] } ?? NameResolution.addresses(of: configuration.host)
        guard !addresses.isEmpty else { return .failure(transient("The host name \(configuration.host) could not be resolved.")) }
        var lastFailure = transient("The time to connect to \(place) was used up by resolving its name.")
        for (index, address) in addresses.enumerated() {
            // Each address gets its share of what is left, so that one that swallows packets leaves time for the next.
            let now = MonotonicTime.now()
            let share = (deadline - now) / Int64(addresses.count - index)
            guard share > 0 else { break }
            switch connect(to: address, until: now + share) {
            case .success(let connection):
                return .success(connection)
            case .failure(let failure):
                if failure.kind == .permanent { return .failure(failure) }
                lastFailure = failure
            }
        }
        return .failure(lastFailure)
    }

    private var place: String {
        configuration.isUnixSocket ? "\(configuration.host)/.s.PGSQL.\(configuration.port)" : "\(configuration.host):\(configuration.port)"
    }

    private func connect(to address: String?, until deadline: MonotonicTime) -> Result<LibpqConnection, ConnectFailure> {
        guard let started = unsafe PQconnectStart(ConnectionString(configuration, address: address).text) else {
            return .failure(transient("There is no memory for another connection."))
        }
        let connection = unsafe LibpqConnection(owning: started)
        connection.useVerboseErrors()
        if let failure = open(connection, until: deadline) ?? setUp(connection, until: deadline) {
            connection.close()
            return .failure(failure)
        }
        return .success(connection)
    }

    private func open(_ connection: LibpqConnection, until deadline: MonotonicTime) -> ConnectFailure? {
        var wasStartingTLS = false
        // By libpq's rules the first step waits for writing.
        var wantsWrite = true
        if connection.socket < 0 { return refusal(connection, wasStartingTLS: false) }
        while true {
            guard Platform.wait(for: connection.socket, writable: wantsWrite, until: deadline) else {
                return transient("The server at \(place) did not let us in within \(configuration.connectTimeout).")
            }
            switch connection.continueOpening() {
            case .done: return nil
            case .failed: return refusal(connection, wasStartingTLS: wasStartingTLS)
            case .wantsRead: wantsWrite = false
            case .wantsWrite: wantsWrite = true
            }
            wasStartingTLS = connection.isStartingTLS
        }
    }

    /// Brings the session into the state that all sessions begin in, whatever the role's or the database's settings are.
    private func setUp(_ connection: LibpqConnection, until deadline: MonotonicTime) -> ConnectFailure? {
        guard configuration.route == .direct else { return setUpBehindPooler(connection) }
        var settings = "SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO, MDY'; SET standard_conforming_strings TO on"
        if let limit = configuration.statementTimeout {
            settings += "; SET statement_timeout TO \(limit.asStatementTimeout)"
        }
        guard connection.makeNonblocking(), connection.sendSimple(settings), finish(connection, until: deadline),
            connection.enterPipelineMode()
        else { return transient("The server at \(place) let us in, but the session could not be set up.") }
        return nil
    }

    /// Behind a pooler there is no session of one's own, and what one sets may reach others. So nothing is set, and what the driver cannot do without is
    /// looked at. Neither the time zone nor the form of dates is among it: values travel in binary.
    private func setUpBehindPooler(_ connection: LibpqConnection) -> ConnectFailure? {
        for (setting, value) in [("client_encoding", "UTF8"), ("standard_conforming_strings", "on")] {
            guard connection.reportedSetting(setting) == value else {
                return permanent(
                    .configuration(
                        """
                        The sessions behind the pooler at \(place) have another \(setting) than \(value), and it cannot be set for one client. \
                        Next: set it for the role or the database, and have the pooler reconnect.
                        """))
            }
        }
        guard connection.makeNonblocking(), connection.enterPipelineMode() else {
            return transient("The pooler at \(place) let us in, but the session could not be set up.")
        }
        return nil
    }

    private func finish(_ connection: LibpqConnection, until deadline: MonotonicTime) -> Bool {
        while connection.flush() == 1 {
            guard Platform.wait(for: connection.socket, writable: true, until: deadline) else { return false }
        }
        while true {
            while connection.isBusy {
                guard Platform.wait(for: connection.socket, writable: false, until: deadline), connection.consumeInput() else { return false }
            }
            guard let result = connection.nextResult() else { return connection.isUsable }
            guard result.status == PGRES_COMMAND_OK else { return false }
        }
    }

    // MARK: - Failures

    private func refusal(_ connection: LibpqConnection, wasStartingTLS: Bool) -> ConnectFailure {
        let message = connection.errorMessage
        if let state = Self.sqlState(in: message) {
            let isPermanent = state.hasPrefix("28") || state == SQLState.invalidDatabase || state.hasPrefix("42") || state.hasPrefix("22")
            return ConnectFailure(
                error: PostgresError(
                    .connectionFailed, outcome: .notSent, message: "\(SQLState.explanation(of: state)) (\(place))", sqlState: state,
                    serverMessage: message),
                kind: isPermanent ? .permanent : .transient)
        }
        let isAboutTrust = ["certificate", "channel binding", "does not support SSL", "SSL error", "SCRAM"].contains { message.contains($0) }
        let text =
            if isAboutTrust || wasStartingTLS {
                "TLS with \(place) could not be established as configured."
            } else if message.contains("session is") || message.contains("server is") {
                "The server at \(place) does not have the role that is asked for."
            } else {
                "No connection to \(place) could be opened."
            }
        return ConnectFailure(
            error: PostgresError(.connectionFailed, outcome: .notSent, message: text, serverMessage: message),
            kind: isAboutTrust ? .permanent : .transient)
    }

    private func transient(_ message: String) -> ConnectFailure {
        ConnectFailure(error: PostgresError(.connectionFailed, outcome: .notSent, message: message), kind: .transient)
    }

    private func permanent(_ error: PostgresError) -> ConnectFailure {
        ConnectFailure(error: error, kind: .permanent)
    }

    /// Finds the code in a message such as `… FATAL:  28P01: password authentication failed …`: five capitals and digits between colons.
    static func sqlState(in message: String) -> String? {
        let isPart: (UInt8) -> Bool = {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
        }
        let bytes = Array(message.utf8)
        guard bytes.count >= 9 else { return nil }
        for start in 0..<(bytes.count - 8) {
            guard bytes[start] == UInt8(ascii: ":"), bytes[start + 1] == UInt8(ascii: " "), bytes[start + 2] == UInt8(ascii: " "),
                bytes[start + 8] == UInt8(ascii: ":"), bytes[(start + 3)..<(start + 8)].allSatisfy(isPart)
            else { continue }
            return String(decoding: bytes[(start + 3)..<(start + 8)], as: UTF8.self)
        }
        return nil
    }
}
