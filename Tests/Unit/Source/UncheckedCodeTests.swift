import Foundation
import Testing

/// Holds the lists in ARCHITECTURE.md against the code: where the compiler takes our word for it, and why.
@Suite("Code that the compiler does not check")
struct UncheckedCodeTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyUncheckedSendableIsListedWithItsReason() throws {
        var found: [String] = []
        for (file, code) in try sources() {
            for match in code.matches(of: /class (\w+)[^{]*@unchecked Sendable/) { found.append("\(match.1) \(file)") }
            let count = code.matches(of: /@unchecked Sendable|nonisolated\(unsafe\)/).count
            #expect(count == code.matches(of: /class (\w+)[^{]*@unchecked Sendable/).count, "\(file) has one that is no class")
        }

        let listed = try rows(of: "`@unchecked Sendable`").map { "\($0[0]) PostgresDriver/\($0[1])" }

        #expect(found.sorted() == listed.sorted())
        #expect(found.count <= 5)
    }

    @Test func everyFileWithUnsafeCodeIsListedWithItsReason() throws {
        var found: [String] = []
        for (file, code) in try sources() {
            let count = code.matches(of: /\bunsafe\b(?!\()/).count
            if count > 0 { found.append("\(file) \(count)") }
        }

        let listed = try rows(of: "`unsafe`").map { "PostgresDriver/\($0[0]) \($0[1])" }

        #expect(found.sorted() == listed.sorted())
    }

    /// The library's code without its comments, by path below `Sources`.
    private func sources() throws -> [(file: String, code: String)] {
        let folder = root.appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return try paths.filter { $0.hasSuffix(".swift") }.map { path in
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.range(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
            }
            return (path, lines.joined(separator: "\n"))
        }
    }

    /// The cells of the table in ARCHITECTURE.md whose first column has the title, without their back quotes.
    private func rows(of title: String) throws -> [[String]] {
        let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("| \(title) |") }) else { return [] }
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
        }
    }
}
