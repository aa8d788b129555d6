/// A chart of a report: for each workload, how fast everybody was. It is an SVG that follows the reader's choice of light or dark.
struct Chart: Sendable {
    /// One bar of a panel.
    struct Bar: Sendable {
        var label: String
        var value: Double
        /// The slowest and the fastest round.
        var range: ClosedRange<Double>
        var isLibrary: Bool
    }

    /// The bars of one workload.
    struct Panel: Sendable {
        var title: String
        var unit: String
        var bars: [Bar]
    }

    var title: String
    var panels: [Panel]

    /// The chart as the text of an SVG file.
    var svg: String {
        var heights: [Int] = []
        for start in stride(from: 0, to: panels.count, by: Self.columns) {
            heights.append(panels[start..<min(start + Self.columns, panels.count)].map { Self.height(of: $0) }.max() ?? 0)
        }
        let width = Self.margin + Self.columns * (Self.panelWidth + Self.margin)
        let height = Self.top + heights.reduce(0, +)
        var body = Self.text(title, x: Self.margin, y: 26, style: "title")
        for (index, panel) in panels.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: Self.columns)
            body += drawn(
                panel, x: Self.margin + column * (Self.panelWidth + Self.margin), y: Self.top + heights[..<row].reduce(0, +))
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img">
            <title>\(Self.escaped(title))</title>
            <style>
            text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .title { font-size: 15px; font-weight: 600; }
            .heading { font-weight: 600; }
            .quiet { fill: #59636e; }
            .end { text-anchor: end; }
            .bar { fill: #afb8c1; }
            .ours { fill: #e8562f; }
            .range { stroke: #59636e; stroke-width: 1; }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; }
            .quiet { fill: #9198a1; }
            .bar { fill: #59636e; }
            .ours { fill: #f2683f; }
            .range { stroke: #b1bac4; }
            }
            </style>
            \(body)</svg>

            """
    }

    private static let columns = 2
    private static let panelWidth = 470
    private static let margin = 24
    private static let top = 44
    private static let barHeight = 20
    private static let labelWidth = 190
    private static let valueWidth = 76

    private static func height(of panel: Panel) -> Int { 32 + panel.bars.count * barHeight + 22 }

    private func drawn(_ panel: Panel, x: Int, y: Int) -> String {
        let space = Double(Self.panelWidth - Self.labelWidth - Self.valueWidth)
        let most = max(panel.bars.map(\.range.upperBound).max() ?? 1, .leastNormalMagnitude)
        var text = Self.text(panel.title, x: x, y: y + 14, style: "heading")
        text += Self.text(panel.unit, x: x + Self.panelWidth, y: y + 14, style: "quiet end")
        for (index, bar) in panel.bars.enumerated() {
            let line = y + 28 + index * Self.barHeight
            func length(_ value: Double) -> String { (value / most * space).formatted(1) }
            let start = x + Self.labelWidth
            text += Self.text(bar.label, x: start - 8, y: line + 12, style: bar.isLibrary ? "heading end" : "end")
            text +=
                "<rect class=\"\(bar.isLibrary ? "ours" : "bar")\" x=\"\(start)\" y=\"\(line + 1)\" width=\"\(length(bar.value))\" height=\"15\" rx=\"2\"/>\n"
            text += "<g transform=\"translate(\(start) \(Double(line) + 8.5))\">"
            text += "<line class=\"range\" x1=\"\(length(bar.range.lowerBound))\" x2=\"\(length(bar.range.upperBound))\"/></g>\n"
            text += Self.text(Self.short(bar.value), x: x + Self.panelWidth, y: line + 12, style: bar.isLibrary ? "heading end" : "quiet end")
        }
        return text
    }

    private static func text(_ content: String, x: Int, y: Int, style: String) -> String {
        "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">\(escaped(content))</text>\n"
    }

    /// A number in three digits or so.
    static func short(_ value: Double) -> String {
        if value >= 1_000_000 { return "\((value / 1_000_000).formatted(2)) M" }
        if value >= 10_000 { return "\((value / 1_000).formatted(1)) k" }
        return value.formatted(0)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
