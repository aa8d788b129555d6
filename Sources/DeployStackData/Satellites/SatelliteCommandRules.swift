import DeployStackModels

/// What the fields of a command may be.
enum SatelliteCommandRules {
    /// The limits that polling may have.
    static let pollLimits = 1...50

    /// The statuses that a satellite may report.
    static let reportable: [SatelliteCommandStatus] = [.executing, .completed, .failed]

    /// The error of a command that has expired.
    static let expired = "the command expired before its satellite began with it"

    static func validate(reported status: SatelliteCommandStatus, result: JSONValue?) throws(DataError) {
        guard reportable.contains(status) else { throw .validation("status", "it must be executing, completed or failed") }
        try JSONRule(field: "result", shape: .object).validate(result)
    }

    static func error(_ error: String?) throws(DataError) -> String? {
        try TextRule(field: "error", characters: 1...10_000).checked(error)
    }
}

/// The satellites that a command is for. Only active ones get it.
enum SatelliteTarget: Sendable {
    case satellite(SatelliteID)
    case allGlobal
    case team(TeamID)

    /// Whether a satellite is one of them.
    func contains(_ satellite: Satellite) -> Bool {
        switch self {
        case .satellite(let id): satellite.id == id
        case .allGlobal: satellite.type == .global
        case .team(let team): satellite.teamID == team
        }
    }

    /// Whether a stored satellite can be one of them.
    var canExist: Bool {
        switch self {
        case .satellite(let id): IdentifierRule.canExist(id)
        case .allGlobal: true
        case .team(let team): IdentifierRule.canExist(team)
        }
    }
}

/// A command for satellites that are still to be found. They get the identifiers `<id>-1`, `<id>-2` and so on in order of their satellites' identifiers.
struct SatelliteCommandFanOut: Sendable {
    let id: String
    let target: SatelliteTarget
    let command: NewSatelliteCommand
    let correlationID: String?
    let targetTeam: TeamID?
    let now: Timestamp
    let expiresAt: Timestamp
}

extension SatelliteCommandFanOut {
    /// Checks a command, and gives one for several satellites what they have in common.
    init(_ new: NewSatelliteCommand, for target: SatelliteTarget, in environment: StoreEnvironment) throws(DataError) {
        now = environment.now()
        command = new
        self.target = target
        guard new.type.isKnown else {
            throw .validation("type", "it must be one of \(SatelliteCommandType.known.map(\.rawValue).joined(separator: ", "))")
        }
        guard (0...100).contains(new.maxRetries) else { throw .validation("maxRetries", "it must be 0 to 100") }
        guard let end = now.adding(new.lifetime), end > now else {
            throw .validation("lifetime", "it must be a microsecond or more, and end before the year 294247")
        }
        expiresAt = end
        try JSONRule(field: "payload", shape: .object).validate(new.payload)
        let correlation = try TextRule(field: "correlationID", characters: 1...100).checked(new.correlationID)
        switch target {
        case .satellite:
            correlationID = correlation
            targetTeam = new.targetTeam
        case .allGlobal:
            correlationID = correlation ?? environment.makeID()
            targetTeam = new.targetTeam
        case .team(let team):
            correlationID = correlation ?? environment.makeID()
            targetTeam = new.targetTeam ?? team
        }
        id = environment.makeID()
        if let team = new.targetTeam, !IdentifierRule.canExist(team) {
            throw .referenceMissing(.team, constraint: "satelliteCommands_target_team_id_fkey")
        }
        if let user = new.createdBy, !IdentifierRule.canExist(user) {
            throw .referenceMissing(.user, constraint: "satelliteCommands_created_by_fkey")
        }
    }
}
