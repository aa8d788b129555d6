/// A moment in time, exact to the microsecond.
///
/// This is what PostgreSQL's `timestamptz` holds. `Date` is a floating-point number of seconds and rounds when it is far from now; a
/// value that was stored and read again would not be equal. Everything that is stored therefore carries a `Timestamp`, and ``date`` is a view of it.
///
/// ```swift
/// let now = Timestamp.now()
/// let expiry = now + .seconds(604_800)
/// ```
///
/// The range reaches from ``earliest``, the first moment that PostgreSQL can store, to ``latest``, the last one that a count of microseconds
/// since 1970 can express. PostgreSQL could go on for another 29 years; such a value cannot be read. Its `infinity` is no moment and cannot either.
public struct Timestamp: Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, negative before, without leap seconds.
    public let microsecondsSinceEpoch: Int64

    /// The first moment: 24 November 4714 BC, midnight UTC, which ISO 8601 writes as `-004713-11-24T00:00:00.000000Z`.
    public static let earliest = Timestamp(unchecked: -210_866_803_200_000_000)

    /// The last moment: `+294247-01-10T04:00:54.775807Z`.
    public static let latest = Timestamp(unchecked: .max)

    /// Midnight UTC on 1 January 1970.
    public static let epoch = Timestamp(unchecked: 0)

    /// Makes a timestamp of a count of microseconds since 1970.
    ///
    /// - Parameter microsecondsSinceEpoch: Microseconds since 1970-01-01T00:00:00Z, negative before.
    /// - Returns: `nil` if the moment is before ``earliest``.
    public init?(microsecondsSinceEpoch: Int64) {
        guard microsecondsSinceEpoch >= Self.earliest.microsecondsSinceEpoch else { return nil }
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// Makes a timestamp of a count of whole seconds since 1970.
    ///
    /// - Parameter secondsSinceEpoch: Seconds since 1970-01-01T00:00:00Z, negative before.
    /// - Returns: `nil` if the moment is outside ``earliest`` and ``latest``.
    public init?(secondsSinceEpoch: Int64) {
        let (microseconds, overflow) = secondsSinceEpoch.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return nil }
        self.init(microsecondsSinceEpoch: microseconds)
    }

    /// For values that are known to be in range.
    init(unchecked microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }
}

extension Timestamp: Comparable {
    /// Whether one moment is before another.
    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.microsecondsSinceEpoch < rhs.microsecondsSinceEpoch
    }
}
