import DeployStackData
import DeployStackModels
import Foundation
import Testing

@testable import deploystack_db

@Suite("The demo")
struct DemoTests {
    private func run(_ catalog: DemoCatalog? = nil) async throws -> DemoRun {
        try await DemoRun.inMemory(catalog ?? .sample()) { _ in }
    }

    @Test func twoRunsGiveTheSameAnswers() async throws {
        let (first, second) = (try await run(), try await run())

        #expect(first.transcript == second.transcript)
        #expect(try first.transcript.differences(from: second.transcript).isEmpty)
    }

    @Test func anotherAnswerIsFoundWithItsPlaceAndBothSides() async throws {
        let transcript = try await run().transcript
        var other = transcript
        other.tokens.expired = 7
        other.search.searches[0].hits[0].rank = 0.5

        let differences = try transcript.differences(from: other)

        #expect(differences.map(\.step) == [.search, .tokens])
        #expect(differences.last?.answers == [DemoDifference.Answer(path: "expired", left: "2", right: "7")])
        #expect(differences.first?.answers.map(\.path) == ["searches[0].hits[0].rank"])
    }

    @Test func anAnswerThatOnlyOneSideHasIsADifference() async throws {
        let transcript = try await run().transcript
        var other = transcript
        other.installations.unknownServer = nil
        other.notifications.left = []

        let answers = try transcript.differences(from: other).flatMap(\.answers)

        #expect(answers.contains { $0.path == "unknownServer.kind" && $0.left == "\"notFound\"" && $0.right == nil })
        #expect(answers.contains { $0.path == "left" && $0.left == nil && $0.right == "[]" })
    }

    @Test func theTranscriptSurvivesJSON() async throws {
        let transcript = try await run().transcript

        let text = try JSONOutput.text(transcript)

        #expect(try JSONDecoder().decode(DemoTranscript.self, from: Data(text.utf8)) == transcript)
    }

    @Test func noTokenIsInTheTranscript() async throws {
        #expect(try !JSONOutput.text(try await run().transcript).contains("dsa_"))
    }

    @Test func everyRefusalThatIsShownHappened() async throws {
        let transcript = try await run().transcript

        let people = transcript.people
        for refusal in [people.takenEmail, people.tooManyTeams, people.tooManyMembers, people.blankName] { #expect(refusal != nil) }
        #expect(transcript.installations.attempts.compactMap(\.refusal?.limit) == ["nonHttp 2/2", "mcpServers 4/4"])
        #expect(transcript.teams.defaultTeam?.rule == "defaultTeamImmutable")
        #expect(transcript.transaction.failure != nil && transcript.transaction.teamsAfter == transcript.transaction.teamsBefore)
        #expect(transcript.tokens.notMember?.rule == "notMember")
        #expect(transcript.notifications.unknownUser?.kind == "referenceMissing")
    }

    @Test func tokensAreValidUntilTheyAreRevokedOrExpire() async throws {
        let tokens = try await run().transcript.tokens

        #expect(tokens.checks.filter { $0.bearer != nil }.map(\.what) == ["Ada's editor", "Grace's terminal", "three days old"])
        #expect(tokens.expired == 2 && tokens.expiredAgain == 0)
    }

    @Test func theSampleIsImportedWhollyAndEverySearchFindsSomething() async throws {
        let transcript = try await run().transcript

        #expect(transcript.catalog.first.inserted >= 60 && transcript.catalog.first.rejected.isEmpty)
        #expect(transcript.catalog.again.unchanged == transcript.catalog.first.inserted)
        #expect(transcript.catalog.corrected.updated == 1)
        #expect(transcript.search.searches.allSatisfy { $0.total > 0 && $0.hits[0].rank > 0.001 })
        #expect(transcript.search.searches.allSatisfy { $0.hits[0].markedName.contains("«") || $0.hits[0].markedDescription.contains("«") })
        #expect(transcript.search.facets.first?.count == transcript.search.facetTotal)
        #expect(transcript.search.suggestion?.text == "browser automation")
        #expect(transcript.search.parts.first.count == 3 && transcript.search.parts.previous == transcript.search.parts.first)
        #expect(Set(transcript.search.parts.next).isDisjoint(with: transcript.search.parts.first))
        #expect(transcript.tags.withAll.count > 0)
    }

    @Test(arguments: ["[]", "[{}]", #"[{"name": "only one"}]"#, #"[{"name": "🔥", "title": "🔥 hot", "tags": ["é", "e\u0301"]}]"#])
    func aCatalogOfAnySizeCanBePlayed(json: String) async throws {
        let catalog = try DemoCatalog(name: "a file", json: Array(json.utf8))

        let run = try await run(catalog)

        #expect(run.times.count == DemoStep.allCases.count)
    }

    @Test func theReportFitsATerminalAndEndsWithTheVerdict() async throws {
        let run = try await run()

        let equal = DemoReport(catalogName: "the sample", runs: [run, run], differences: []).text
        let plain = equal.replacing(/\u{1B}\[[0-9;]*m/, with: "")

        #expect(plain.split(separator: "\n").map(String.init).filter { $0.count > 100 } == [])
        #expect(plain.contains("✓ Equal: both backends gave the same answers to all \(run.calls) calls"))
        for step in DemoStep.allCases { #expect(plain.contains("  \(step.title)\n")) }
    }

    @Test func theReportShowsADifferenceWithBothSides() async throws {
        let run = try await run()
        var other = run
        other.backend = "another"
        other.transcript.people.team.slug = "acme-9"
        let differences = try run.transcript.differences(from: other.transcript)

        let text = DemoReport(catalogName: "the sample", runs: [run, other], differences: differences).text

        #expect(text.contains("✗ Not equal:"))
        #expect(text.contains("Users and teams: 1 answer differs"))
        #expect(text.contains("team.slug") && text.contains("\"acme-9\""))
    }

    @Test func aFileThatCannotBeReadOrImportedHasItsOwnExitCode() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "catalog.json")

        #expect(status(ofFileAt: folder.appending(path: "none.json").path) == .noInput)
        #expect(status(ofFileAt: folder.path) == .noInput)
        for text in ["", "hello", "{}", "[1", "\u{FEFF}"] {
            try Data(text.utf8).write(to: file)
            #expect(status(ofFileAt: file.path) == .badData, "\(text)")
        }
    }

    private func status(ofFileAt path: String) -> CommandStatus? {
        do throws(CommandFailure) {
            _ = try DemoCatalog.file(at: path)
            return nil
        } catch {
            return error.status
        }
    }
}
