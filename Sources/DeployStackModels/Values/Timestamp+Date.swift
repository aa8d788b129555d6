#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Timestamp {
    /// The moment as a `Date`.
    ///
    /// From 1729 to 2273 every microsecond has a date of its own. Further away a `Date` cannot tell neighbours apart, and this is the nearest one it has.
    public var date: Date {
        Date(timeIntervalSinceReferenceDate: Self.referenceSeconds(microsecondsSinceEpoch))
    }

    /// Makes a timestamp of a date, without what it has below a microsecond.
    ///
    /// The result is the last microsecond that is not after the date. A date that was made from a timestamp gives that timestamp again.
    ///
    /// - Parameter date: Any date.
    /// - Returns: `nil` if the date is not finite or outside ``earliest`` and ``latest``.
    public init?(_ date: Date) {
        let seconds = date.timeIntervalSinceReferenceDate
        let estimate = (seconds * 1_000_000).rounded(.down) + Self.referenceMicroseconds
        guard var microseconds = Int64(exactly: estimate) else { return nil }
        // Multiplying rounds, and so does a date when it is made. Comparing with the dates of the neighbours puts that right.
        if Self.referenceSeconds(microseconds) > seconds {
            microseconds -= microseconds == .min ? 0 : 1
        } else if microseconds < .max, Self.referenceSeconds(microseconds + 1) <= seconds {
            microseconds += 1
        }
        self.init(microsecondsSinceEpoch: microseconds)
    }

    /// The present moment by the system's clock, without what it has below a microsecond.
    public static func now() -> Timestamp {
        guard let now = Timestamp(Date()) else {
            preconditionFailure("The system's clock shows a time outside the range of Timestamp")
        }
        return now
    }

    /// Microseconds from 1970 to 2001, from where `Date` counts.
    private static let referenceMicroseconds: Double = 978_307_200_000_000

    /// A count of microseconds since 1970 as `Date` counts: seconds since 2001.
    private static func referenceSeconds(_ microsecondsSinceEpoch: Int64) -> Double {
        // The subtraction is done in integers where it cannot overflow: there, the division is the only step that rounds.
        let (difference, overflow) = microsecondsSinceEpoch.subtractingReportingOverflow(978_307_200_000_000)
        return (overflow ? Double(microsecondsSinceEpoch) - referenceMicroseconds : Double(difference)) / 1_000_000
    }
}
