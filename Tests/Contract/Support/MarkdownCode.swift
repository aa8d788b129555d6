/// The Swift code in a Markdown text.
struct MarkdownCode {
    /// The blocks in order, without their fences.
    let blocks: [String]

    init(_ markdown: String) {
        var (blocks, block): ([String], [Substring]?) = ([], nil)
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```", let code = block {
                blocks.append(code.joined(separator: "\n"))
                block = nil
            } else if line == "```swift" {
                block = []
            } else {
                block?.append(line)
            }
        }
        self.blocks = blocks
    }

    /// The lines of a text with something on them, without the white space around them.
    static func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { line in
            String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }
}
