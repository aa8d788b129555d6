/// What a stream of notifications tells.
public enum NotificationEvent: Sendable, Hashable {
    /// A notification has arrived. Each one is told once.
    case notification(AppNotification)
    /// The store could not hear of new notifications for a while and can again. None was missed: those that arrived meanwhile follow.
    case resumed
    /// The database is not the one any more that the stream has followed: another server has taken its place, or it was set back to an earlier state.
    /// What arrived around that time may be missing; look into the inbox again. The stream goes on with what arrives from now on.
    case gap
}
