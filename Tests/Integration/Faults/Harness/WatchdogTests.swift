import FaultHarness
import Testing

@Suite(.serialized, .faults)
struct WatchdogTests {
    @Test func workThatEndsInTimeGivesItsResult() async throws {
        #expect(try await withWatchdog(.seconds(60)) { 7 } == 7)
    }

    @Test func workThatHangsFailsTheTestWithItsEvidenceAndIsCancelled() async throws {
        let asked = Count()
        await withKnownIssue {
            try await withWatchdog(
                .milliseconds(20),
                evidence: {
                    asked.add()
                    return ["the pool's state"]
                },
                stacks: { "the stacks" }
            ) {
                try await Task.sleep(for: .seconds(3600))
            }
        }

        #expect(asked.value == 1)
    }

    @Test func workThatCannotBeCancelledIsLeftBehind() async throws {
        let release = Meeting(of: 2)
        await withKnownIssue {
            try await withWatchdog(.milliseconds(20), stacks: { "the stacks" }, grace: .milliseconds(20)) { await release.arrive() }
        }

        await release.arrive()
    }

    @Test func theStacksOfAllThreadsCanBeHad() async {
        let stacks = await ThreadStacks.ofThisProcess()

        #expect(stacks.lowercased().contains("thread"))
    }
}
