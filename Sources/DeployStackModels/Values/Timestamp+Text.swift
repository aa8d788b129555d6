extension Timestamp: LosslessStringConvertible {
    /// The moment in ISO 8601, in UTC, with six digits of a second, such as `2026-03-14T09:26:53.589793Z`.
    ///
    /// A year before 1 or after 9999 has a sign and six digits; the year 0 is 1 BC.
    public var description: String {
        let (days, microsecondOfDay) = microsecondsSinceEpoch.dividedDown(by: Self.microsecondsPerDay)
        let date = CivilDate(daysSinceEpoch: days)
        let secondOfDay = microsecondOfDay / 1_000_000
        var text = ""
        text.reserveCapacity(30)
        if date.year < 1 || date.year > 9999 {
            text.append(date.year < 0 ? "-" : "+")
            text.append(digits: date.year.magnitude, width: 6)
        } else {
            text.append(digits: date.year.magnitude, width: 4)
        }
        text.append("-")
        text.append(digits: date.month.magnitude, width: 2)
        text.append("-")
        text.append(digits: date.day.magnitude, width: 2)
        text.append("T")
        text.append(digits: (secondOfDay / 3600).magnitude, width: 2)
        text.append(":")
        text.append(digits: (secondOfDay / 60 % 60).magnitude, width: 2)
        text.append(":")
        text.append(digits: (secondOfDay % 60).magnitude, width: 2)
        text.append(".")
        text.append(digits: (microsecondOfDay % 1_000_000).magnitude, width: 6)
        text.append("Z")
        return text
    }

    /// Reads a moment from ISO 8601.
    ///
    /// Accepted are a date, `T`, a time with seconds, any number of digits after them, and `Z` or an offset such as `+02:00`. Digits below a
    /// microsecond are dropped. A signed year has four to six digits.
    ///
    /// - Parameter description: The text, with nothing before or after it.
    /// - Returns: `nil` if the text is something else, names a day or time that does not exist (a leap second included), or is out of range.
    public init?(_ description: String) {
        var reader = TimestampReader(description)
        guard let microseconds = reader.read() else { return nil }
        self.init(microsecondsSinceEpoch: microseconds)
    }

    static let microsecondsPerDay: Int64 = 86_400_000_000
}

extension Timestamp: Codable {
    /// Reads a moment from a string in ISO 8601.
    ///
    /// - Throws: `DecodingError.dataCorrupted` if the string is no timestamp. The error does not repeat the string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let timestamp = Timestamp(try container.decode(String.self)) else {
            let reason = "Expected a time in ISO 8601, such as 2026-03-14T09:26:53.589793Z"
            throw DecodingError.dataCorruptedError(in: container, debugDescription: reason)
        }
        self = timestamp
    }

    /// Writes the moment as a string in ISO 8601, in UTC, with six digits of a second.
    ///
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension String {
    fileprivate mutating func append(digits number: UInt64, width: Int) {
        let digits = String(number)
        append(String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)))
        append(digits)
    }
}
