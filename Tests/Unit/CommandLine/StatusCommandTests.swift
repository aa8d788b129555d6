import DeployStackData
import DeployStackModels
import Testing

@testable import deploystack_db

@Suite("deploystack-db status")
struct StatusCommandTests {
    private let applied = MigrationStatus(index: 0, tag: "0000_first", condition: .applied(at: .epoch, duration: .milliseconds(7)))
    private let pending = MigrationStatus(index: 1, tag: "0001_second", condition: .pending)

    @Test func aMigrationThatIsAppliedShowsWhenAndHowLong() {
        let table = StatusCommand.table([applied])

        #expect(table.contains("0  0000_first  applied  1970-01-01 00:00:00Z  7 ms"))
    }

    @Test func pendingMigrationsLeadToTheCommandThatAppliesThem() {
        let lines = StatusCommand.closingLines([applied, pending])

        #expect(lines.count == 1 && lines[0].contains("1 of 2") && lines[0].contains("deploystack-db up"))
    }

    @Test func nothingIsPendingWhenAllAreApplied() {
        #expect(StatusCommand.closingLines([applied])[0].contains("all 1 migrations are applied"))
    }

    @Test func aDatabaseThatDoesNotFitIsNeverCalledUpToDate() {
        let drifted = MigrationStatus(index: 0, tag: "0000_first", condition: .drifted(at: .epoch, reason: "it was changed"))
        let unknown = MigrationStatus(index: 9, tag: "0009_later", condition: .unknown(at: .epoch))

        let lines = StatusCommand.closingLines([drifted, unknown])

        #expect(lines[0].contains("does not fit"))
        #expect(lines[1].contains("it was changed") && lines[2].contains("0009_later"))
    }

    @Test func theDocumentForMachinesCountsWhatIsPending() throws {
        let text = try JSONOutput.text(StatusDocument(database: "app", migrations: [applied, pending]))

        #expect(text.contains("\"pending\" : 1"))
        #expect(text.contains("\"appliedAt\" : \"1970-01-01T00:00:00.000000Z\""))
    }
}
