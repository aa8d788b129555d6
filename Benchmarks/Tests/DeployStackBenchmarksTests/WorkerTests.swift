import Foundation
import Testing

@testable import DeployStackBenchmarks

struct WorkerMessageTests {
    @Test func aHistogramSurvivesTheWay() throws {
        var histogram = LatencyHistogram()
        for latency in [3, 900, 900, 1_000_000] as [UInt64] { histogram.record(nanoseconds: latency) }

        let copy = try JSONDecoder().decode(LatencyHistogram.self, from: try JSONEncoder().encode(histogram))

        #expect(copy.count == 4)
        for share in [0.25, 0.5, 1] { #expect(copy.quantile(share) == histogram.quantile(share)) }
    }

    @Test func aClassThatDoesNotExistIsRefused() {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LatencyHistogram.self, from: Data("{\"99999\": 1}".utf8)) }
    }

    @Test func aSampleFromPythonIsRead() throws {
        let line = #"{"sample": {"_0": {"parts": [{"calls": 2, "seconds": 0.5, "latencies": {"31": 2}}], "processorSeconds": 0.25}}}"#

        guard case .sample(let sample) = try JSONDecoder().decode(WorkerAnswer.self, from: Data(line.utf8)) else {
            Issue.record("This is not a sample")
            return
        }

        #expect(sample.parts[0].throughput == 4)
        #expect(sample.parts[0].latencies.quantile(0.5) == 31)
        #expect(sample.peakMemory == nil)
    }

    @Test func aRequestIsWrittenAsPythonReadsIt() throws {
        let request = WorkerRequest.measure(
            MeasureRequest(loads: [Load(workload: "W1", tasks: 4)], manner: .usual, timing: Timing(warmUp: 0.25, measured: 1)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys

        let text = String(decoding: try encoder.encode(request), as: UTF8.self)

        #expect(
            text
                == #"{"measure":{"_0":{"loads":[{"tasks":4,"workload":"W1"}],"manner":"usual","timing":{"measured":1,"warmUp":0.25}}}}"#)
    }
}

struct PgbenchOutputTests {
    @Test func theNumbersAreFound() {
        let output =
            "number of transactions actually processed: 68021\nlatency average = 0.029 ms\ntps = 34010.774190 (without initial connection time)\n"

        #expect(PgbenchOutput.number(after: "number of transactions actually processed: ", in: output) == 68_021)
        #expect(PgbenchOutput.number(after: "tps = ", in: output) == 34_010.774190)
        #expect(PgbenchOutput.number(after: "failed = ", in: output) == nil)
    }

    @Test func theThirdWordOfALogIsTheLatency() {
        #expect(PgbenchOutput.latencies(in: "0 199 2241 0 1175850568 995598\n1 7 30 0 1175850568 998079\nbroken\n") == [2_241, 30])
    }
}

struct VocabularyTests {
    @Test func aSearchHasTwoDifferentWords() {
        for key in 0..<2_000 as Range<UInt64> {
            let words = Vocabulary.search(key).split(separator: " ")

            #expect(words.count == 2)
            #expect(words.first != words.last)
        }
    }
}
