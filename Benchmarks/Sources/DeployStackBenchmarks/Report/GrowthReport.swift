/// How long calls take at several sizes of the tables.
struct GrowthReport: Sendable, Codable {
    /// One kind of call.
    struct Row: Sendable, Codable {
        var title: String
        /// The median latency at each size, in microseconds.
        var microseconds: [Double]
    }

    /// A page of a feed.
    struct Page: Sendable, Codable {
        /// How many newer notifications there are before it.
        var depth: Int
        /// The median latency, in microseconds.
        var microseconds: Double
    }

    /// How many rows each table had.
    var sizes: [Int]
    var rows: [Row]
    var pages: [Page]

    /// The report as aligned text.
    var text: String {
        var table = AlignedTable(["median latency in µs, one task, tables of"] + sizes.map { "\($0)" } + ["growth"], leftAligned: [0])
        for row in rows {
            let growth = (row.microseconds.last ?? 0) / max(row.microseconds.first ?? 0, 0.001)
            table.append([row.title] + row.microseconds.map { $0.formatted(0) } + ["× \(growth.formatted(1))"])
        }
        var pageTable = AlignedTable(
            ["a page of 20 of a feed of \(sizes.last ?? 0), after"] + pages.map { "\($0.depth)" }, leftAligned: [0])
        pageTable.append(["store.notifications.feed(user:before:)"] + pages.map { $0.microseconds.formatted(0) })
        return table.text + "\n" + pageTable.text
    }
}
