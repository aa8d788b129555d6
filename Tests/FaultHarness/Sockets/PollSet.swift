#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The descriptors that a thread waits for, built anew for each wait.
struct PollSet {
    private var entries: [pollfd] = []

    /// Forgets all descriptors.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a descriptor and returns its index. One that is waited for in no way is not looked at, not even for its end: a link that is stalled must
    /// not keep the thread awake.
    mutating func add(_ descriptor: Int32, reading: Bool, writing: Bool) -> Int {
        let events = (reading ? Int16(POLLIN) : 0) | (writing ? Int16(POLLOUT) : 0)
        entries.append(pollfd(fd: events == 0 ? -1 : descriptor, events: events, revents: 0))
        return entries.count - 1
    }

    /// Waits until one is ready, or until the time has passed; nil has no end.
    mutating func wait(for time: Duration?) {
        var milliseconds: Int32 = -1
        if let time {
            let (seconds, attoseconds) = time.components
            // Rounded up, so that what is waited for has come when the wait ends.
            milliseconds = Int32(min(max(0, seconds), 3600) * 1000 + max(0, attoseconds / 1_000_000_000_000_000) + (time > .zero ? 1 : 0))
        }
        Sockets.wait(&entries, milliseconds: milliseconds)
    }

    /// Whether something can be read, be it the end.
    func isReadable(_ index: Int) -> Bool {
        entries[index].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0
    }

    /// Whether something can be written, be it in vain.
    func isWritable(_ index: Int) -> Bool {
        entries[index].revents & Int16(POLLOUT | POLLHUP | POLLERR) != 0
    }
}
