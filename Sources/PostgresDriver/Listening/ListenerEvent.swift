/// What a ``PostgresListener`` tells.
package enum ListenerEvent: Sendable {
    /// It has its connection: what is said on the channel from now on is heard.
    case listening
    /// A transaction that has committed said this on the channel.
    case notified(String)
    /// The connection broke, or none could be had: what is said until the next ``listening`` is not heard. It tries again by itself.
    case lost(PostgresError)
}
