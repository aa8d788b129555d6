import Rainbow

/// What the demo prints for people, piece by piece.
struct Report {
    private(set) var text = ""
    private var steps = 0

    /// Begins a step: its number and title.
    mutating func step(_ title: String) {
        steps += 1
        if !text.hasSuffix("\n\n") { gap() }
        text += "\("\(steps)  \(title)".bold)\n\n"
    }

    /// The call that the lines below it answer, as it stands in a program.
    mutating func call(_ code: String) {
        text += "  \(code.cyan)\n"
    }

    /// One line, or more when it is too long for a terminal.
    mutating func line(_ line: String) {
        for (index, part) in line.wrapped(at: 96).enumerated() { text += "\(index == 0 ? "  " : "    ")\(part)\n" }
    }

    /// The answer to the call above.
    mutating func answer(_ answer: String) {
        text += "  \("→".dim) \(answer)\n"
    }

    /// A call that was refused, with the typed error that it threw; nothing when it was not.
    mutating func refusal(_ code: String, _ refusal: Refusal?) {
        call(code)
        guard let refusal else { return answer("not refused".red) }
        // A typed error is one sentence, but some list what is allowed.
        let lines = refusal.text.wrapped(at: 92)
        for (index, line) in lines.enumerated() {
            text += index == 0 ? "  \("✗".yellow) \(line)\n" : "    \(line)\n"
        }
    }

    /// A table, with an empty line after it.
    mutating func table(_ columns: [Table.Column], _ rows: [[String]]) {
        text += Table(columns, rows: rows).text + "\n"
    }

    /// An empty line.
    mutating func gap() {
        text += "\n"
    }
}

extension String {
    /// The text in lines of at most so many characters, broken at spaces.
    func wrapped(at width: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
