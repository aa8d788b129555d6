import Testing

@testable import DeployStackBenchmarks

struct AlignedTableTests {
    @Test func numbersEndAndTextsBeginBelowEachOther() {
        var table = AlignedTable(["n", "name"], leftAligned: [1])

        table.append(["10", "a"])

        #expect(table.text == " n  name\n--  ----\n10  a   \n")
    }
}
