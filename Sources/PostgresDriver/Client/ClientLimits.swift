/// How long a client lets its calls take.
package struct ClientLimits: Sendable, Hashable {
    /// The limit of each call for which no ``CallDeadline`` is set.
    package var callTimeout: Duration

    /// The time that a connection gets to become clean after a caller has gone; it is closed if that is not enough.
    package var cleaningTimeout: Duration

    /// The time that work under way gets to finish when the client is closed.
    package var closeTimeout: Duration

    /// Describes limits; the defaults are thirty seconds for a call, one for cleaning and two for closing.
    package init(callTimeout: Duration = .seconds(30), cleaningTimeout: Duration = .seconds(1), closeTimeout: Duration = .seconds(2)) {
        self.callTimeout = callTimeout
        self.cleaningTimeout = cleaningTimeout
        self.closeTimeout = closeTimeout
    }

    /// The moment by which a call that begins now must have ended.
    var deadline: MonotonicTime {
        guard let current = CallDeadline.current else { return .now() + callTimeout }
        return .from(current)
    }
}
