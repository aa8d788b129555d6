/// What the exit code of a command says. The numbers above 1 are those of `sysexits.h`, which the parser of the arguments uses too.
enum CommandStatus: Int32, CaseIterable {
    case success = 0
    case backendsDiffer = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case internalError = 70
    case configuration = 78
    case interrupted = 130

    var meaning: String {
        switch self {
        case .success: "everything was done"
        case .backendsDiffer: "the backends of the demo gave different answers"
        case .usage: "an argument is wrong"
        case .badData: "the catalog file is not a JSON array"
        case .noInput: "the catalog file cannot be read"
        case .unavailable: "the database or its server cannot be used"
        case .internalError: "the data layer met something that it did not expect"
        case .configuration: "a variable or the URL is wrong, or the schema does not fit this version"
        case .interrupted: "the command was interrupted; it has cleaned up"
        }
    }

    /// The exit codes for the help text, one a line.
    static let table =
        "Exit codes:\n"
        + allCases.map { status in
            let code = "\(status.rawValue)"
            return "  \(code)\(String(repeating: " ", count: 5 - code.count))\(status.meaning)"
        }.joined(separator: "\n")
}
