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

struct PeerResultTests {
    @Test func theRatioIsTakenWithinEachRound() {
        // The machine was half as fast in the second round; the ratio must not notice.
        let baseline = [sample(calls: 100), sample(calls: 50)]
        let samples = [sample(calls: 80), sample(calls: 40)]

        let result = PeerResult(name: "a", manner: "b", samples: samples, baseline: baseline)

        #expect(abs(result.ratio.least - 0.8) < 1e-9)
        #expect(abs(result.ratio.greatest - 0.8) < 1e-9)
        #expect(result.throughputs == [80, 40])
    }

    @Test func theProcessorTimeIsThatOfOneCall() {
        let samples = [sample(calls: 100, processorSeconds: 0.003), sample(calls: 200, processorSeconds: 0.003)]

        let result = PeerResult(name: "a", manner: "b", samples: samples, baseline: samples)

        #expect(abs(result.processorTime - 20) < 1e-9)
    }

    private func sample(calls: Int, processorSeconds: Double = 1) -> Sample {
        var latencies = LatencyHistogram()
        for _ in 0..<calls { latencies.record(nanoseconds: 1_000) }
        return Sample(calls: calls, seconds: 1, processorSeconds: processorSeconds, latencies: latencies)
    }
}

struct AlignedTableTests {
    @Test func numbersEndAndTextsBeginBelowEachOther() {
        var table = AlignedTable(["n", "name"], leftAligned: [1])

        table.append(["10", "a"])

        #expect(table.text == " n  name\n--  ----\n10  a   \n")
    }
}
