/// Reads a time in ISO 8601 from left to right.
struct TimestampReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    /// Microseconds since 1970, or `nil` if the text is no time or does not fit.
    mutating func read() -> Int64? {
        guard let year = readYear(), skip("-"), let month = readDigits(2), skip("-"), let day = readDigits(2),
            let date = CivilDate(year: year, month: month, day: day),
            skip("T") || skip("t"), let hour = readDigits(2), skip(":"), let minute = readDigits(2), skip(":"), let second = readDigits(2),
            hour < 24, minute < 60, second < 60,
            let fraction = readFraction(), let offset = readOffset(), rest.isEmpty
        else { return nil }
        // The bounded year keeps the seconds far from overflowing; only the last multiplication can.
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
        // Before 1970 the product of the last second in range can be below Int64.min while the sum is not, but that is long before `earliest`.
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return nil }
        let (sum, overflowed) = scaled.addingReportingOverflow(fraction)
        return overflowed ? nil : sum
    }

    /// Four digits, or a sign with four to six.
    private mutating func readYear() -> Int64? {
        let isNegative = rest.first == UInt8(ascii: "-")
        guard isNegative || rest.first == UInt8(ascii: "+") else { return readDigits(4) }
        rest.removeFirst()
        let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        guard (4...6).contains(count), let year = readDigits(count) else { return nil }
        return isNegative ? -year : year
    }

    /// The microseconds after the seconds: a point and at least one digit, or nothing.
    private mutating func readFraction() -> Int64? {
        guard skip(".") else { return 0 }
        var microseconds: Int64 = 0
        var count = 0
        while let digit = readDigits(1) {
            if count < 6 { microseconds = microseconds * 10 + digit }
            count += 1
        }
        guard count > 0 else { return nil }
        while count < 6 {
            microseconds *= 10
            count += 1
        }
        return microseconds
    }

    /// The distance from UTC in seconds: `Z`, or a sign with hours and minutes.
    private mutating func readOffset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = readDigits(2), skip(":"), let minutes = readDigits(2), hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func readDigits(_ count: Int) -> Int64? {
        var number: Int64 = 0
        var position = rest.startIndex
        for _ in 0..<count {
            guard position < rest.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(rest[position]) else { return nil }
            number = number * 10 + Int64(rest[position] - UInt8(ascii: "0"))
            position = rest.index(after: position)
        }
        rest = rest[position...]
        return number
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }
}
