import FaultHarness
import Testing

struct SeedTests {
    @Test
    func theSameSeedGivesTheSameNumbers() {
        var first = FaultSeed.run.generator("harness")
        var second = FaultSeed.run.generator("harness")

        #expect((0..<100).map { _ in first.next() } == (0..<100).map { _ in second.next() })
    }
}
