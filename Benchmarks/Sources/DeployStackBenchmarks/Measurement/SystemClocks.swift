#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The clocks that everything is measured with. All are read by every peer equally often, so what reading costs cancels out.
enum SystemClocks {
    /// Nanoseconds on the monotonic clock.
    static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Seconds of processor time, user and system, that all threads of this process have used. The server is another process.
    static func processorSeconds() -> Double { seconds(of: 0) }

    /// Seconds of processor time of the processes that this one has started and that have ended.
    static func endedChildrenSeconds() -> Double { seconds(of: -1) }

    /// How many units of the times in `/proc` make a second.
    static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

    /// RUSAGE_SELF is 0 and RUSAGE_CHILDREN -1, constants of another type on every platform.
    private static func seconds(of who: Int32) -> Double {
        var usage = rusage()
        #if canImport(Glibc)
            unsafe getrusage(__rusage_who_t(who), &usage)
        #else
            unsafe getrusage(who, &usage)
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
