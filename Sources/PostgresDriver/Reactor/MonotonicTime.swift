#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A moment on the machine's monotonic clock, in nanoseconds.
///
/// Cheaper to read, compare and store than `ContinuousClock.Instant`, and it can be made up in tests.
package struct MonotonicTime: Comparable, Hashable, Sendable {
    /// Nanoseconds since an arbitrary beginning.
    package var nanoseconds: Int64

    /// A moment from its nanoseconds.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Later than anything that will happen.
    package static let distantFuture = MonotonicTime(nanoseconds: .max)

    /// The present.
    package static func now() -> MonotonicTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// The present as seen from a `ContinuousClock`, for deadlines that callers give.
    package static func from(_ instant: ContinuousClock.Instant) -> MonotonicTime {
        now() + (instant - ContinuousClock.now).clampedNanoseconds
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The moment after so many nanoseconds; never beyond ``distantFuture``.
    package static func + (time: MonotonicTime, nanoseconds: Int64) -> MonotonicTime {
        let (sum, overflow) = time.nanoseconds.addingReportingOverflow(nanoseconds)
        return MonotonicTime(nanoseconds: overflow ? (nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The moment after a length of time; never beyond ``distantFuture``.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        time + duration.clampedNanoseconds
    }

    /// The nanoseconds between two moments.
    package static func - (left: MonotonicTime, right: MonotonicTime) -> Int64 {
        left.nanoseconds.subtractingReportingOverflow(right.nanoseconds).partialValue
    }
}

extension Duration {
    /// The length in nanoseconds, at most the largest number (292 years).
    package var clampedNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds > 0 ? .max : .min }
        let (sum, sumOverflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return sumOverflow ? (seconds > 0 ? .max : .min) : sum
    }
}
