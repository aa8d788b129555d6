import Foundation

/// Where reports go.
enum Output {
    /// Prints a report, and writes its numbers to a file if there is to be one.
    static func write(_ text: String, _ report: some Encodable, json: String?) throws {
        FileHandle.standardOutput.write(Data(text.utf8))
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(report).write(to: URL(fileURLWithPath: json), options: .atomic)
        Progress.say("The numbers are in \(json).")
    }
}
