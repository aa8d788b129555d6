/// What a pool's connections were doing at one moment.
package struct PoolSnapshot: Sendable, Hashable {
    /// Connections that are open, in whatever state.
    package var open: Int = 0

    /// Open connections that nobody uses.
    package var idle: Int = 0

    /// Open connections that are lent, those being cleaned after use included.
    package var inUse: Int = 0

    /// Lent connections that are shared as lanes.
    package var lanes: Int = 0

    /// Connections being opened.
    package var connecting: Int = 0

    /// Callers that wait for a connection.
    package var waiting: Int = 0

    /// Counts nothing.
    package init() {}
}
