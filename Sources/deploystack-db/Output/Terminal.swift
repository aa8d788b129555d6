import Foundation

/// Standard output and standard error. The first is for what was asked for, the second for progress and failures.
enum Terminal {
    /// Whether standard error is a terminal, so that a line can be overwritten.
    static let errorIsTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"].map { $0 != "dumb" } ?? false

    /// Whether colour is wanted on standard error. Rainbow looks at standard output alone, and at `NO_COLOR`.
    static let errorIsColored = errorIsTerminal

    /// Writes a text and a line break to standard output.
    static func output(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Writes a text and a line break to standard error.
    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Writes over the last line of standard error, which must be a terminal.
    static func overwriteErrorLine(_ text: String) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }
}
