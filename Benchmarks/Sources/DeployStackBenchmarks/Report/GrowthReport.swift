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
    /// On PostgreSQL.
    var rows: [Row]
    /// On the in-memory store, at the smaller sizes.
    var inMemory: [Row]
    var pages: [Page]

    /// The report as aligned text.
    var text: String {
        var pageTable = AlignedTable(
            ["a page of 20 of a feed of \(sizes.last ?? 0), after"] + pages.map { "\($0.depth)" }, leftAligned: [0])
        pageTable.append(["store.notifications.feed(user:before:)"] + pages.map { $0.microseconds.formatted(0) })
        return [table("PostgreSQL", rows), table("in-memory store", inMemory), pageTable].map(\.text).joined(separator: "\n")
    }

    private func table(_ backend: String, _ rows: [Row]) -> AlignedTable {
        var table = AlignedTable(["\(backend): median µs, one task, tables of"] + sizes.map { "\($0)" } + ["growth"], leftAligned: [0])
        for row in rows {
            let growth = (row.microseconds.last ?? 0) / max(row.microseconds.first ?? 0, 0.001)
            let cells = sizes.indices.map {
                row.microseconds.indices.contains($0) ? row.microseconds[$0].formatted(row.microseconds[$0] < 10 ? 1 : 0) : "–"
            }
            table.append([row.title] + cells + ["× \(growth.formatted(1))"])
        }
        return table
    }
}
