/// Which way bytes travel.
package enum FlowDirection: String, Sendable, Hashable, CaseIterable {
    /// From the client under test to the server.
    case toServer
    /// From the server to the client under test.
    case toClient

    /// The other way.
    package var opposite: FlowDirection { self == .toServer ? .toClient : .toServer }
}

/// How bytes are passed on in one direction.
package enum FlowMode: Sendable, Hashable {
    /// At once.
    case pass
    /// After a time that varies by up to `jitter` in both directions; the order stays.
    case delay(Duration, jitter: Duration = .zero)
    /// So many bytes a second.
    case rate(bytesPerSecond: Int)
    /// Not at all, and nothing more is read: whoever sends feels it once the kernel's buffers are full.
    case stall
    /// Not at all, but everything is read and thrown away, as by a network that loses all packets.
    case swallow
}

/// What the proxy does with somebody who connects.
package enum Admission: Sendable, Hashable {
    /// Connects it with the server.
    case forward
    /// Does not listen: the system refuses.
    case refuse
    /// Accepts it and says nothing; the server never hears of it. What it sends is read and thrown away.
    case silent
    /// Accepts it and begins to forward only after a time.
    case slow(Duration)
}
