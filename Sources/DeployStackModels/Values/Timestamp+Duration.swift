extension Timestamp {
    /// Returns the moment that is a duration later, or earlier if the duration is negative.
    ///
    /// - Parameter duration: The distance. What it has below a microsecond is dropped, towards zero.
    /// - Returns: `nil` if the result is outside ``earliest`` and ``latest``.
    public func adding(_ duration: Duration) -> Timestamp? {
        guard let distance = duration.wholeMicroseconds else { return nil }
        let (sum, overflow) = microsecondsSinceEpoch.addingReportingOverflow(distance)
        return overflow ? nil : Timestamp(microsecondsSinceEpoch: sum)
    }

    /// Returns the moment that is a duration earlier, or later if the duration is negative.
    ///
    /// - Parameter duration: The distance. What it has below a microsecond is dropped, towards zero.
    /// - Returns: `nil` if the result is outside ``earliest`` and ``latest``.
    public func subtracting(_ duration: Duration) -> Timestamp? {
        guard let distance = duration.wholeMicroseconds else { return nil }
        let (difference, overflow) = microsecondsSinceEpoch.subtractingReportingOverflow(distance)
        return overflow ? nil : Timestamp(microsecondsSinceEpoch: difference)
    }

    /// The moment that is a duration later.
    ///
    /// - Precondition: The result is in range. Use ``adding(_:)`` for a duration that comes from outside.
    public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        guard let result = moment.adding(duration) else {
            preconditionFailure("The sum of a timestamp and a duration is outside the range of Timestamp")
        }
        return result
    }

    /// The moment that is a duration earlier.
    ///
    /// - Precondition: The result is in range. Use ``subtracting(_:)`` for a duration that comes from outside.
    public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        guard let result = moment.subtracting(duration) else {
            preconditionFailure("The difference of a timestamp and a duration is outside the range of Timestamp")
        }
        return result
    }

    /// The exact time from the second moment to the first, negative if the first is earlier.
    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        // Two subtractions, because the difference of the counts alone may be more than an Int64 holds.
        .microseconds(later.microsecondsSinceEpoch) - .microseconds(earlier.microsecondsSinceEpoch)
    }
}

extension Duration {
    /// The duration in microseconds, rounded towards zero; `nil` if that is more than an Int64 holds.
    fileprivate var wholeMicroseconds: Int64? {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return nil }
        // Both parts have the same sign, so dividing towards zero rounds the whole towards zero.
        let (sum, overflowed) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return overflowed ? nil : sum
    }
}
