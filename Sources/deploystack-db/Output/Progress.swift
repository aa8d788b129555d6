import Rainbow

/// Lines on standard error that say what takes long: one that is overwritten on a terminal, one for each step that ended elsewhere.
struct Progress: Sendable {
    /// Whether nothing is said.
    var isQuiet = false

    /// Says what is being done, does it, and says how long it took.
    ///
    /// - Parameters:
    ///   - text: What is being done.
    ///   - outcome: What was done, given the result.
    ///   - body: Does it; the closure that it is given says how far it is.
    func step<Result: Sendable>(
        _ text: String, outcome: (Result) -> String, _ body: (_ note: @escaping @Sendable (String) -> Void) async throws -> Result
    ) async throws -> Result {
        let clock = ContinuousClock()
        let begin = clock.now
        show("· \(text) …")
        do {
            let result = try await body { note in show("· \(text): \(note) …") }
            finish(mark: Terminal.errorIsColored ? "✓".green : "✓", text: outcome(result), time: clock.now - begin)
            return result
        } catch {
            finish(mark: Terminal.errorIsColored ? "✗".red : "✗", text: text, time: clock.now - begin)
            throw error
        }
    }

    private func show(_ line: String) {
        guard !isQuiet, Terminal.errorIsTerminal else { return }
        Terminal.overwriteErrorLine(String(line.prefix(100)))
    }

    private func finish(mark: String, text: String, time: Duration) {
        guard !isQuiet else { return }
        let line = "\(mark) \(text) (\(time.text))"
        if Terminal.errorIsTerminal { Terminal.overwriteErrorLine(line + "\n") } else { Terminal.error(line) }
    }
}
