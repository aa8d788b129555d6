#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Waits for the sockets of all slots and for the wake pipe. The one place that knows how the system reports readiness.
///
/// It is level-triggered: what is not read is reported again. Entry 0 is the wake pipe, entry n + 1 belongs to slot n; poll passes over entries
/// without a descriptor.
struct Poller {
    private var entries: [pollfd]
    private var usedEntries = 1

    init(wakeDescriptor: Int32, slots: Int) {
        entries = Array(repeating: pollfd(fd: -1, events: 0, revents: 0), count: slots + 1)
        entries[0] = pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0)
    }

    /// Watches a slot's socket for reading, and for writing too if asked.
    mutating func watch(slot: Int, descriptor: Int32, forWriting: Bool) {
        entries[slot + 1].fd = descriptor
        entries[slot + 1].events = Int16(forWriting ? POLLIN | POLLOUT : POLLIN)
        usedEntries = max(usedEntries, slot + 2)
    }

    /// Watches a slot no longer.
    mutating func forget(slot: Int) {
        entries[slot + 1] = pollfd(fd: -1, events: 0, revents: 0)
        while usedEntries > 1, entries[usedEntries - 1].fd < 0 { usedEntries -= 1 }
    }

    /// Waits at most so many milliseconds. Afterwards ``isWoken`` and ``isReady(slot:)`` tell what happened.
    mutating func wait(milliseconds: Int32) {
        let count = usedEntries
        let ready = unsafe entries.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, nfds_t(count), milliseconds) }
        if ready <= 0 {
            // Nothing, or a signal came: what the entries say is from before.
            for index in 0..<count { entries[index].revents = 0 }
        }
    }

    /// Whether the wake pipe was written.
    var isWoken: Bool { entries[0].revents != 0 }

    /// The slots that may be ready; the others certainly are not.
    var slots: Range<Int> { 0..<(usedEntries - 1) }

    /// Whether a slot's socket can be read or written, or has failed.
    func isReady(slot: Int) -> Bool {
        entries[slot + 1].revents != 0
    }
}
