import DeployStackModels
import Foundation
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999999Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            (253_402_300_800_000_000, "+010000-01-01T00:00:00.000000Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
            (-62_135_596_800_000_001, "+000000-12-31T23:59:59.999999Z"),
            (-210_866_803_200_000_000, "-004713-11-24T00:00:00.000000Z"),
            (Int64.max, "+294247-01-10T04:00:54.775807Z"),
        ] as [(Int64, String)])
    func aMomentAndItsTextAreTheSame(_ microseconds: Int64, _ text: String) throws {
        let timestamp = try #require(Timestamp(microsecondsSinceEpoch: microseconds))

        #expect(timestamp.description == text)
        #expect(Timestamp(text) == timestamp)
    }

    @Test func everyDayOfTheCalendarFollowsTheOneBefore() throws {
        var previous = try #require(Timestamp("-004713-11-24T00:00:00Z"))
        let day = Duration.seconds(86_400)
        var mismatches = 0

        for _ in 0..<60_000 {
            let next = previous + day
            if Timestamp(next.description) != next || next.description.utf8.elementsEqual(previous.description.utf8) { mismatches += 1 }
            previous = next + .seconds(86_400 * 1_811)
            if previous > Timestamp.latest - .seconds(86_400 * 1_812) { break }
        }

        #expect(mismatches == 0)
    }

    @Test(arguments: [
        ("2026-03-14T09:26:53Z", "2026-03-14T09:26:53.000000Z"),
        ("2026-03-14t09:26:53.5z", "2026-03-14T09:26:53.500000Z"),
        ("2026-03-14T09:26:53.1234569Z", "2026-03-14T09:26:53.123456Z"),
        ("2026-03-14T00:30:00+02:00", "2026-03-13T22:30:00.000000Z"),
        ("2026-03-14T23:30:00-05:45", "2026-03-15T05:15:00.000000Z"),
        ("+2026-03-14T00:00:00Z", "2026-03-14T00:00:00.000000Z"),
    ])
    func otherSpellingsAreRead(_ text: String, _ expected: String) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test(arguments: [
        "", "now", "2026-03-14", "2026-03-14 09:26:53Z", "2026-03-14T09:26:53", "2026-03-14T09:26Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-03-14T24:00:00Z",
        "2026-12-31T23:59:60Z", "2026-03-14T09:60:53Z", "2026-03-14T09:26:53.Z", "2026-03-14T09:26:53Z ", " 2026-03-14T09:26:53Z",
        "2026-03-14T09:26:53+24:00", "2026-03-14T09:26:53+0200", "26-03-14T09:26:53Z", "+1234567-01-01T00:00:00Z", "２０２６-03-14T09:26:53Z",
        "-004713-11-23T23:59:59.999999Z", "+294247-01-10T04:00:54.775808Z", "+999999-12-31T23:59:59Z", "-999999-01-01T00:00:00Z", "-", "+",
    ])
    func whatIsNoMomentIsRefused(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func countsOutsideTheRangeAreRefused() {
        #expect(Timestamp(microsecondsSinceEpoch: Timestamp.earliest.microsecondsSinceEpoch) == .earliest)
        #expect(Timestamp(microsecondsSinceEpoch: Timestamp.earliest.microsecondsSinceEpoch - 1) == nil)
        #expect(Timestamp(microsecondsSinceEpoch: .min) == nil)
        #expect(Timestamp(secondsSinceEpoch: .max) == nil)
        #expect(Timestamp(secondsSinceEpoch: 1)?.microsecondsSinceEpoch == 1_000_000)
    }

    @Test func aDateMadeFromATimestampGivesItBack() throws {
        var generator = SystemRandomNumberGenerator()
        let range =
            try #require(Timestamp("1729-06-01T00:00:00Z"))
            .microsecondsSinceEpoch...#require(Timestamp("2273-01-01T00:00:00Z")).microsecondsSinceEpoch
        var differences: [Int64] = []

        for _ in 0..<100_000 {
            let timestamp = try #require(Timestamp(microsecondsSinceEpoch: .random(in: range, using: &generator)))
            if Timestamp(timestamp.date) != timestamp { differences.append(timestamp.microsecondsSinceEpoch) }
        }

        #expect(differences.isEmpty)
    }

    @Test func whatADateHasBelowAMicrosecondIsDropped() throws {
        let later = Date(timeIntervalSinceReferenceDate: 10.000_001_9)
        let earlier = Date(timeIntervalSinceReferenceDate: -10.000_001_1)

        #expect(try #require(Timestamp(later)).description == "2001-01-01T00:00:10.000001Z")
        #expect(try #require(Timestamp(earlier)).description == "2000-12-31T23:59:49.999998Z")
    }

    @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300, 1e13, -1e12])
    func datesOutsideTheRangeAreRefused(_ seconds: Double) {
        #expect(Timestamp(Date(timeIntervalSinceReferenceDate: seconds)) == nil)
    }

    @Test func theEndsOfTheRangeHaveDates() {
        #expect(Timestamp.earliest.date < Timestamp.epoch.date)
        #expect(Timestamp.latest.date > Timestamp.epoch.date)
        #expect(Timestamp(Timestamp.earliest.date) != nil)
    }

    @Test func durationsAreAddedAndSubtracted() {
        #expect(Timestamp.epoch + .seconds(1.5) == Timestamp(microsecondsSinceEpoch: 1_500_000))
        #expect(Timestamp.epoch - .milliseconds(1) == Timestamp(microsecondsSinceEpoch: -1000))
        #expect(Timestamp.epoch + .nanoseconds(1_999) == Timestamp(microsecondsSinceEpoch: 1))
        #expect(Timestamp.epoch + .nanoseconds(-1_999) == Timestamp(microsecondsSinceEpoch: -1))
        #expect(Timestamp.latest - Timestamp.earliest == .microseconds(Int64.max) + .microseconds(210_866_803_200_000_000))
    }

    @Test func sumsOutsideTheRangeAreRefused() {
        #expect(Timestamp.latest.adding(.microseconds(1)) == nil)
        #expect(Timestamp.earliest.subtracting(.microseconds(1)) == nil)
        #expect(Timestamp.epoch.adding(.seconds(Int64.max)) == nil)
        #expect(Timestamp.epoch.subtracting(.seconds(Int64.min)) == nil)
        #expect(Timestamp.latest.adding(.nanoseconds(999)) == .latest)
    }

    @Test func aTimestampIsEncodedAsText() throws {
        let timestamp = try #require(Timestamp(microsecondsSinceEpoch: 1_773_480_413_589_793))

        let encoded = try JSONEncoder().encode([timestamp])

        #expect(String(decoding: encoded, as: UTF8.self) == #"["2026-03-14T09:26:53.589793Z"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: encoded) == [timestamp])
    }

    @Test func decodingRefusesTextThatIsNoTime() {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data(#"["yesterday"]"#.utf8))
        }

        #expect(!String(describing: error).contains("yesterday"))
    }

    @Test func momentsAreOrderedInTime() {
        #expect(Timestamp.earliest < .epoch)
        #expect(Timestamp.epoch < .now())
        #expect(Timestamp.now() < .latest)
    }
}
