import Testing

@testable import DeployStackBenchmarks

struct LatencyHistogramTests {
    @Test func aQuantileIsWithinAThirtySecondOfTheTruth() {
        var histogram = LatencyHistogram()

        for latency in 1...100_000 { histogram.record(nanoseconds: UInt64(latency)) }

        for share in [0.01, 0.5, 0.9, 0.99, 1] {
            let truth = share * 100_000
            #expect(abs(histogram.quantile(share) - truth) <= truth / 32)
        }
    }

    @Test func smallLatenciesAreExact() {
        var histogram = LatencyHistogram()

        for latency in 0..<64 { histogram.record(nanoseconds: UInt64(latency)) }

        for rank in 1...64 { #expect(histogram.quantile(Double(rank) / 64) == Double(rank - 1)) }
    }

    @Test func aHugeLatencyIsCounted() {
        var histogram = LatencyHistogram()

        histogram.record(nanoseconds: .max)

        #expect(histogram.count == 1)
        #expect(histogram.quantile(0.5) > 1_000_000_000_000)
    }

    @Test func nothingRecordedGivesZero() {
        #expect(LatencyHistogram().quantile(0.99) == 0)
    }

    @Test func mergingAddsWhatBothHaveSeen() {
        var few = LatencyHistogram()
        var many = LatencyHistogram()
        few.record(nanoseconds: 1)
        for _ in 0..<3 { many.record(nanoseconds: 50) }

        few.merge(many)

        #expect(few.count == 4)
        #expect(few.quantile(0.25) == 1)
        #expect(few.quantile(0.5) == 50)
    }
}

struct SpreadTests {
    @Test(arguments: [([3.0, 1, 2], 2.0), ([4.0, 1, 2, 3], 2.5), ([7.0], 7.0)])
    func theMedianIsTheMiddle(_ values: [Double], _ median: Double) {
        let spread = Spread(values)

        #expect(spread.median == median)
        #expect(spread.least == values.min())
        #expect(spread.greatest == values.max())
    }
}
