import Rainbow

/// Why a command ended: what went wrong, what was tried, what the system or server said, and what to do next.
///
/// None of it holds a password. It is written to standard error, and the status is the process's exit code.
struct CommandFailure: Error, Equatable {
    var status: CommandStatus
    /// One sentence.
    var summary: String
    /// Lines about what was tried and what came back.
    var details: [String] = []
    /// What to do, one step a line; a command can be copied as it stands.
    var next: [String] = []

    func text(isColored: Bool) -> String {
        var lines = [(isColored ? "error:".red.bold : "error:") + " \(summary)"]
        lines += details.map { $0.isEmpty ? "" : "  \($0)" }
        for (index, step) in next.enumerated() {
            lines.append(index == 0 ? (isColored ? "next:".bold : "next:") + "  \(step)" : "       \(step)")
        }
        return lines.joined(separator: "\n")
    }
}
