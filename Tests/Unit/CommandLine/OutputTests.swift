import Foundation
import Testing

@testable import deploystack_db

@Suite("Output for people and machines")
struct OutputTests {
    @Test(arguments: [
        (Duration.microseconds(420), "0.42 ms"), (.microseconds(13_140), "13.1 ms"), (.milliseconds(250), "250 ms"), (.milliseconds(1_350), "1.35 s"),
        (.seconds(125), "2 min 05 s"), (.seconds(60) - .milliseconds(1), "1 min 00 s"), (.zero, "0.00 ms"),
    ])
    func aTimeHasThreeSignificantDigits(duration: Duration, text: String) {
        #expect(duration.text == text)
    }

    @Test func columnsAreAsWideAsTheirWidestCell() {
        let table = Table([.text("Name"), .number("Count")], rows: [["short", "7"], ["a longer one", "1200"]])

        #expect(lines(table) == ["  Name          Count", "  ────────────  ─────", "  short             7", "  a longer one   1200"])
    }

    @Test func aCellThatIsTooLongIsCutVisibly() {
        #expect(lines(Table([.text("Name", limit: 6)], rows: [["unabridged"]])).last == "  unabr…")
    }

    @Test func aCellStaysOnItsLineAndInItsColumn() {
        let table = Table([.text("Name"), .text("Next")], rows: [["a\nb 🔥e\u{301}", "x"], ["12345678", "x"]])

        #expect(lines(table)[2] == "  a b é     x")
    }

    @Test func aTableWithoutRowsSaysSo() {
        #expect(lines(Table([.text("Name")], rows: [])) == ["  (none)"])
    }

    @Test func aFailureShowsItsStepsBelowEachOther() {
        let failure = CommandFailure(status: .noInput, summary: "It failed.", details: ["detail", ""], next: ["one", "two"])

        #expect(failure.text(isColored: false) == "error: It failed.\n  detail\n\nnext:  one\n       two")
    }

    @Test func longLinesAreBrokenAtSpaces() {
        #expect("aaa bbb ccc".wrapped(at: 7) == ["aaa bbb", "ccc"])
        #expect("unbreakable word".wrapped(at: 4) == ["unbreakable", "word"])
    }

    /// The table's lines without the escape sequences that a terminal gets.
    private func lines(_ table: Table) -> [String] {
        table.text.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n").map(String.init)
    }
}
